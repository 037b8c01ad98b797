"""Who is connected, by name: the private lane to one user on all their connections, or to the staff."""

from collections.abc import Callable, Collection

from backend.contract.base import Message
from backend.contract.chat_events import PrivateEvent
from backend.messages import Private, Role
from backend.room.frames import prepare
from backend.room.line import Line
from backend.room.state import Actor


class SignOut(Message, frozen=True, tag="sign_out"):
    """Close all connections that the actor has as a viewer. It comes over HTTP alone."""


class Audience:
    """The connections of a room by user."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[Line, Actor]] = {}
        self._staff: dict[Line, Actor] = {}

    @property
    def has_staff(self) -> bool:
        """Whether anybody of the staff is connected."""
        return bool(self._staff)

    @property
    def users(self) -> list[str]:
        """Who is connected, by user id."""
        return list(self._lines)

    def enter(self, line: Line, actor: Actor) -> None:
        """Let a connection hear what is private to its user."""
        self._lines.setdefault(actor.user_id, {})[line] = actor
        if actor.role is not Role.VIEWER:
            self._staff[line] = actor

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

    def tell(self, user_id: str, event: PrivateEvent) -> None:
        """Tell one user on all their connections; nobody where they are away."""
        _send(self._lines.get(user_id, ()), event)

    def tell_staff(self, event: PrivateEvent, concerns: Callable[[Actor], bool]) -> None:
        """Tell the host and the assistants whom it concerns."""
        _send([line for line, actor in self._staff.items() if concerns(actor)], event)

    def put_out(self, user_id: str, code: int, reason: str, role: Role = Role.VIEWER) -> None:
        """Close all connections that a user has in this role."""
        for line, actor in list(self._lines.get(user_id, {}).items()):
            if actor.role is role:
                line.cut(code, reason)


def _send(lines: Collection[Line], event: PrivateEvent) -> None:
    if not lines:
        return
    prepared = prepare(Private(event))
    for line in lines:
        line.send(prepared)
