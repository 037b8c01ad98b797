"""Who is connected, by name: the private lane to one user on all their connections, or to the staff."""

from collections import OrderedDict
from collections.abc import Callable, Collection
from typing import Final

from backend.contract.base import Role
from backend.contract.protocol import Private, PrivateEvent
from backend.features.actor import Actor
from backend.room.frames import prepare
from backend.room.line import Line

SIGNED_OUT: Final = 4411
# Who was signed out and may still be on the way in; a ticket lives for 30 s.
REMEMBERED: Final = 10_000


class Audience:
    """The connections of a room by user."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[Line, Actor]] = {}
        self._staff: dict[Line, Actor] = {}
        self._oldest: OrderedDict[tuple[str, Role], int] = OrderedDict()

    @property
    def has_staff(self) -> bool:
        """Whether anybody of the staff is connected."""
        return bool(self._staff)

    @property
    def users(self) -> list[str]:
        """Who is connected, by user id."""
        return list(self._lines)

    def enter(self, line: Line, actor: Actor) -> bool:
        """Let a connection hear what is private to its user; False where they were signed out meanwhile."""
        self._lines.setdefault(actor.user_id, {})[line] = actor
        if actor.role is not Role.VIEWER:
            self._staff[line] = actor
        if self._is_signed_out(actor):
            line.cut(SIGNED_OUT, "signed out")
            return False
        return True

    def leave(self, line: Line, actor: Actor) -> None:
        """Undo `enter`."""
        lines = self._lines.get(actor.user_id, {})
        lines.pop(line, None)
        if not lines:
            self._lines.pop(actor.user_id, None)
        self._staff.pop(line, None)

    def actor(self, user_id: str) -> Actor | None:
        """Return a connected user; None where they are away."""
        return next(iter(self._lines.get(user_id, {}).values()), None)

    def deliver(self, user_id: str, event: PrivateEvent) -> None:
        """Deliver to one user on all their connections; nobody where they are away."""
        _send(self._lines.get(user_id, ()), event)

    def deliver_to_staff(self, event: PrivateEvent, concerns: Callable[[Actor], bool]) -> None:
        """Deliver to the host and the assistants whom it concerns."""
        _send([line for line, actor in self._staff.items() if concerns(actor)], event)

    def put_out(self, user_id: str, code: int, reason: str, role: Role = Role.VIEWER) -> None:
        """Close all connections that a user has in this role."""
        for line, actor in list(self._lines.get(user_id, {}).items()):
            if actor.role is role:
                line.cut(code, reason)

    def sign_out(self, who: Actor, version: int) -> bool:
        """Close the connections of a user in this role whose token is older, those still to come too.

        Returns:
            Whether that is news: it is asked for again where an answer was lost, and by each node.
        """
        if version <= self._oldest.get((who.user_id, who.role), 0):
            return False
        self._oldest[who.user_id, who.role] = version
        self._oldest.move_to_end((who.user_id, who.role))
        if len(self._oldest) > REMEMBERED:
            self._oldest.popitem(last=False)
        for line, actor in list(self._lines.get(who.user_id, {}).items()):
            if actor.role is who.role and self._is_signed_out(actor):
                line.cut(SIGNED_OUT, "signed out")
        return True

    def _is_signed_out(self, actor: Actor) -> bool:
        return actor.version < self._oldest.get((actor.user_id, actor.role), 0)


def _send(lines: Collection[Line], event: PrivateEvent) -> None:
    if not lines:
        return
    prepared = prepare(Private(event))
    for line in lines:
        line.send(prepared)
