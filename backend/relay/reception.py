"""How one incoming stream arrives: its numbers for receiver reports, and which packets to ask for again.

RFC 3550 §6.4.1, A.3, A.8; RFC 4585 §6.2.1.
"""

from typing import Final

from backend.relay.rtcp import ReportBlock, SenderReport
from backend.relay.rtp import sequence_delta

MAX_MISSING: Final = 256
# A gap larger than this is not loss but a jump of the sender.
MAX_GAP: Final = 256
NACK_INTERVAL_S: Final = 0.03
NACK_TRIES: Final = 8
# A packet that is merely out of order gets this long before it is asked for.
REORDER_S: Final = 0.005


class _Missing:
    __slots__ = ("next_at", "tries")

    def __init__(self, next_at: float) -> None:
        self.next_at = next_at
        self.tries = 0


class Reception:
    """One incoming stream.

    Attributes:
        resent: packets that came by resending.
        lost: packets given up.
        fraction_lost: part (0..1) lost in the last report's interval, before resending.
    """

    def __init__(self, ssrc: int, first_sequence: int, clock_rate: int) -> None:
        self.ssrc = ssrc
        self.first = first_sequence
        self.highest = first_sequence - 1 & 0xFFFF
        self.resent = 0
        self.lost = 0
        self.fraction_lost = 0.0
        self._cycles = -1 if first_sequence == 0 else 0
        self._clock_rate = clock_rate
        self._received = 0
        self._expected_before = 0
        self._received_before = 0
        self._jitter = 0.0
        self._transit: float | None = None
        self._missing: dict[int, _Missing] = {}
        self._last_sr = 0
        self._last_sr_at = 0.0

    def on_packet(self, sequence_number: int, timestamp: int, now: float) -> bool:
        """Take note of a packet; whether it is new, and not one that came before the first."""
        ahead = sequence_delta(sequence_number, self.highest)
        self._received += 1
        if ahead <= 0:
            self._missing.pop(sequence_number, None)
            return self._is_after_first(sequence_number)
        if 1 < ahead <= MAX_GAP:
            for number in range(1, ahead):
                self._miss(self.highest + number & 0xFFFF, now)
        elif ahead > MAX_GAP:
            self._missing.clear()
        if sequence_number < self.highest:
            self._cycles += 1
        self.highest = sequence_number
        self._measure_jitter(timestamp, now)
        return True

    def on_resent(self, sequence_number: int) -> bool:
        """Take note of a resent packet; whether it was still missing."""
        if self._missing.pop(sequence_number, None) is None:
            return False
        self.resent += 1
        return True

    def on_sender_report(self, report: SenderReport, now: float) -> None:
        """Remember the report: its receiver tells how long ago it came."""
        self._last_sr = report.ntp >> 16 & 0xFFFFFFFF
        self._last_sr_at = now

    def _is_after_first(self, sequence_number: int) -> bool:
        return self._cycles > 0 or sequence_delta(sequence_number, self.first) >= 0

    def _miss(self, sequence_number: int, now: float) -> None:
        if len(self._missing) < MAX_MISSING:
            self._missing[sequence_number] = _Missing(now + REORDER_S)

    def _measure_jitter(self, timestamp: int, now: float) -> None:
        transit = now * self._clock_rate - timestamp
        if self._transit is not None:
            change = abs(transit - self._transit)
            # A jump of the clock (a wrap, a restart) is no jitter.
            if change < self._clock_rate:
                self._jitter += (change - self._jitter) / 16
        self._transit = transit

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing that may still come."""
        return not self._missing

    def due_resends(self, now: float) -> list[int]:
        """Packets to ask for now, in the order of the stream; those asked for too often are given up."""
        due: list[int] = []
        for number, missing in list(self._missing.items()):
            if missing.next_at > now:
                continue
            if missing.tries >= NACK_TRIES:
                del self._missing[number]
                self.lost += 1
                continue
            missing.tries += 1
            missing.next_at = now + NACK_INTERVAL_S
            due.append(number)
        return sorted(due, key=lambda number: sequence_delta(number, self.highest))

    def report(self, now: float) -> ReportBlock:
        """The block of a receiver report, and the begin of the next interval."""
        highest = (self._cycles << 16) + self.highest
        expected = highest - self.first + 1
        expected_now = expected - self._expected_before
        lost_now = expected_now - (self._received - self._received_before)
        self._expected_before, self._received_before = expected, self._received
        self.fraction_lost = min(1.0, max(0.0, lost_now / expected_now)) if expected_now > 0 else 0.0
        delay = int((now - self._last_sr_at) * 65536) if self._last_sr else 0
        fraction = min(255, int(self.fraction_lost * 256))
        lost = expected - self._received
        return ReportBlock(self.ssrc, fraction, lost, highest, int(self._jitter), self._last_sr, delay)
