"""What one viewer may have sent again: no more than its line carries, and a packet once a round trip."""

from typing import Final

from backend.relay.roundtrip import RoundTrip
from backend.relay.viewer_line import ViewerLine

# Part of the viewer's estimate that resending may take: what a line that loses a fifth needs. More than that
# fills a weak line with what was lost, and nothing new gets through.
SHARE: Final = 0.2
# Saved up at most, in seconds of that part: a burst of losses is mended at once.
BURST_S: Final = 0.5
LEAST_BURST_BITS: Final = 12_000.0
# Whatever the viewer says: the relay is not to be used against others.
MOST_BPS: Final = 3_000_000.0
# Believed of a viewer that tells nothing, where less is sent than this.
ASSUMED_BPS: Final = 1_500_000
SHORTEST_TRIP_S: Final = 0.01
MEMORY: Final = 1024


class Resending:
    """The budget of one viewer.

    Args:
        line: of the viewer; what it has no room for is counted there.
        round_trip: of that line.

    Attributes:
        carried_bps: what the line is known to carry at least, whatever it says.
    """

    def __init__(self, line: ViewerLine, round_trip: RoundTrip) -> None:
        self.carried_bps = 0
        self._line = line
        self._round_trip = round_trip
        self._saved_bits: float | None = None
        self._saved_at = 0.0
        self._sent_at: dict[tuple[int, int], float] = {}

    def is_under_way(self, ssrc: int, sequence_number: int, now: float) -> bool:
        """Whether this packet was sent again so recently that it may still arrive."""
        sent_at = self._sent_at.get((ssrc, sequence_number))
        return sent_at is not None and now - sent_at < max(self._round_trip.seconds, SHORTEST_TRIP_S)

    def take(self, ssrc: int, sequence_number: int, size: int, now: float, sent_bps: int) -> bool:
        """Whether `size` bytes may be sent again now, beside `sent_bps` of new ones; counts them if so."""
        bits = size * 8
        saved = self._save(now, sent_bps)
        if saved < bits:
            self._line.not_resent += 1
            return False
        self._saved_bits = saved - bits
        # The newest stand last: what was sent longest ago is forgotten first.
        self._sent_at.pop((ssrc, sequence_number), None)
        if len(self._sent_at) >= MEMORY:
            del self._sent_at[next(iter(self._sent_at))]
        self._sent_at[ssrc, sequence_number] = now
        return True

    def _save(self, now: float, sent_bps: int) -> float:
        carries_bps = max(self._line.carries_bps(max(sent_bps, ASSUMED_BPS), now), self.carried_bps)
        rate = min(carries_bps * SHARE, MOST_BPS)
        most = max(rate * BURST_S, LEAST_BURST_BITS)
        saved = most if self._saved_bits is None else self._saved_bits + (now - self._saved_at) * rate
        self._saved_at = now
        self._saved_bits = min(saved, most)
        return self._saved_bits
