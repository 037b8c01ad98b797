"""One track of a room on its way to one viewer, who sees one stream through all changes of layers."""

from typing import Final, NamedTuple

from backend.relay.answer import Format
from backend.relay.fanout import NO_SHIFT, Address, Receiver, Shift
from backend.relay.libsrtp import SrtpSender
from backend.relay.network import Endpoint
from backend.relay.rtp import nearest_number, shifted, timestamp_of
from backend.relay.track import SEAM_S, Track, TrackEnd, time_after_seam

# Padding is of the newest picture: players that estimate by timestamps take older ones for a queue.
PADDING_FROM: Final = 16


class _Span(NamedTuple):
    """Packets of one track that a viewer gets.

    Attributes:
        track: where they come from.
        first: the viewer's number of the first of them; no number wraps.
        numbers: how far the viewer's numbers are ahead of the track's.
        time: how far its times are.
    """

    track: Track
    first: int
    numbers: int
    time: int

    def at(self, number: int) -> bytes | None:
        """A past packet, by the viewer's number, as the viewer got it."""
        data = self.track.at(number - self.numbers)
        return shifted(data, self.numbers, self.time) if data is not None else None


class Feed:
    """See the module.

    Attributes:
        format: payload types.
        stream: the SSRCs that the viewer sees.
        receiver: where packets go; None before there is a way.
        resend_sequence: the number of the last packet of the resend stream.
        is_halted: nothing is sent until the viewer goes over to another track.
    """

    def __init__(self, track: Track, format_: Format, resend_sequence: int) -> None:
        self.format = format_
        self.stream = track.stream
        self.receiver: Receiver | None = None
        self.resend_sequence = resend_sequence
        self.is_halted = False
        self._span = _Span(track, 0, 0, 0)
        self._before: _Span | None = None
        self._end: TrackEnd | None = None
        self._endpoint: Endpoint | None = None

    @property
    def track(self) -> Track:
        """What the viewer gets, or got last."""
        return self._span.track

    @property
    def time_ahead(self) -> int:
        """How far the viewer's times are ahead of the track's."""
        return self._span.time

    def attach(self, sender: SrtpSender, address: Address, endpoint: Endpoint) -> None:
        """Send this way from now on."""
        shift, is_going = (self.receiver.shift, not self.is_halted) if self.receiver else (NO_SHIFT, True)
        self.detach()
        self.receiver, self._endpoint = Receiver(sender, address), endpoint
        self.receiver.shift = shift
        if is_going:
            self.track.add(self.receiver, endpoint, self.format.payload_type)

    def detach(self) -> None:
        """Send no more."""
        if self.receiver is not None:
            self.track.remove(self.receiver)

    # --- Going over ---

    def halt(self) -> None:
        """Send nothing until the viewer goes over; what the track still has waiting should have left."""
        if not self.is_halted:
            self.is_halted = True
            end = self.track.end
            self._end = TrackEnd(
                end.number + self._span.numbers, end.timestamp + self._span.time, end.written_at
            )
            self.detach()

    def go_over(self, track: Track, number: int, timestamp: int, exact: int | None, now: float) -> None:
        """Go on with another track from a packet on that it is about to get.

        Args:
            track: the other one, under the same SSRC; nothing waits in it.
            number: of the packet, in that track.
            timestamp: of it, in that track.
            exact: what time it has in this one, where that is known.
            now: seconds of a clock that never goes back.
        """
        self.halt()
        if self._end is None:
            return
        elapsed_s = 0.0 if self._end.written_at is None else max(now - self._end.written_at, SEAM_S)
        exact = exact + self._span.time if exact is not None else None
        time = time_after_seam(self._end.timestamp, elapsed_s, exact, track.clock_rate)
        first = self._end.number + 1
        self._before, self._span = (
            self._span,
            _Span(track, first, first - number, time - timestamp & 0xFFFFFFFF),
        )
        self.is_halted, self._end = False, None
        if self.receiver is not None and self._endpoint is not None:
            self.receiver.shift = Shift(self._span.numbers & 0xFFFF, self._span.time)
            track.barrier = max(track.barrier, number)
            track.add(self.receiver, self._endpoint, self.format.payload_type)

    # --- What went by ---

    def find(self, sequence_number: int) -> bytes | None:
        """A past packet as the viewer got it, with payload type 0; None where it never came or is too old."""
        number = self._number_of(sequence_number)
        span = self._span_of(number)
        return span.at(number) if span is not None else None

    def never_came(self, sequence_number: int) -> bool:
        """Whether a packet is a gap among those that may still be asked for."""
        number = self._number_of(sequence_number)
        span = self._span_of(number)
        return span is not None and span.track.never_came(number - span.numbers)

    def _number_of(self, sequence_number: int) -> int:
        return nearest_number(sequence_number, self.track.end.number + self._span.numbers)

    def _span_of(self, number: int) -> _Span | None:
        if self._end is not None and number > self._end.number:
            return None
        spans = (self._span, self._before)
        return next((one for one in spans if one is not None and number >= one.first), None)

    def newest(self) -> bytes | None:
        """The largest packet of the newest picture, as the viewer got it; None where nothing was sent."""
        end = self.track.end
        numbers = range(end.number, max(end.number - PADDING_FROM, 0), -1)
        packets = [self._span.at(one + self._span.numbers) for one in numbers]
        time = end.timestamp + self._span.time & 0xFFFFFFFF
        return max((one for one in packets if one and timestamp_of(one) == time), key=len, default=None)

    def report_sent_at(self, last_sr: int) -> float | None:
        """See `Track.report_sent_at`; a viewer may still refer to one of the layer before."""
        for span in (self._span, self._before):
            sent_at = span.track.report_sent_at(last_sr) if span is not None else None
            if sent_at is not None:
                return sent_at
        return None
