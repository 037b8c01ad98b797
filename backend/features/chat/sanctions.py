"""Mutes and blocks: who may not write or come in, until when and why; what they wrote goes with them."""

from typing import Final

import msgspec

from backend.contract.base import Author, RejectReason, Role
from backend.contract.chat import (
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
from backend.features.audience.default_names import CHINESE, DefaultNames
from backend.features.chat.danmu import DanmuBook, Hidden
from backend.features.chat.moderation_action import Planned, PlannedAction
from backend.features.deliveries import Delivery, PutOut, ToStaff, ToUser, You
from backend.log.entries import MuteExpired

MAX_ID: Final = 64
MUTE_SECONDS: Final = range(86_400 + 1)


class SanctionsState(msgspec.Struct):
    """What is folded: what is in force, by user id."""

    mutes: dict[str, Sanction] = msgspec.field(default_factory=dict)
    blocks: dict[str, Sanction] = msgspec.field(default_factory=dict)


class Sanctions:
    """Knows who is muted and who is blocked."""

    def __init__(
        self, book: DanmuBook, state: SanctionsState | None = None, names: DefaultNames = CHINESE
    ) -> None:
        self.state = state or SanctionsState()
        self._book = book
        self._names = names

    def mute_of(self, user_id: str, now_ms: int) -> Mute | None:
        """Return why a user may not write; None where they may."""
        sanction = self.state.mutes.get(user_id)
        if sanction is None or (sanction.until_ms is not None and sanction.until_ms <= now_ms):
            return None
        return Mute(sanction.until_ms, sanction.reason)

    def block_of(self, user_id: str) -> Sanction | None:
        """Return why a user is put out of the room; None where they are not."""
        return self.state.blocks.get(user_id)

    def in_force(self) -> SanctionsChanged:
        """Return who is muted and who is blocked."""
        return SanctionsChanged(list(self.state.mutes.values()), list(self.state.blocks.values()))

    def plan(self, command: ModerationCommand, _by: Author, now_ms: int) -> Planned:
        """See `ModerationPart.plan`."""
        match command:
            case MuteUser(user_id=user_id, seconds=seconds):
                if seconds not in MUTE_SECONDS:
                    return RejectReason.MALFORMED
                return self._wrong(user_id) or PlannedAction(self._name(user_id), UnmuteUser(user_id))
            case UnmuteUser(user_id=user_id):
                mute = self.mute_of(user_id, now_ms)
                return PlannedAction(self._name(user_id), _again(user_id, mute, now_ms)) if mute else None
            case BlockUser(user_id=user_id) if user_id not in self.state.blocks:
                return self._wrong(user_id) or PlannedAction(self._name(user_id), UnblockUser(user_id))
            case UnblockUser(user_id=user_id) if user_id in self.state.blocks:
                return PlannedAction(self._name(user_id), BlockUser(user_id))
        return None

    def take(self, action: ModerationAction) -> list[Delivery]:
        """See `ModerationPart.take`."""
        told: list[Delivery]
        match action.command:
            case MuteUser(user_id=user_id, seconds=seconds):
                until_ms = action.at_ms + seconds * 1000 if seconds else None
                self.state.mutes[user_id] = _sanction(action, user_id, until_ms)
                told = [*self._hide(user_id, Hidden.MUTED), You(user_id)]
            case UnmuteUser(user_id=user_id):
                self.state.mutes.pop(user_id, None)
                told = [*self._show(user_id, Hidden.MUTED), You(user_id)]
            case BlockUser(user_id=user_id):
                self.state.blocks[user_id] = _sanction(action, user_id, None)
                out: list[Delivery] = [
                    ToUser(user_id, YouWereBlocked(action.reason)),
                    PutOut(user_id, "blocked"),
                ]
                told = [*self._hide(user_id, Hidden.BLOCKED), *out]
            case UnblockUser(user_id=user_id):
                self.state.blocks.pop(user_id, None)
                told = self._show(user_id, Hidden.BLOCKED)
            case _:
                return []
        return [*told, ToStaff(self.in_force())]

    def due(self, now_ms: int) -> list[MuteExpired]:
        """Return the mutes whose time is over."""
        mutes = self.state.mutes.values()
        return [
            MuteExpired(mute.user_id)
            for mute in mutes
            if mute.until_ms is not None and mute.until_ms <= now_ms
        ]

    def expire(self, user_id: str) -> list[Delivery]:
        """End a mute; what it took away stays away."""
        self.state.mutes.pop(user_id, None)
        return [You(user_id), ToStaff(self.in_force())]

    def begin_session(self) -> list[Delivery]:
        """End the mutes that were for the last session alone."""
        ended = [user_id for user_id, mute in self.state.mutes.items() if mute.until_ms is None]
        for user_id in ended:
            del self.state.mutes[user_id]
        return [*map(You, ended), ToStaff(self.in_force())] if ended else []

    def _hide(self, user_id: str, cause: Hidden) -> list[Delivery]:
        return self._book.hide(self._book.written_by(user_id), cause)

    def _show(self, user_id: str, cause: Hidden) -> list[Delivery]:
        return self._book.show(self._book.written_by(user_id), cause)

    def _wrong(self, user_id: str) -> RejectReason | None:
        if not 0 < len(user_id) <= MAX_ID:
            return RejectReason.UNKNOWN_USER
        author = self._author(user_id)
        return RejectReason.IS_STAFF if author and author.role is not Role.VIEWER else None

    def _author(self, user_id: str) -> Author | None:
        written = self._book.written_by(user_id)
        danmu = self._book.get(written[-1]) if written else None
        return danmu.author if danmu else None

    def _name(self, user_id: str) -> str:
        known = self._author(user_id) or self.state.blocks.get(user_id) or self.state.mutes.get(user_id)
        return known.name if known else self._names.of_guest(user_id)


def _again(user_id: str, mute: Mute, now_ms: int) -> MuteUser:
    seconds = 0 if mute.until_ms is None else max(1, (mute.until_ms - now_ms) // 1000)
    return MuteUser(user_id, seconds, mute.reason)


def _sanction(action: ModerationAction, user_id: str, until_ms: int | None) -> Sanction:
    return Sanction(user_id, action.about, until_ms, action.reason, action.by.name, action.at_ms)
