"""Gives up lower layers while the machine has no time to encode them, and brings them back."""

from collections import deque
from collections.abc import Sequence
from typing import Final

WINDOW_SECONDS: Final = 2.0
LATE_PICTURES: Final = 6
"""So many pictures skipped in a window are no chance: 10% at 30 a second."""
FIRST_WAIT_SECONDS: Final = 10.0
LONGEST_WAIT_SECONDS: Final = 160.0


class LayerGovernor:
    """The rules, without a clock of their own: every call says what time it is, in seconds.

    Pictures that come while the encoder is busy are skipped. Six in 2 s cost a layer, the dearest
    first; after 10 s of calm the last one comes back, and each time that fails the next try waits twice as
    long.

    Args:
        rids: lower layers, the dearest first.

    Attributes:
        given_up: the layers that are not to be encoded now.
    """

    def __init__(self, rids: Sequence[str]) -> None:
        self.given_up: frozenset[str] = frozenset()
        self._rids = rids
        self._late: deque[tuple[float, int]] = deque()
        self._wait = FIRST_WAIT_SECONDS
        self._calm_since: float | None = None
        self._back_at: float | None = None

    def on_picture(self, skipped: int, now: float) -> None:
        """Take note of a picture.

        Args:
            skipped: how many were skipped before it.
            now: the time.
        """
        if self._calm_since is None:
            self._calm_since = now
        if skipped:
            self._late.append((now, skipped))
        while self._late and self._late[0][0] <= now - WINDOW_SECONDS:
            self._late.popleft()
        if sum(count for _, count in self._late) >= LATE_PICTURES:
            self._give_up(now)
        elif self.given_up and now - self._calm_since >= self._wait:
            self._bring_back(now)

    def _give_up(self, now: float) -> None:
        has_failed = self._back_at is not None and now - self._back_at < FIRST_WAIT_SECONDS
        if has_failed:
            self._wait = min(self._wait * 2, LONGEST_WAIT_SECONDS)
        elif not self.given_up:
            self._wait = FIRST_WAIT_SECONDS
        self._set(len(self.given_up) + 1, now)
        self._back_at = None

    def _bring_back(self, now: float) -> None:
        self._set(len(self.given_up) - 1, now)
        self._back_at = now

    def _set(self, count: int, now: float) -> None:
        self.given_up = frozenset(self._rids[:count])
        self._calm_since = now
        self._late.clear()
