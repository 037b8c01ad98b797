"""RTP packets in order: what was sent again comes late, and what does not come is not waited for long."""

from typing import Final

from backend.relay.rtp import RtpPacket, nearest_number

MOST_WAITING: Final = 512


class Reordering:
    """Puts the packets of one stream in order.

    Args:
        wait_s: how long a missing packet is waited for.
    """

    def __init__(self, wait_s: float) -> None:
        self._wait_s = wait_s
        self._next: int | None = None
        self._waiting: dict[int, RtpPacket] = {}
        self._missing_since = 0.0

    def put(self, packet: RtpPacket, now: float) -> list[RtpPacket | None]:
        """Take in a packet; return those whose turn it is, None where one or more are missing for good."""
        if self._next is None:
            self._next = packet.sequence_number
        number = nearest_number(packet.sequence_number, self._next)
        if number < self._next:
            return []
        if not self._waiting:
            self._missing_since = now
        self._waiting[number] = packet
        due: list[RtpPacket | None] = list(self._drain())
        if due:
            self._missing_since = now
        is_over = now - self._missing_since > self._wait_s or len(self._waiting) > MOST_WAITING
        if self._waiting and is_over:
            self._next = min(self._waiting)
            self._missing_since = now
            due += [None, *self._drain()]
        return due

    def _drain(self) -> list[RtpPacket]:
        due = []
        while self._next is not None and self._next in self._waiting:
            due.append(self._waiting.pop(self._next))
            self._next += 1
        return due
