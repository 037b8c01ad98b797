"""Which of a publisher's layers the room's picture is: the best that comes. It changes at a keyframe."""

from collections.abc import Sequence
from typing import Final

from backend.relay.h264 import begins_keyframe, has_parameters
from backend.relay.incoming import Incoming
from backend.relay.rtp import RtpPacket
from backend.relay.track import NTP_SECOND

# A layer of which nothing came for so long is not sent any more: the uplink or the machine carries less.
SILENT_S: Final = 0.6


class BestLayer:
    """See the module; a publisher without layers has one.

    Args:
        layers: in the order of the offer, which counts where sizes are unknown or equal.

    Attributes:
        current: what the room's picture comes from; None before the first packet.
    """

    def __init__(self, layers: Sequence[Incoming]) -> None:
        self.current: Incoming | None = None
        self._layers = layers
        self._first: int | None = None

    def restart(self, layer: Incoming) -> None:
        """Take note that another stream comes in the place of a layer's."""
        if layer is self.current:
            self._first = None

    def wanted(self, now: float) -> Incoming | None:
        """The layer that the room should have and has not: a better one, or the next best."""
        best = next(iter(self.coming(now)), None)
        return best if best is not self.current else None

    def awaited(self, now: float) -> Incoming | None:
        """The layer to be asked for a keyframe now, so that the room has the best; None for none.

        One whose size is not known may be it: the packet that tells was lost, and of a layer that nobody
        gets nothing is asked for again.
        """
        candidates = [one for one in self.coming(now) if one.size is None] if len(self._layers) > 1 else []
        better = self.wanted(now)
        if better is not None:
            candidates.append(better)
        return next((one for one in candidates if one.may_be_asked(now)), None)

    def coming(self, now: float) -> list[Incoming]:
        """The layers that come now, the best first."""
        coming = [one for one in self._layers if now - one.heard_at < SILENT_S]
        return sorted(coming, key=self._rank, reverse=True)

    def _rank(self, layer: Incoming) -> tuple[int, int]:
        area = layer.size.width * layer.size.height if layer.size is not None else 0
        return area, -self._layers.index(layer)

    def forwards(self, layer: Incoming, packet: RtpPacket, number: int, now: float) -> bool:
        """Whether a packet is part of the room's picture; goes over to its layer if it is time.

        A late packet from before the change is not: its number would be another's.
        """
        if layer is self.current and self._first is not None:
            return number >= self._first
        is_turn = layer is self.current or self.current is None or self._is_turn(layer, packet, number, now)
        if is_turn:
            ahead = time_ahead(self.current, layer) if layer is not self.current else None
            layer.track.begin_source(packet, now, number=number, ahead=ahead)
            self.current, self._first = layer, number
            layer.on_answered()
            if layer.reception is not None:
                layer.reception.forget_missing()
        return is_turn

    def _is_turn(self, layer: Incoming, packet: RtpPacket, number: int, now: float) -> bool:
        return begins_turn(layer, packet, number) and layer is self.wanted(now)


def begins_turn(layer: Incoming, packet: RtpPacket, number: int) -> bool:
    """Whether viewers can go over to a layer at this packet."""
    # What followed a late packet is gone; without parameters players would go by another layer's.
    is_late = layer.reception is not None and number < layer.reception.highest
    begins = begins_keyframe if layer.size is None else has_parameters
    return not is_late and begins(packet.payload)


def time_ahead(before: Incoming | None, after: Incoming) -> int | None:
    """How far the RTP time of one layer is ahead of another's; None where their reports do not tell."""
    if before is None or before.clock is None or after.clock is None:
        return None
    elapsed = (after.clock.ntp - before.clock.ntp) * after.track.clock_rate / NTP_SECOND
    return round(after.clock.rtp_time - before.clock.rtp_time - elapsed)
