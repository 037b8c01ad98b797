"""For how long each viewer watched this live session, and who is there now: what coupons and draws ask.

A draw's condition "watched at least m seconds" is `watched_s(user_id, now_ms) >= m`, with the time at which
the entry was received; its condition "present", a heartbeat within 15 s, is `is_present(user_id)`. Both may
be asked in `decide`: they change nothing.

Nothing is logged for it. A viewer's last connection that ends, or is silent for 15 s (`room/heartbeats.py`),
is `Left`; one that is heard again is `Joined`. So the log grows by who comes and goes, and the fold by two
numbers for each viewer of the session.
"""

from typing import Any, ClassVar

import msgspec
from typing_extensions import override

from backend.contract.base import Role
from backend.features.actor import Actor
from backend.features.deliveries import Delivery
from backend.features.feature import Feature
from backend.log.entries import BackendStarted, Joined, Left, Record, SessionBegan, SessionEnded, ShowAlive


class WatchState(msgspec.Struct):
    """What is folded; users by id, times in ms since 1970.

    Attributes:
        since: since when each is there.
        watched_ms: of this session, before `since`; who was there for no time is not among them.
        on_air_since_ms: since when the session is on air; None while none is.
        alive_at_ms: when the room last showed life. A session on air does so every 30 s: a backend that was
            killed takes no more than that from anybody.
    """

    since: dict[str, int] = msgspec.field(default_factory=dict)
    watched_ms: dict[str, int] = msgspec.field(default_factory=dict)
    on_air_since_ms: int | None = None
    alive_at_ms: int = 0


class WatchTime(Feature[WatchState]):
    """Counts the time that viewers watch: not while they are away, but through a pause of the host."""

    name = "watch_time"
    state_type = WatchState
    entries: ClassVar = (BackendStarted, SessionBegan, SessionEnded, Joined, Left, ShowAlive)

    def __init__(self, state: WatchState | None = None) -> None:
        self.state = state or WatchState()

    def watched_s(self, user_id: str, now_ms: int) -> int:
        """Return for how many seconds a user watched this session, or the last one while none is on air."""
        return (self.state.watched_ms.get(user_id, 0) + self._running_ms(user_id, now_ms)) // 1000

    def is_present(self, user_id: str) -> bool:
        """Whether a viewer is there, and was heard within the last 15 s."""
        return user_id in self.state.since

    @override
    def apply(self, record: Record) -> list[Delivery]:
        state, at_ms = self.state, record.at_ms
        match record.entry:
            case BackendStarted():
                self._count_all(state.alive_at_ms)
                state.since.clear()
            case SessionBegan():
                state.watched_ms.clear()
                state.on_air_since_ms = at_ms
            case SessionEnded():
                self._count_all(at_ms)
                state.on_air_since_ms = None
            case Joined(user_id=user_id):
                self._count(user_id, at_ms)
                state.since[user_id] = at_ms
            case Left(user_id=user_id):
                self._count(user_id, at_ms)
                state.since.pop(user_id, None)
            case ShowAlive() if state.on_air_since_ms is None:
                state.on_air_since_ms = at_ms  # it began before this was counted
        state.alive_at_ms = at_ms
        return []

    @override
    def show_to(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        user_id, state = actor.user_id, self.state
        if state.on_air_since_ms is None or actor.role is not Role.VIEWER:
            return {}
        since_ms = max(state.since.get(user_id, now_ms), state.on_air_since_ms)
        return {"watching_from_ms": since_ms - state.watched_ms.get(user_id, 0)}

    def _count_all(self, until_ms: int) -> None:
        for user_id in self.state.since:
            self._count(user_id, until_ms)

    def _count(self, user_id: str, until_ms: int) -> None:
        running_ms = self._running_ms(user_id, until_ms)
        if running_ms:
            self.state.watched_ms[user_id] = self.state.watched_ms.get(user_id, 0) + running_ms

    def _running_ms(self, user_id: str, until_ms: int) -> int:
        on_air_ms, since_ms = self.state.on_air_since_ms, self.state.since.get(user_id)
        if on_air_ms is None or since_ms is None:
            return 0
        return max(0, until_ms - max(since_ms, on_air_ms))
