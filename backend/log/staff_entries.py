"""What a room's log has of who may do what: assistants, stream keys, the host's token."""

from typing import Annotated

from backend.contract.base import AssistantRight, Author, Message
from backend.contract.words_of import WordsOf


class AssistantInvited(Message, frozen=True, tag="assistant_invited"):
    """The host made an invitation; of its code only a digest is kept."""

    grant_id: int
    by: Author
    rights: list[AssistantRight]
    code_digest: str
    code_until_ms: int
    until_ms: int


class AssistantJoined(Message, frozen=True, tag="assistant_joined"):
    """An assistant used an invitation's code, which works only once."""

    grant_id: int
    user_id: str
    name: Annotated[str, WordsOf("user_id")]


class AssistantRightsChanged(Message, frozen=True, tag="assistant_rights_changed"):
    """The host gave an assistant, or an open invitation, other rights.

    `user_id` is the assistant's; empty of an open invitation.
    """

    grant_id: int
    by: Author
    name: Annotated[str, WordsOf("user_id")]
    rights: list[AssistantRight]
    before: list[AssistantRight]
    user_id: str = ""


class AssistantRevoked(Message, frozen=True, tag="assistant_revoked"):
    """The host took an invitation or all rights back; `user_id` is the assistant's."""

    grant_id: int
    by: Author
    name: Annotated[str, WordsOf("user_id")]
    reason: Annotated[str, WordsOf("user_id")]
    before: list[AssistantRight]
    user_id: str = ""


class AssistantExpired(Message, frozen=True, tag="assistant_expired"):
    """The time of an invitation, or of an assistant's rights, is over."""

    grant_id: int


AssistantEntry = (
    AssistantInvited | AssistantJoined | AssistantRightsChanged | AssistantRevoked | AssistantExpired
)


class StreamKeyMade(Message, frozen=True, tag="stream_key_made"):
    """The host made a key that another program publishes with; `by` is None for the command line."""

    by: Author | None
    name: str


class StreamKeyRevoked(Message, frozen=True, tag="stream_key_revoked"):
    """The host made a stream key worthless; `by` is None for the command line."""

    by: Author | None
    name: str


class StreamKeyLetIn(Message, frozen=True, tag="stream_key_let_in"):
    """The host let a key publish again that had been displaced."""

    by: Author
    name: str


class StreamTakenOver(Message, frozen=True, tag="stream_taken_over"):
    """A publisher displaced another; both are names of keys, empty for a studio."""

    by: str
    before: str


StreamKeyEntry = StreamKeyMade | StreamKeyRevoked | StreamKeyLetIn | StreamTakenOver


class HostTokenRenewed(Message, frozen=True, tag="host_token_renewed"):
    """All host tokens older than this generation ended; who has one, or the operator, wanted it so."""

    generation: int


StaffEntry = AssistantEntry | StreamKeyEntry | HostTokenRenewed
