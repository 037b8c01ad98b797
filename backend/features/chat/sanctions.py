"""Mutes and blocks: who may not write or come in, until when and why; what they wrote goes with them."""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Author, Message, RejectReason, Role
from backend.contract.chat import (
    MAX_USER_ID,
    MUTE_SECONDS,
    BlockUser,
    ModerationAction,
    ModerationCommand,
    Mute,
    MuteUser,
    Sanction,
    SanctionsChanged,
    UnblockUser,
    UnmuteUser,
    YouWereBlocked,
)
from backend.contract.words_of import erase_words
from backend.features.actor import Actor
from backend.features.chat.danmu_book import DanmuBook, Hidden
from backend.features.chat.moderation_action import Planned, PlannedAction
from backend.features.deliveries import Barred, Delivery, PutOut, Rejection, ToStaff, ToUser, You
from backend.features.feature import Feature
from backend.log.entries import MuteExpired, Record

BLOCKED: Final = 4403


class SanctionsState(msgspec.Struct):
    """What is folded: what is in force, by user id."""

    mutes: dict[str, Sanction] = msgspec.field(default_factory=dict)
    blocks: dict[str, Sanction] = msgspec.field(default_factory=dict)


class Sanctions(Feature[SanctionsState]):
    """Knows who is muted and who is blocked.

    Args:
        book: what they wrote.
        guest_name: names a guest who wrote nothing.
    """

    name = "sanctions"
    state_type = SanctionsState
    entries = (MuteExpired,)

    def __init__(
        self, book: DanmuBook, state: SanctionsState | None = None, guest_name: Callable[[str], str] = str
    ) -> None:
        self.state = state or SanctionsState()
        self._book = book
        self._guest_name = guest_name

    def mute_of(self, user_id: str, now_ms: int) -> Mute | None:
        """Return why a user may not write; None where they may."""
        sanction = self.state.mutes.get(user_id)
        if sanction is None or (sanction.until_ms is not None and sanction.until_ms <= now_ms):
            return None
        return Mute(sanction.until_ms, sanction.reason)

    def block_of(self, user_id: str) -> Sanction | None:
        """Return why a user is put out of the room; None where they are not."""
        return self.state.blocks.get(user_id)

    @override
    def forbids(self, command: Message, actor: Actor) -> Rejection | None:
        is_blocked = actor.role is Role.VIEWER and actor.user_id in self.state.blocks
        return Rejection(RejectReason.BLOCKED) if is_blocked else None

    def in_force(self) -> SanctionsChanged:
        """Return who is muted and who is blocked."""
        return SanctionsChanged(list(self.state.mutes.values()), list(self.state.blocks.values()))

    def plan(self, command: ModerationCommand, _by: Author, now_ms: int) -> Planned:
        """See `ModerationPart.plan`."""
        match command:
            case MuteUser(user_id=user_id, seconds=seconds):
                if seconds not in MUTE_SECONDS:
                    return RejectReason.MALFORMED
                return self._wrong(user_id) or self._planned(user_id, UnmuteUser(user_id))
            case UnmuteUser(user_id=user_id):
                mute = self.mute_of(user_id, now_ms)
                return self._planned(user_id, _again(user_id, mute, now_ms)) if mute else None
            case BlockUser(user_id=user_id) if user_id not in self.state.blocks:
                return self._wrong(user_id) or self._planned(user_id, UnblockUser(user_id))
            case UnblockUser(user_id=user_id) if user_id in self.state.blocks:
                return self._planned(user_id, BlockUser(user_id))
        return None

    def carry_out(self, action: ModerationAction) -> list[Delivery]:
        """See `ModerationPart.carry_out`."""
        deliveries: list[Delivery]
        match action.command:
            case MuteUser(user_id=user_id, seconds=seconds):
                until_ms = action.at_ms + seconds * 1000 if seconds else None
                self.state.mutes[user_id] = _sanction(action, user_id, until_ms)
                deliveries = [*self._hide(user_id, Hidden.MUTED), You(user_id)]
            case UnmuteUser(user_id=user_id):
                self.state.mutes.pop(user_id, None)
                deliveries = [*self._show(user_id, Hidden.MUTED), You(user_id)]
            case BlockUser(user_id=user_id):
                self.state.blocks[user_id] = _sanction(action, user_id, None)
                barred = _barred(user_id, action.reason)
                out: list[Delivery] = [ToUser(user_id, barred.event), barred.put_out]
                deliveries = [*self._hide(user_id, Hidden.BLOCKED), *out]
            case UnblockUser(user_id=user_id):
                self.state.blocks.pop(user_id, None)
                deliveries = self._show(user_id, Hidden.BLOCKED)
            case _:
                return []
        return [*deliveries, ToStaff(self.in_force())]

    @override
    def due(self, now_ms: int) -> list[MuteExpired]:
        mutes = self.state.mutes.values()
        return [
            MuteExpired(mute.user_id)
            for mute in mutes
            if mute.until_ms is not None and mute.until_ms <= now_ms
        ]

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case MuteExpired(user_id=user_id):  # what it took away stays away
                self.state.mutes.pop(user_id, None)
                return [You(user_id), ToStaff(self.in_force())]
        return []

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        # The mutes end that were for the last session alone.
        ended = [user_id for user_id, mute in self.state.mutes.items() if mute.until_ms is None]
        for user_id in ended:
            del self.state.mutes[user_id]
        return [*map(You, ended), ToStaff(self.in_force())] if ended else []

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        for kept in (self.state.mutes, self.state.blocks):
            for sanctioned, sanction in kept.items():
                kept[sanctioned] = erase_words(sanction, user_id)
        return [ToStaff(self.in_force())]

    @override
    def bars(self, actor: Actor, now_ms: int) -> Barred | None:
        block = self.block_of(actor.user_id) if actor.role is Role.VIEWER else None
        return _barred(actor.user_id, block.reason) if block else None

    @override
    def show_to(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"mute": self.mute_of(actor.user_id, now_ms)}

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        in_force = self.in_force()
        may_see = actor.may(AssistantRight.CHAT)
        return {
            "muted": in_force.muted if may_see else [],
            "blocked": in_force.blocked if may_see else [],
        }

    def _hide(self, user_id: str, cause: Hidden) -> list[Delivery]:
        return self._book.hide(self._book.written_by(user_id), cause)

    def _show(self, user_id: str, cause: Hidden) -> list[Delivery]:
        return self._book.show(self._book.written_by(user_id), cause)

    def _wrong(self, user_id: str) -> RejectReason | None:
        if not 0 < len(user_id) <= MAX_USER_ID:
            return RejectReason.UNKNOWN_USER
        author = self._author(user_id)
        return RejectReason.IS_STAFF if author and author.role is not Role.VIEWER else None

    def _planned(self, user_id: str, undo: ModerationCommand) -> PlannedAction:
        return PlannedAction(self._name(user_id), undo, user_id)

    def _author(self, user_id: str) -> Author | None:
        written = self._book.written_by(user_id)
        danmu = self._book.get(written[-1]) if written else None
        return danmu.author if danmu else None

    def _name(self, user_id: str) -> str:
        known = self._author(user_id) or self.state.blocks.get(user_id) or self.state.mutes.get(user_id)
        return known.name if known and known.name else self._guest_name(user_id)


def _barred(user_id: str, reason: str) -> Barred:
    return Barred(YouWereBlocked(reason), PutOut(user_id, "blocked", BLOCKED))


def _again(user_id: str, mute: Mute, now_ms: int) -> MuteUser:
    seconds = 0 if mute.until_ms is None else max(1, (mute.until_ms - now_ms) // 1000)
    return MuteUser(user_id, seconds, mute.reason)


def _sanction(action: ModerationAction, user_id: str, until_ms: int | None) -> Sanction:
    return Sanction(
        user_id, action.about, until_ms, action.reason, action.by.name, action.at_ms, action.by.user_id
    )
