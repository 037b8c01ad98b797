"""What a moderator can do with a danmu or its author, and the command that does it."""

from enum import StrEnum
from typing import Final

from backend.contract.base import Role
from backend.contract.chat import BlockUser, Danmu, DeleteDanmu, ModerationCommand, MuteUser, PinDanmu

PIN_SECONDS: Final = 300


class DanmuAction(StrEnum):
    """One thing that a moderator can do."""

    PIN = "pin"
    DELETE = "delete"
    MUTE_SHORT = "mute_short"
    MUTE_LONG = "mute_long"
    MUTE_SESSION = "mute_session"
    BLOCK = "block"


AGAINST_VIEWERS: Final = (
    DanmuAction.MUTE_SHORT,
    DanmuAction.MUTE_LONG,
    DanmuAction.MUTE_SESSION,
    DanmuAction.BLOCK,
)
MUTE_SECONDS: Final = {DanmuAction.MUTE_SHORT: 60, DanmuAction.MUTE_LONG: 600, DanmuAction.MUTE_SESSION: 0}


def is_possible(choice: DanmuAction, danmu: Danmu) -> bool:
    """Whether it can be done: host and assistants are not muted or blocked."""
    return choice not in AGAINST_VIEWERS or danmu.author.role is Role.VIEWER


def command(choice: DanmuAction, danmu: Danmu, reason: str = "") -> ModerationCommand:
    """Return the command for it."""
    user_id = danmu.author.user_id
    match choice:
        case DanmuAction.PIN:
            return PinDanmu(danmu.danmu_id, PIN_SECONDS, reason)
        case DanmuAction.DELETE:
            return DeleteDanmu(danmu.danmu_id, reason)
        case DanmuAction.BLOCK:
            return BlockUser(user_id, reason)
        case _:
            return MuteUser(user_id, MUTE_SECONDS[choice], reason)
