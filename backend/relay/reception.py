"""How one incoming stream arrives: its numbers for receiver reports, and which packets to ask for again.

RFC 3550 §6.4.1, A.1, A.3, A.8; RFC 4585 §6.2.1. Inside, sequence numbers never wrap: a packet's 16 bits are
taken as the number nearest to the highest that came.
"""

from typing import Final

from backend.relay.roundtrip import RoundTrip
from backend.relay.rtcp import ReportBlock, SenderReport
from backend.relay.rtp import nearest_number

MAX_MISSING: Final = 256
# A gap larger than this is not loss but a jump of the sender.
MAX_GAP: Final = 256
# A packet is asked for again when an answer is overdue: after a round trip, and some more for jitter.
OVERDUE: Final = 1.25
SHORTEST_WAIT_S: Final = 0.03
# Each further question waits longer, for the line may be longer than is believed.
PATIENCE: Final = 1.5
NACK_TRIES: Final = 6
# A packet that is so late is of no use to any player.
NACK_FOR_S: Final = 3.0
# A packet that is merely out of order gets this long before it is asked for.
REORDER_S: Final = 0.005


class _Missing:
    __slots__ = ("asked_at", "first_asked_at", "next_at", "tries")

    def __init__(self, next_at: float) -> None:
        self.next_at = next_at
        self.tries = 0
        self.first_asked_at = 0.0
        self.asked_at = 0.0

    def ask(self, now: float, wait_s: float) -> None:
        if self.tries == 0:
            self.first_asked_at = now
        self.tries += 1
        self.asked_at = now
        self.next_at = now + wait_s * PATIENCE ** (self.tries - 1)

    def is_hopeless(self, now: float) -> bool:
        return self.tries >= NACK_TRIES or (self.tries > 0 and now - self.first_asked_at > NACK_FOR_S)


class Reception:
    """One incoming stream.

    Args:
        round_trip: of the line to the sender; it is measured by what is asked for here.

    Attributes:
        first, highest: numbers that do not wrap.
        resent: packets that came by resending.
        lost: packets given up.
        expected_lately, lost_lately: packets in the last report's interval, and those lost, before resending.
    """

    def __init__(self, ssrc: int, first_sequence: int, clock_rate: int, round_trip: RoundTrip) -> None:
        self.ssrc = ssrc
        self.first = first_sequence
        self.highest = first_sequence - 1
        self.resent = 0
        self.lost = 0
        self.expected_lately = 0
        self.lost_lately = 0
        self._clock_rate = clock_rate
        self._round_trip = round_trip
        self._received = 0
        self._expected_before = 0
        self._received_before = 0
        self._jitter = 0.0
        self._transit: float | None = None
        self._missing: dict[int, _Missing] = {}
        self._last_sr = 0
        self._last_sr_at = 0.0

    def on_packet(self, sequence_number: int, timestamp: int, now: float) -> int | None:
        """Take note of a packet: its number, or None for one that came before the first."""
        number = nearest_number(sequence_number, self.highest)
        ahead = number - self.highest
        self._received += 1
        if ahead <= 0:
            self._take_missing(number, now)
            return number if number >= self.first else None
        if 1 < ahead <= MAX_GAP:
            for late in range(self.highest + 1, number):
                self._miss(late, now)
        elif ahead > MAX_GAP:
            self._missing.clear()
        self.highest = number
        self._measure_jitter(timestamp, now)
        return number

    def on_resent(self, sequence_number: int, now: float) -> int | None:
        """Take note of a resent packet: its number, or None where it was not missing any more."""
        number = nearest_number(sequence_number, self.highest)
        if not self._take_missing(number, now):
            return None
        self.resent += 1
        return number

    def _take_missing(self, number: int, now: float) -> bool:
        missing = self._missing.pop(number, None)
        if missing is None:
            return False
        # Which question this answers is known where there was one alone. Otherwise it is the first one, where
        # nothing better is known, or where the last one was asked too shortly ago.
        if missing.tries and (
            missing.tries == 1
            or not self._round_trip.is_measured
            or now - missing.asked_at < self._round_trip.seconds / 2
        ):
            self._round_trip.measure(now - missing.first_asked_at)
        return True

    def on_sender_report(self, report: SenderReport, now: float) -> None:
        """Remember the report: its receiver tells how long ago it came."""
        self._last_sr = report.ntp >> 16 & 0xFFFFFFFF
        self._last_sr_at = now

    def _miss(self, number: int, now: float) -> None:
        if len(self._missing) < MAX_MISSING:
            self._missing[number] = _Missing(now + REORDER_S)

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

    def forget_missing(self) -> None:
        """Ask for nothing from before."""
        self._missing.clear()

    def due_resends(self, now: float) -> list[int]:
        """The 16 bits of packets to ask for now, in order; those asked for too often are given up."""
        due: list[int] = []
        wait_s = max(SHORTEST_WAIT_S, self._round_trip.seconds * OVERDUE)
        for number, missing in list(self._missing.items()):
            if missing.next_at > now:
                continue
            if missing.is_hopeless(now):
                del self._missing[number]
                self.lost += 1
                continue
            missing.ask(now, wait_s)
            due.append(number)
        return [number & 0xFFFF for number in sorted(due)]

    def report(self, now: float) -> ReportBlock:
        """The block of a receiver report, and the begin of the next interval."""
        expected = self.highest - self.first + 1
        self.expected_lately = expected - self._expected_before
        received_now = self._received - self._received_before
        self.lost_lately = min(self.expected_lately, max(0, self.expected_lately - received_now))
        self._expected_before, self._received_before = expected, self._received
        delay = int((now - self._last_sr_at) * 65536) if self._last_sr else 0
        fraction = min(255, self.lost_lately * 256 // self.expected_lately) if self.expected_lately > 0 else 0
        lost = expected - self._received
        return ReportBlock(self.ssrc, fraction, lost, self.highest, int(self._jitter), self._last_sr, delay)
