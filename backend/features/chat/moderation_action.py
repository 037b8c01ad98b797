"""What the parts of moderation have in common: a plan before the deed, and the deed itself."""

from typing import Protocol

import msgspec

from backend.contract.chat import Author
from backend.contract.chat_commands import ModerationAction, ModerationCommand
from backend.features.told import Refusal, Told
from backend.messages import Rejection


class Plan(msgspec.Struct, frozen=True):
    """What a command would do: whom or what it is about, in words, and what takes it back."""

    about: str
    undo: ModerationCommand


# None where all is so already.
Verdict = Plan | Rejection | Refusal | None


class Deeds(Protocol):
    """One kind of things that moderators do."""

    def plan(self, command: ModerationCommand, by: Author, now_ms: int) -> Verdict:
        """Return what the command would do, or why it is refused."""

    def take(self, action: ModerationAction) -> list[Told]:
        """Take in what was done."""
