"""The audit log: who changed what that matters, as a view of the event log."""

from enum import StrEnum

import msgspec

from backend.contract.base import Author


class AuditKind(StrEnum):
    """What a change concerned."""

    PRODUCT = "product"
    MONEY = "money"
    MODERATION = "moderation"
    RIGHTS = "rights"
    ROOM = "room"


class AuditLine(msgspec.Struct, frozen=True):
    """One change.

    Attributes:
        number: of the entry in the room's event log; several lines can have the same.
        by: None where time did it.
        what: a word for programs: `price`, `stock`, `title`, `notice`, `avatar`, `cover`, `coins` (granted),
            `gift` (coins it cost), a moderator's command, or what became of an assistant or a stream key.
        about: which product, user, assistant or key, in words.
        old, new: the values; prices in the minor unit, of coins how many moved.
        reason: in the words of who did it.
        currency: of the values, where they are prices (ISO 4217).
    """

    number: int
    at_ms: int
    session_id: str
    by: Author | None
    kind: AuditKind
    what: str
    about: str
    old: str
    new: str
    reason: str
    currency: str = ""


class AuditPage(msgspec.Struct, frozen=True):
    """What `GET /api/rooms/<room>/audit` gives, the newest first.

    Attributes:
        next_before: ask with `before` of this for older ones; None when there are none.
    """

    lines: list[AuditLine]
    next_before: int | None
