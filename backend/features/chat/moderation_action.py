"""The interface of moderation's parts: an action is planned, then carried out."""

from typing import Protocol

import msgspec

from backend.contract.base import Author, RejectReason
from backend.contract.chat import ModerationAction, ModerationCommand
from backend.features.deliveries import Delivery, Rejection


class PlannedAction(msgspec.Struct, frozen=True):
    """What a command would do: whom or what it is about, in words, and what takes it back.

    `about_user_id` is whom, or who wrote it; empty for nobody.
    """

    about: str
    undo: ModerationCommand
    about_user_id: str = ""


# None where all is so already.
Planned = PlannedAction | RejectReason | Rejection | None


class ModerationPart(Protocol):
    """One kind of things that moderators do."""

    def plan(self, command: ModerationCommand, by: Author, now_ms: int) -> Planned:
        """Return what the command would do, or why it is refused."""

    def carry_out(self, action: ModerationAction) -> list[Delivery]:
        """Fold what was done."""
