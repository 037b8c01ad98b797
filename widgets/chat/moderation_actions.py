"""What a moderator can do with a danmu or its author, and the command that does it."""

from enum import StrEnum
from typing import Final

from backend.contract.base import Role
from backend.contract.chat import Danmu
from backend.contract.chat_commands import BlockUser, DeleteDanmu, ModerationCommand, MuteUser, PinDanmu

PIN_SECONDS: Final = 300


class Deed(StrEnum):
    """One thing that a moderator can do."""

    PIN = "pin"
    DELETE = "delete"
    MUTE_SHORT = "mute_short"
    MUTE_LONG = "mute_long"
    MUTE_SESSION = "mute_session"
    BLOCK = "block"


AGAINST_VIEWERS: Final = (Deed.MUTE_SHORT, Deed.MUTE_LONG, Deed.MUTE_SESSION, Deed.BLOCK)
MUTE_SECONDS: Final = {Deed.MUTE_SHORT: 60, Deed.MUTE_LONG: 600, Deed.MUTE_SESSION: 0}


def is_possible(deed: Deed, danmu: Danmu) -> bool:
    """Whether it can be done: host and assistants are not muted or blocked."""
    return deed not in AGAINST_VIEWERS or danmu.author.role is Role.VIEWER


def command(deed: Deed, danmu: Danmu, reason: str = "") -> ModerationCommand:
    """Return the command for it."""
    user_id = danmu.author.user_id
    match deed:
        case Deed.PIN:
            return PinDanmu(danmu.danmu_id, PIN_SECONDS, reason)
        case Deed.DELETE:
            return DeleteDanmu(danmu.danmu_id, reason)
        case Deed.BLOCK:
            return BlockUser(user_id, reason)
        case _:
            return MuteUser(user_id, MUTE_SECONDS[deed], reason)
