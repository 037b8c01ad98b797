"""What is known of one viewer's line: what it says that it carries, what it loses, and whether it is weak."""

from collections import deque
from typing import Final, NamedTuple

from backend.contract.stream import LineTrouble

# How many seconds are looked at together, and how few packets in them say nothing.
WINDOW: Final = 5
LEAST_SENT: Final = 100
# Parts of what was sent. A player mends a loss of less on its own line so that nobody sees it; what never
# came or never left, nothing mends.
OWN_SHARE: Final = 0.1
UPLINK_SHARE: Final = 0.02
RELAY_SHARE: Final = 0.02
# A line that is found weak is told as weak for so long: the number shall not flicker.
HOLD_S: Final = 5.0
# Only a fall of the estimate says that a line is full: it climbs slowly after a stream that grows at once.
FALL: Final = 0.06
FALL_COUNTS_S: Final = 10.0
# Of its first seconds a player's estimate is a guess.
SETTLED_S: Final = 10.0
# What a viewer said longer ago may have changed.
FRESH_S: Final = 10.0


class LineSecond(NamedTuple):
    """What went to one viewer in a second: packets, and bits a second of the stream."""

    sent: int
    lost: int
    never_came: int
    not_sent: int
    stream_bps: int


class ViewerLine:
    """Learns of one line from what the viewer says and what it is sent.

    Attributes:
        estimate_bps: what it carries, as the viewer's last word is (REMB); None before that.
        loss: part (0..1) lost on the way, as the viewer's last report says, before resending.
        not_resent: packets that were asked for again and that it had no room for, since it came.
    """

    def __init__(self) -> None:
        self.estimate_bps: int | None = None
        self.loss = 0.0
        self.not_resent = 0
        self._estimate_at = self._settled_at = 0.0
        self._loss_at = 0.0
        self._highest_bps = 0
        self._fell_at: float | None = None
        self._asked: set[int] = set()
        self._asked_before: set[int] = set()
        self._lost = self._never_came = self._not_sent = 0
        self._seconds: deque[LineSecond] = deque(maxlen=WINDOW)
        self._trouble: LineTrouble | None = None
        self._trouble_at = 0.0

    # --- What the viewer says ---

    def on_estimate(self, bitrate_bps: int, now: float) -> None:
        """Take in what the viewer says that its line carries."""
        if self.estimate_bps is None:
            self._settled_at = now + SETTLED_S
        self.estimate_bps, self._estimate_at = bitrate_bps, now
        is_settled = now >= self._settled_at
        has_fallen = is_settled and bitrate_bps <= self._highest_bps * (1 - FALL)
        if has_fallen:
            self._fell_at = now
        is_still_highest = is_settled and not has_fallen
        self._highest_bps = max(self._highest_bps, bitrate_bps) if is_still_highest else bitrate_bps

    def on_report(self, loss: float, now: float) -> None:
        """Take in which part of the stream the viewer says was lost."""
        self.loss, self._loss_at = loss, now

    def on_lost(self, sequence_number: int) -> bool:
        """Count a packet that the viewer asks for and that was sent to it; whether it was not counted yet."""
        is_first = self._is_first(sequence_number)
        self._lost += is_first
        return is_first

    def on_never_came(self, sequence_number: int) -> None:
        """Count a packet that the viewer asks for and that the relay never got; a packet counts once."""
        if self._is_first(sequence_number):
            self._never_came += 1

    def _is_first(self, sequence_number: int) -> bool:
        if sequence_number in self._asked or sequence_number in self._asked_before:
            return False
        self._asked.add(sequence_number)
        return True

    # --- A second is over ---

    def end_second(self, sent: int, not_sent: int, stream_bps: int, now: float) -> None:
        """Count what the track sent in a second.

        Args:
            sent: packets of the stream.
            not_sent: packets that the system would not take, since the viewer came.
            stream_bps: what the stream had.
            now: seconds of a clock that never goes back.
        """
        second = LineSecond(sent, self._lost, self._never_came, not_sent - self._not_sent, stream_bps)
        self._seconds.append(second)
        self._not_sent = not_sent
        self._lost = self._never_came = 0
        self._asked_before, self._asked = self._asked, set()
        found = self._find_trouble(now)
        if found is not None:
            self._trouble, self._trouble_at = found, now

    def _find_trouble(self, now: float) -> LineTrouble | None:
        sent = sum(second.sent for second in self._seconds)
        if sent < LEAST_SENT:
            return None
        never_came = sum(second.never_came for second in self._seconds) / sent
        if sum(second.not_sent for second in self._seconds) >= RELAY_SHARE * sent:
            return LineTrouble.RELAY
        if never_came >= UPLINK_SHARE:
            return LineTrouble.UPLINK
        loss = self.loss if now - self._loss_at <= FRESH_S else 0.0
        is_losing = max(self.lost_share, loss) >= OWN_SHARE
        return LineTrouble.OWN_LINE if is_losing or self._is_full(now) else None

    def _is_full(self, now: float) -> bool:
        if self.estimate_bps is None or self._fell_at is None or now - self._fell_at > FALL_COUNTS_S:
            return False
        return self.estimate_bps < sum(second.stream_bps for second in self._seconds) / len(self._seconds)

    # --- What is known ---

    @property
    def lost_share(self) -> float:
        """Part (0..1) of what was sent in the last seconds that the viewer asked for again."""
        sent = sum(second.sent for second in self._seconds)
        return min(1.0, sum(second.lost for second in self._seconds) / sent) if sent else 0.0

    def estimate_age_s(self, now: float) -> float | None:
        """How old the viewer's last estimate is; None before there is one."""
        return None if self.estimate_bps is None else now - self._estimate_at

    def carries_bps(self, otherwise_bps: int, now: float) -> int:
        """What the line is taken to carry.

        Args:
            otherwise_bps: what is believed where nothing was said; what was said long ago counts where it
                is less.
            now: seconds of a clock that never goes back.
        """
        if self.estimate_bps is None:
            return otherwise_bps
        is_fresh = now - self._estimate_at <= FRESH_S
        return self.estimate_bps if is_fresh else min(self.estimate_bps, otherwise_bps)

    def trouble(self, now: float) -> LineTrouble | None:
        """Why the viewer does not get all, or did not a moment ago; None where all is well."""
        return self._trouble if self._trouble is not None and now - self._trouble_at < HOLD_S else None
