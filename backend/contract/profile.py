"""What a room shows of itself: its title, avatar, cover and notice, set in the studio."""

from typing import Annotated, Final

import msgspec

from backend.contract.base import Message
from backend.contract.bounds import UpTo
from backend.contract.pictures import Picture, PictureName

MAX_TITLE: Final = 40
MAX_NOTICE: Final = 200


class RoomProfile(msgspec.Struct, frozen=True):
    """How a room presents itself; what is not set is empty, or None.

    Attributes:
        title: at most `MAX_TITLE` characters, plain text on one line.
        notice: at most `MAX_NOTICE` characters, plain text on one line.
        avatar: stands beside the title.
        cover: stands behind the slate before and after the show, and in previews of the room's link.
        version: grows with each change; who changes the profile says which one they saw.
    """

    title: str = ""
    notice: str = ""
    avatar: Picture | None = None
    cover: Picture | None = None
    version: int = 1


class SetRoomProfile(Message, frozen=True, tag="set_room_profile"):
    """Set how the room presents itself; what is empty is taken away. The host's alone.

    Attributes:
        version: of the profile that the editor saw; another one is refused as a `conflict`.
        title: at most `MAX_TITLE` characters, plain text.
        notice: at most `MAX_NOTICE` characters, plain text.
        avatar, cover: names of pictures that were uploaded.
    """

    version: int
    title: Annotated[str, UpTo(2 * MAX_TITLE)] = ""
    notice: Annotated[str, UpTo(2 * MAX_NOTICE)] = ""
    avatar: PictureName = ""
    cover: PictureName = ""


class RoomProfileChanged(Message, frozen=True, tag="room_profile_changed"):
    """The room presents itself so from now on."""

    profile: RoomProfile
