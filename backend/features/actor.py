"""Who gives a command, and with which rights."""

import msgspec

from backend.contract.base import AssistantRight, Message, Role


class Actor(msgspec.Struct, frozen=True):
    """Who gives a command.

    Attributes:
        rights: of an assistant, as the room knows them now (`Assistants.known`); a connection brings none.
        source: the tag of the link they came by; see `source_of`.
        origin: a keyed digest of the address they came from; empty where it is not known.
        version: of their account when their token was signed; 0 for who has none.
    """

    user_id: str
    role: Role
    rights: frozenset[AssistantRight] = frozenset()
    source: str = ""
    version: int = 0
    origin: str = ""

    def may(self, right: AssistantRight) -> bool:
        """Whether they have this right; the host has all."""
        return self.role is Role.HOST or (self.role is Role.ASSISTANT and right in self.rights)


class SignOut(Message, frozen=True, tag="sign_out"):
    """Close the actor's connections whose token is older than this version. It comes over HTTP alone."""

    version: int
