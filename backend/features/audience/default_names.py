"""What a room and its people are called before they have names, in the language of the shop."""

import hashlib
from typing import Final, NamedTuple

from backend.contract.base import Role
from backend.features.actor import Actor


class DefaultNames(NamedTuple):
    """Names for who and what has none.

    Attributes:
        room: a room's title.
        host, assistant: by role.
        guest: what four characters are put behind, by which guests are told apart.
    """

    room: str
    host: str
    assistant: str
    guest: str

    def of(self, actor: Actor) -> str:
        """Name a user by their role; a guest the same each time."""
        match actor.role:
            case Role.HOST:
                return self.host
            case Role.ASSISTANT:
                return self.assistant
            case Role.VIEWER:
                return self.of_guest(actor.user_id)

    def of_guest(self, user_id: str) -> str:
        """Name a guest without giving the id away."""
        return self.guest + hashlib.sha256(user_id.encode()).hexdigest()[:4].upper()


CHINESE: Final = DefaultNames(room="直播间", host="主播", assistant="助理", guest="游客")
ENGLISH: Final = DefaultNames(room="Live room", host="Host", assistant="Assistant", guest="Guest ")
BY_LANGUAGE: Final = {"zh_CN": CHINESE, "en": ENGLISH}
