"""How many are in the room: distinct viewers with a connection, counted exactly."""

from collections import Counter
from typing import Final

from backend.contract.live import Presence

INTERVAL_MS: Final = 1000


class PresenceCounter:
    """Counts viewers, not connections: two tabs of one viewer are one."""

    def __init__(self) -> None:
        self._connections: Counter[str] = Counter()
        self._peak = 0
        self._told = Presence(0, 0)
        self._told_at_ms: int | None = None

    @property
    def presence(self) -> Presence:
        """The count now, and the highest since it last started again."""
        return Presence(len(self._connections), self._peak)

    def enter(self, user_id: str) -> bool:
        """Count one more connection of this viewer; return whether it is their first."""
        self._connections[user_id] += 1
        self._peak = max(self._peak, len(self._connections))
        return self._connections[user_id] == 1

    def leave(self, user_id: str) -> bool:
        """Count one connection of this viewer less; return whether it was their last."""
        self._connections[user_id] -= 1
        if self._connections[user_id] > 0:
            return False
        del self._connections[user_id]
        return True

    def begin_anew(self) -> None:
        """Count the peak from here: a new live session began."""
        self._peak = len(self._connections)

    def take_change(self, now_ms: int) -> Presence | None:
        """Return the presence when it changed, at most once a second: the first change at once."""
        presence = self.presence
        if presence == self._told:
            return None
        if self._told_at_ms is not None and now_ms - self._told_at_ms < INTERVAL_MS:
            return None
        self._told, self._told_at_ms = presence, now_ms
        return presence
