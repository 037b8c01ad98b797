"""Who asks the shop for something."""

import msgspec


class Person(msgspec.Struct, frozen=True):
    """A user of a room as its token says.

    Attributes:
        user_id: names the buyer, too.
        is_staff: whether they may see and change the room's orders.
    """

    user_id: str
    room_id: str
    is_staff: bool = False
