"""The streams that one publisher sends: sound, and the picture in one layer or several, each by its SSRC."""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Final

from backend.relay.answer import Format
from backend.relay.h264 import has_parameters
from backend.relay.picture_size import PictureSize, picture_size
from backend.relay.reception import Reception
from backend.relay.rtcp import SenderReport
from backend.relay.rtp import HEADER, RtpPacket, read_extension, unwrap_resent
from backend.relay.track import Track

NEVER: Final = float("-inf")
# Parameters are read no oftener: an encoder sends them with each keyframe, and reading costs.
LEARN_S: Final = 0.1
# Each question for a keyframe that leads nowhere doubles the time to the next: others are to be asked too.
ASK_AGAIN_S: Final = 0.5
MOST_DOUBLINGS: Final = 5
# Keyframes come every 2 s, and weigh much.
COST_SECONDS: Final = 4


class Incoming:
    """One incoming stream and the track it feeds.

    Attributes:
        rid: which layer of the simulcast it is; empty for a stream without layers.
        reception: how it arrives; None before its first packet.
        size: of its pictures, by the last parameters in band.
        clock: its last sender report, in the relay's clock.
        heard_at: when its last packet came.
    """

    def __init__(self, track: Track, format_: Format, rid: str = "") -> None:
        self.track = track
        self.format = format_
        self.rid = rid
        self.reception: Reception | None = None
        self.size: PictureSize | None = None
        self.clock: SenderReport | None = None
        self.heard_at = NEVER
        self._clock_at = NEVER
        self._learned_at = NEVER
        self._asked = 0
        self._asked_at = NEVER
        self._resend_ssrc: int | None = None
        self._lost_before = 0
        self._resent_before = 0
        self._octets = 0
        self._costs: deque[int] = deque(maxlen=COST_SECONDS)

    @property
    def ssrc(self) -> int | None:
        """Of its media; None before the first packet."""
        return self.reception.ssrc if self.reception is not None else None

    @property
    def lost(self) -> int:
        """Packets lost for good."""
        return self._lost_before + (self.reception.lost if self.reception else 0)

    @property
    def resent(self) -> int:
        """Packets that came again in time."""
        return self._resent_before + (self.reception.resent if self.reception else 0)

    def begin(self, reception: Reception) -> None:
        """Another stream comes in the place of the one before."""
        self._lost_before, self._resent_before = self.lost, self.resent
        self.reception = reception
        self.size = self.clock = None
        self.on_answered()

    def set_clock(self, report: SenderReport, now: float) -> None:
        """Take in its sender report, in the relay's clock."""
        self.clock, self._clock_at = report, now

    def tell_clock(self, track: Track) -> None:
        """Tell a track, which goes by this stream's times now."""
        if self.clock is not None:
            track.on_sender_report(self.clock, self._clock_at)

    @property
    def height(self) -> int:
        """The shorter side of its pictures, in pixels; 0 where that is not known."""
        return min(self.size) if self.size is not None else 0

    @property
    def cost_bps(self) -> int:
        """What it takes of a line, with its headers, on average of the last seconds; 0 where it is new."""
        return sum(self._costs) // len(self._costs) if self._costs else 0

    def count(self, payload_bytes: int) -> None:
        """Count a packet that came."""
        self._octets += HEADER.size + payload_bytes

    def end_second(self, elapsed_s: float) -> None:
        """Learn what it takes, after about a second."""
        if self._octets:
            self._costs.append(int(self._octets * 8 / elapsed_s))
        self._octets = 0

    def learn(self, packet: RtpPacket, now: float) -> None:
        """Take note of the parameters that a packet of a layer carries."""
        if self.rid and now - self._learned_at >= LEARN_S and has_parameters(packet.payload):
            self._learned_at = now
            self.size = picture_size(packet.payload) or self.size

    def may_be_asked(self, now: float) -> bool:
        """Whether it is time to ask for a keyframe by which the room goes over to this layer."""
        return now - self._asked_at >= ASK_AGAIN_S * (1 << min(self._asked, MOST_DOUBLINGS))

    def on_asked(self, now: float) -> None:
        """Take note that it was asked for one."""
        self._asked_at = now
        self._asked += 1

    def on_answered(self) -> None:
        """Ask without delay the next time: the room went over, or another stream began."""
        self._asked, self._asked_at = 0, NEVER

    def original(self, packet: RtpPacket) -> RtpPacket | None:
        """What a packet of its resend stream repairs; None where that is nothing."""
        if self.reception is None:
            return None
        return unwrap_resent(packet, self.format.payload_type, self.reception.ssrc)

    def resends(self, packet: RtpPacket, data: bytes) -> bool:
        """Whether a packet of the resend type belongs to this layer; its SSRC is learned by that."""
        if self._resend_ssrc == packet.ssrc:
            return True
        told = read_extension(data, self.format.rid_extensions[1])
        is_its = told == self.rid.encode() if told is not None else self._is_grouped(packet.ssrc)
        if is_its:
            self._resend_ssrc = packet.ssrc
        return is_its

    def _is_grouped(self, resend_ssrc: int) -> bool:
        return self.ssrc is not None and self.format.resend_ssrcs.get(resend_ssrc) == self.ssrc


class IncomingStreams:
    """All streams of one publisher, found by packet or SSRC."""

    def __init__(self, tracks: Mapping[str, Track], formats: Mapping[str, Format]) -> None:
        self._by_kind = {
            kind: [Incoming(tracks[kind], format_, rid) for rid in format_.layers or ("",)]
            for kind, format_ in formats.items()
        }
        self._by_type = {formats[kind].payload_type: streams for kind, streams in self._by_kind.items()}
        self._by_resend_type = {
            formats[kind].resend_type: streams
            for kind, streams in self._by_kind.items()
            if formats[kind].resend_type
        }

    def __iter__(self) -> Iterator[Incoming]:
        for streams in self._by_kind.values():
            yield from streams

    def of_kind(self, kind: str) -> list[Incoming]:
        """The layers of the picture, in the offer's order, or the sound; none where it was not offered."""
        return self._by_kind.get(kind, [])

    def of_ssrc(self, ssrc: int) -> Incoming | None:
        """The stream that comes under an SSRC."""
        return next((one for one in self if one.ssrc == ssrc), None)

    def of_media(self, packet: RtpPacket, data: bytes) -> Incoming | None:
        """The stream of a packet of media; None where it belongs to none.

        Args:
            packet: what was parsed.
            data: the packet as it came, with its header extensions.
        """
        streams = self._by_type.get(packet.payload_type, ())
        for one in streams:
            if one.ssrc == packet.ssrc or not one.rid:
                return one
        if not streams:
            return None
        rid = read_extension(data, streams[0].format.rid_extensions[0])
        return next((one for one in streams if one.rid.encode() == rid), None)

    def of_resent(self, packet: RtpPacket, data: bytes) -> Incoming | None:
        """The stream that a resent packet repairs; see `of_media`."""
        streams = self._by_resend_type.get(packet.payload_type, ())
        return next((one for one in streams if not one.rid or one.resends(packet, data)), None)
