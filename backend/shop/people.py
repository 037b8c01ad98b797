"""The person behind a request to the shop."""

from typing import Protocol

import msgspec

from backend.contract.base import HOST_USER


class _Owned(Protocol):
    """What is a buyer's and a room's: an order, a case."""

    @property
    def buyer_id(self) -> str: ...

    @property
    def room_id(self) -> str: ...


class Person(msgspec.Struct, frozen=True):
    """A user of a room as its token says.

    Attributes:
        is_staff: whether they may see and change the room's orders.
        is_guest: whether they have no account: to be another guest costs nothing.
    """

    user_id: str
    room_id: str
    is_staff: bool = False
    is_guest: bool = False

    @property
    def is_seller(self) -> bool:
        """Whether they are a room's host, who neither buys nor gives coins."""
        return self.user_id == HOST_USER

    @property
    def buyer_id(self) -> str:
        """What names the buyer: the hosts of all rooms have one user id, and are not one buyer."""
        return f"{HOST_USER}:{self.room_id}" if self.user_id == HOST_USER else self.user_id

    def is_staff_of(self, thing: _Owned) -> bool:
        """Return whether they may act for the shop on it."""
        return self.is_staff and thing.room_id == self.room_id

    def may_see(self, thing: _Owned) -> bool:
        """Return whether it is any of their business."""
        return thing.buyer_id == self.buyer_id or self.is_staff_of(thing)
