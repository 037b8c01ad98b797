"""A track of a room: whatever publisher feeds it, its viewers see one stream without a seam.

SSRC, sequence numbers and timestamps are rewritten once for all viewers (each has an SRTP session of its
own), and a ring of past packets answers requests for resending.
"""

import random
from typing import Final

from backend.relay.answer import Stream
from backend.relay.fanout import Audience, Receiver
from backend.relay.network import Endpoint
from backend.relay.rtcp import SenderReport, build_sender_report
from backend.relay.rtp import HEADER, VERSION, RtpPacket, nearest_number, signed_32

RING_PACKETS: Final = 1024
CLOCK_RATES: Final = {"audio": 48000, "video": 90000}
# What a seam is at least, in seconds: one frame.
SEAM_S: Final = 0.02
# Ten a second are made; a viewer refers to one that is some seconds old.
SR_MEMORY: Final = 128
CNAME: Final = b"livestall"
NTP_SECOND: Final = 1 << 32


class Track:
    """One outgoing stream.

    Attributes:
        stream: the SSRCs that viewers see, for as long as the room lives.
        audiences: who gets it.
        waiting: packets for the next flush, in order.
        bitrate_bps: payload over the last second; the room measures it.
    """

    def __init__(self, kind: str, dice: random.Random) -> None:
        self.kind = kind
        self.clock_rate = CLOCK_RATES[kind]
        ssrc = dice.randrange(1, 1 << 31)
        self.stream = Stream(ssrc, ssrc ^ 0x40000000)
        self.audiences: dict[tuple[int, int, int], Audience] = {}
        self.waiting: list[bytes] = []
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
        elapsed = 0.0 if self._written_at is None else max(now - self._written_at, SEAM_S)
        wanted = self._timestamp + int(elapsed * self.clock_rate)
        if ahead is not None:
            exact = self._timestamp_offset + first.timestamp - ahead
            # Reports that are further from what passed here do not belong together.
            if abs(signed_32(exact - wanted)) <= self.clock_rate:
                # Of two pictures of one time players drop the second.
                wanted = self._timestamp + max(1, signed_32(exact - self._timestamp))
        self._timestamp_offset = wanted - first.timestamp & 0xFFFFFFFF
        self._clock = None

    def write(self, packet: RtpPacket, number: int, now: float) -> None:
        """Take in a packet of the current source; it leaves with the next flush, payload type 0 till then.

        Its number is counted on from the source's first, without a wrap.
        """
        number += self._number_offset
        timestamp = packet.timestamp + self._timestamp_offset & 0xFFFFFFFF
        header = HEADER.pack(VERSION, packet.marker, number & 0xFFFF, timestamp, self.stream.ssrc)
        out = header + packet.payload
        self._ring[number % RING_PACKETS] = (number, out)
        self.waiting.append(out)
        self.packets += 1
        self.octets += len(packet.payload)
        if number > self._highest or self._written_at is None:
            self._highest = number
            self._timestamp = timestamp
            self._written_at = now

    def find(self, sequence_number: int) -> bytes | None:
        """A past packet, with payload type 0; None where it never came or is too old."""
        number = nearest_number(sequence_number, self._highest)
        kept = self._ring[number % RING_PACKETS]
        return kept[1] if kept is not None and kept[0] == number else None

    def never_came(self, sequence_number: int) -> bool:
        """Whether a packet is a gap among those that the ring still holds."""
        number = nearest_number(sequence_number, self._highest)
        is_within = self._highest - RING_PACKETS < number < self._highest
        return is_within and self.find(sequence_number) is None

    def add(self, receiver: Receiver, endpoint: Endpoint, payload_type: int) -> None:
        """Begin to send to a subscriber."""
        tag_bytes = receiver.sender.tag_bytes
        # Not by its descriptor: when an address goes, the next socket may get the same one.
        key = (id(endpoint.socket), payload_type, tag_bytes)
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
        rtp_time = report.rtp_time + self._timestamp_offset & 0xFFFFFFFF
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
