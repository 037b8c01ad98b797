"""A track of a room: whatever publisher feeds it, its viewers see one stream without a seam.

SSRC, sequence numbers and timestamps are rewritten once for all viewers (each has an SRTP session of its
own), and a ring of past packets answers requests for resending.
"""

import random
from typing import Final, NamedTuple

from backend.relay.answer import Stream
from backend.relay.fanout import NO_SHIFT, Audience, Receiver
from backend.relay.network import Endpoint
from backend.relay.rtcp import SenderReport, build_sender_report
from backend.relay.rtp import HEADER, VERSION, RtpPacket, nearest_number, signed_32
from backend.relay.tap import Tap

RING_PACKETS: Final = 1024
CLOCK_RATES: Final = {"audio": 48000, "video": 90000}
# What a seam is at least, in seconds: one frame.
SEAM_S: Final = 0.02
# Ten a second are made; a viewer refers to one that is some seconds old.
SR_MEMORY: Final = 128
CNAME: Final = b"livestall"
NTP_SECOND: Final = 1 << 32


class TrackEnd(NamedTuple):
    """Where a track stands: its newest number (without a wrap), its time, and when that was written."""

    number: int
    timestamp: int
    written_at: float | None


def time_after_seam(last: int, elapsed_s: float, exact: int | None, clock_rate: int) -> int:
    """What time a stream has that goes on where another ended.

    Args:
        last: the time of what ended.
        elapsed_s: how long ago that was.
        exact: the time by what senders report, where that is known.
        clock_rate: of both, in Hz.
    """
    wanted = last + int(elapsed_s * clock_rate)
    # Reports that are further from what passed here do not belong together.
    if exact is not None and abs(signed_32(exact - wanted)) <= clock_rate:
        # Of two pictures of one time players drop the second.
        wanted = last + max(1, signed_32(exact - last))
    return wanted & 0xFFFFFFFF


class Track:
    """One outgoing stream.

    Args:
        kind: `audio` or `video`.
        dice: where SSRC, numbers and times begin.
        stream: SSRCs of another track, where viewers may come from that one to this.

    Attributes:
        stream: the SSRCs that viewers see, for as long as the room lives.
        audiences: who gets it.
        taps: programs on this machine that get it undecoded.
        waiting: packets for the next flush, in order.
        barrier: what is late and has a number below is not sent by itself, for some viewers came by then
            from elsewhere, with other numbers; who misses it asks for it.
        bitrate_bps: payload over the last second; the room measures it.
    """

    def __init__(self, kind: str, dice: random.Random, stream: Stream | None = None) -> None:
        self.kind = kind
        self.clock_rate = CLOCK_RATES[kind]
        ssrc = dice.randrange(1, 1 << 31)
        self.stream = stream if stream is not None else Stream(ssrc, ssrc ^ 0x40000000)
        self.audiences: dict[tuple[int, int, int, bool], Audience] = {}
        self.taps: list[Tap] = []
        self.waiting: list[bytes] = []
        self.barrier = 0
        self.bitrate_bps = 0
        self.packets = 0
        self.octets = 0
        self._ring: list[tuple[int, bytes] | None] = [None] * RING_PACKETS
        # Numbers do not wrap inside; the last 16 bits of them leave.
        self._highest = dice.randrange(0, 1 << 15)
        self._timestamp = dice.randrange(0, 1 << 31)
        self._written_at: float | None = None
        self._number_offset = 0
        self._timestamp_offset = 0
        self._clock: tuple[SenderReport, float] | None = None
        self._reports_sent: dict[int, float] = {}

    def begin_source(
        self, first: RtpPacket, now: float, *, number: int | None = None, ahead: int | None = None
    ) -> None:
        """Another stream begins with `first`: it goes on where the last ended, in number and time.

        Args:
            first: its first packet.
            now: seconds of a clock that never goes back.
            number: of that packet, where it is not its sequence number.
            ahead: how far its times are ahead of the last stream's, where that is known.
        """
        self._number_offset = self._highest + 1 - (first.sequence_number if number is None else number)
        elapsed_s = 0.0 if self._written_at is None else max(now - self._written_at, SEAM_S)
        exact = self.time_of(first.timestamp - ahead) if ahead is not None else None
        wanted = time_after_seam(self._timestamp, elapsed_s, exact, self.clock_rate)
        self._timestamp_offset = wanted - first.timestamp & 0xFFFFFFFF
        self._clock = None

    def number_of(self, number: int) -> int:
        """What number a packet of the current source has here."""
        return number + self._number_offset

    def time_of(self, timestamp: int) -> int:
        """What time a timestamp of the current source is here."""
        return timestamp + self._timestamp_offset & 0xFFFFFFFF

    @property
    def end(self) -> TrackEnd:
        """Where it stands."""
        return TrackEnd(self._highest, self._timestamp, self._written_at)

    def write(self, packet: RtpPacket, number: int, now: float) -> None:
        """Take in a packet of the current source; it leaves with the next flush, payload type 0 till then.

        Its number is counted on from the source's first, without a wrap.
        """
        number = self.number_of(number)
        timestamp = self.time_of(packet.timestamp)
        header = HEADER.pack(VERSION, packet.marker, number & 0xFFFF, timestamp, self.stream.ssrc)
        out = header + packet.payload
        self._ring[number % RING_PACKETS] = (number, out)
        if number >= self.barrier:
            self.waiting.append(out)
        self.packets += 1
        self.octets += len(packet.payload)
        if number > self._highest or self._written_at is None:
            self._highest = number
            self._timestamp = timestamp
            self._written_at = now

    def find(self, sequence_number: int) -> bytes | None:
        """A past packet, with payload type 0; None where it never came or is too old."""
        return self.at(nearest_number(sequence_number, self._highest))

    def at(self, number: int) -> bytes | None:
        """A past packet by its number, which does not wrap; see `find`."""
        kept = self._ring[number % RING_PACKETS]
        return kept[1] if kept is not None and kept[0] == number else None

    def never_came(self, number: int) -> bool:
        """Whether a packet is a gap among those that the ring still holds; its number does not wrap."""
        return self._highest - RING_PACKETS < number < self._highest and self.at(number) is None

    def add(self, receiver: Receiver, endpoint: Endpoint, payload_type: int) -> None:
        """Begin to send to a subscriber."""
        tag_bytes = receiver.sender.tag_bytes
        # Not by its descriptor: when an address goes, the next socket may get the same one.
        key = (id(endpoint.socket), payload_type, tag_bytes, receiver.shift != NO_SHIFT)
        if key not in self.audiences:
            self.audiences[key] = Audience(endpoint.socket, payload_type, tag_bytes)
        self.audiences[key].add(receiver)

    def remove(self, receiver: Receiver) -> None:
        """Cease to send to a subscriber; without one, do nothing."""
        for key, audience in list(self.audiences.items()):
            if receiver in audience.receivers:
                audience.remove(receiver)
                if not audience.receivers:
                    del self.audiences[key]

    def take_waiting(self) -> list[bytes]:
        """The packets to send now."""
        waiting, self.waiting = self.waiting, []
        return waiting

    # --- The clock: what lets a viewer play sound and picture together ---

    def on_sender_report(self, report: SenderReport, now: float) -> None:
        """Take in the publisher's pair of times, its NTP time already in the relay's clock."""
        rtp_time = self.time_of(report.rtp_time)
        self._clock = (SenderReport(self.stream.ssrc, report.ntp, rtp_time), now)

    def sender_report(self, now: float) -> bytes | None:
        """A report for all viewers, its pair of times moved on to now; None before the publisher's first."""
        if self._clock is None:
            return None
        known, at = self._clock
        ntp = known.ntp + int((now - at) * NTP_SECOND) & (1 << 64) - 1
        rtp_time = known.rtp_time + int((now - at) * self.clock_rate) & 0xFFFFFFFF
        if len(self._reports_sent) >= SR_MEMORY:
            del self._reports_sent[next(iter(self._reports_sent))]
        self._reports_sent[ntp >> 16 & 0xFFFFFFFF] = now
        return build_sender_report(
            SenderReport(self.stream.ssrc, ntp, rtp_time), self.packets, self.octets, CNAME
        )

    def report_sent_at(self, last_sr: int) -> float | None:
        """When the report a receiver refers to (LSR, RFC 3550 §6.4.1) was sent; None if it never was."""
        return self._reports_sent.get(last_sr)
