"""The person behind a request to the shop."""

import msgspec

from backend.contract.base import HOST_USER


class Person(msgspec.Struct, frozen=True):
    """A user of a room as its token says.

    Attributes:
        is_staff: whether they may see and change the room's orders.
    """

    user_id: str
    room_id: str
    is_staff: bool = False

    @property
    def buyer_id(self) -> str:
        """What names the buyer: the hosts of all rooms have one user id, and are not one buyer."""
        return f"{HOST_USER}:{self.room_id}" if self.user_id == HOST_USER else self.user_id
