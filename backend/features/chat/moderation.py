"""Moderation: each action is kept with its reason and the command that undoes it."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final, get_args

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason
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
from backend.contract.words_of import erase_words
from backend.features.actor import Actor
from backend.features.chat.chat_rules import ChatRules
from backend.features.chat.moderation_action import ModerationPart, PlannedAction
from backend.features.chat.pins import Pins
from backend.features.chat.sanctions import Sanctions
from backend.features.deliveries import Decision, Delivery, Rejection, ToStaff
from backend.features.feature import AuthorOf, Feature
from backend.log.entries import DidModerate, Record

ACTIONS: Final = 100


class ModerationState(msgspec.Struct):
    """What is folded: the last 100 acts."""

    last_action_id: int = 0
    actions: list[ModerationAction] = msgspec.field(default_factory=list)


class Moderation(Feature[ModerationState]):
    """Gives each command of a moderator to the part it belongs to, and keeps the acts.

    Args:
        author: how others see the moderator.
    """

    name = "moderation"
    state_type = ModerationState
    commands: ClassVar = dict.fromkeys(get_args(ModerationCommand), AssistantRight.CHAT)
    entries = (DidModerate,)

    def __init__(
        self,
        sanctions: Sanctions,
        rules: ChatRules,
        pins: Pins,
        state: ModerationState | None = None,
        *,
        author: AuthorOf,
    ) -> None:
        self.state = state or ModerationState()
        self._author = author
        self._pins = pins
        self._parts: Mapping[type, ModerationPart] = {
            DeleteDanmu: pins,
            RestoreDanmu: pins,
            PinDanmu: pins,
            UnpinDanmu: pins,
            MuteUser: sanctions,
            UnmuteUser: sanctions,
            BlockUser: sanctions,
            UnblockUser: sanctions,
            SetRoomRules: rules,
            SetBlockedWords: rules,
        }

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        if not isinstance(command, ModerationCommand):
            return super().decide(command, actor, now_ms)
        if len(command.reason) > MAX_REASON:
            return Rejection(RejectReason.TOO_LONG)
        by = self._author(actor)
        plan = self._parts[type(command)].plan(command, by, now_ms)
        if isinstance(plan, Rejection):
            return plan
        if not isinstance(plan, PlannedAction):
            return Rejection(plan) if plan else ()
        number = self.state.last_action_id + 1
        action = ModerationAction(
            action_id=number,
            at_ms=now_ms,
            by=by,
            command=command,
            reason=command.reason,
            about=plan.about,
            undo=plan.undo,
            about_user_id=plan.about_user_id,
        )
        return (DidModerate(action),)

    @override
    def apply(self, record: Record) -> list[Delivery]:
        if not isinstance(record.entry, DidModerate):
            return []
        action = record.entry.action
        self.state.last_action_id = action.action_id
        self.state.actions = [*self.state.actions, action][-ACTIONS:]
        deliveries = self._parts[type(action.command)].carry_out(action)
        return [*deliveries, *self._pins.unpin_hidden(), ToStaff(Moderated(action))]

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        self.state.actions = [erase_words(action, user_id) for action in self.state.actions]
        return []

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"actions": self.state.actions if actor.may(AssistantRight.CHAT) else []}
