"""What moderators do: each act is kept with its reason and the command that takes it back."""

from collections.abc import Mapping
from typing import Final

import msgspec

from backend.contract.base import Author, RejectReason
from backend.contract.bounds import MAX_REASON
from backend.contract.chat import (
    BlockUser,
    DeleteDanmu,
    Moderated,
    ModerationAction,
    ModerationCommand,
    MuteUser,
    PinDanmu,
    RestoreDanmu,
    SetBlockedWords,
    SetRoomRules,
    UnblockUser,
    UnmuteUser,
    UnpinDanmu,
)
from backend.features.chat.chat_rules import ChatRules
from backend.features.chat.moderation_action import ModerationPart, PlannedAction
from backend.features.chat.pins import Chosen
from backend.features.chat.sanctions import Sanctions
from backend.features.deliveries import Delivery, Rejection, ToStaff
from backend.log.entries import DidModerate, Entry

ACTIONS: Final = 100


class ModerationState(msgspec.Struct):
    """What is folded: the last 100 acts."""

    last_action_id: int = 0
    actions: list[ModerationAction] = msgspec.field(default_factory=list)


class Moderation:
    """Gives each command of a moderator to the part it belongs to, and keeps the acts."""

    def __init__(
        self,
        sanctions: Sanctions,
        rules: ChatRules,
        chosen: Chosen,
        state: ModerationState | None = None,
    ) -> None:
        self.state = state or ModerationState()
        self._chosen = chosen
        self._parts: Mapping[type, ModerationPart] = {
            DeleteDanmu: chosen,
            RestoreDanmu: chosen,
            PinDanmu: chosen,
            UnpinDanmu: chosen,
            MuteUser: sanctions,
            UnmuteUser: sanctions,
            BlockUser: sanctions,
            UnblockUser: sanctions,
            SetRoomRules: rules,
            SetBlockedWords: rules,
        }

    def decide(self, command: ModerationCommand, by: Author, now_ms: int) -> tuple[Entry, ...] | Rejection:
        """Return the act that a moderator's command makes; nothing where all is so already."""
        if len(command.reason) > MAX_REASON:
            return Rejection(RejectReason.TOO_LONG)
        plan = self._parts[type(command)].plan(command, by, now_ms)
        if isinstance(plan, Rejection):
            return plan
        if not isinstance(plan, PlannedAction):
            return Rejection(plan) if plan else ()
        number = self.state.last_action_id + 1
        act = ModerationAction(number, now_ms, by, command, command.reason, plan.about, plan.undo)
        return (DidModerate(act),)

    def take(self, action: ModerationAction) -> list[Delivery]:
        """Take in what was done."""
        self.state.last_action_id = action.action_id
        self.state.actions = [*self.state.actions, action][-ACTIONS:]
        told = self._parts[type(action.command)].take(action)
        return [*told, *self._chosen.unpin_hidden(), ToStaff(Moderated(action))]
