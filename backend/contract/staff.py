"""Who helps the host: invitations, the rights they give, and who is in."""

from typing import Annotated, Final

import msgspec

from backend.contract.base import AssistantRight, Message
from backend.contract.bounds import Id, Reason, UpTo
from backend.contract.words_of import WordsOf

MOST_ASSISTANTS: Final = 20
CODE_HOURS: Final = range(1, 168 + 1)
GRANT_HOURS: Final = range(1, 4320 + 1)

Rights = Annotated[list[AssistantRight], UpTo(20, items=20)]


class Assistant(msgspec.Struct, frozen=True):
    """An assistant, or an invitation that nobody has used yet.

    Attributes:
        grant_id: names the invitation and what became of it.
        user_id, name: of who used the code; empty while nobody has.
        since_ms: when they were invited, or when they joined.
        until_ms: when the rights end by themselves.
        code_until_ms: until when the code can be used; None once it was.
        is_online: whether they are connected now.
    """

    grant_id: int
    user_id: str
    name: Annotated[str, WordsOf("user_id")]
    rights: list[AssistantRight]
    since_ms: int
    until_ms: int
    code_until_ms: int | None
    is_online: bool


class InviteAssistant(Message, frozen=True, tag="invite_assistant"):
    """Let who knows a code be an assistant of this room; the host alone may.

    Attributes:
        code_digest: of the code, by `backend.contract.invitation.code_digest`: the code itself stays with the
            host, who made it.
        code_hours: how long the code can be used, 1 to 168.
        grant_hours: how long the rights last from now on, 1 to 4,320; not shorter than the code.
    """

    code_digest: Id
    rights: Rights
    code_hours: int
    grant_hours: int


class SetAssistantRights(Message, frozen=True, tag="set_assistant_rights"):
    """Give an assistant these rights instead, at once; the host alone may."""

    grant_id: int
    rights: Rights


class RevokeAssistant(Message, frozen=True, tag="revoke_assistant"):
    """Take an invitation or all rights back, at once; the host alone may."""

    grant_id: int
    reason: Reason = ""


class AssistantsChanged(Message, frozen=True, tag="assistants_changed"):
    """To the host: who may help, and who is invited; those who were there first come first."""

    assistants: list[Assistant]


class YouWereDismissed(Message, frozen=True, tag="you_were_dismissed"):
    """You are no assistant any more; the connection closes, and coming back is of no use.

    Attributes:
        cause: `revoked`, or `expired`.
        reason: the host's words; empty for none.
    """

    cause: str
    reason: str


AssistantCommand = InviteAssistant | SetAssistantRights | RevokeAssistant
