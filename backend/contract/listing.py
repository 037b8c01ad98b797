"""What a room shows of the catalogue, as staff arrange it."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import UpTo

MOST_LISTED: Final = 500


class PlaceProduct(msgspec.Struct, frozen=True):
    """What `POST /api/v1/rooms/<room>/listing` takes: a product is added, or moved.

    Attributes:
        position: before which product it stands then, counted from 0; None for the end.
    """

    spu_id: Annotated[str, UpTo(160)]
    position: Annotated[int, msgspec.Meta(ge=0, le=MOST_LISTED)] | None = None


class RoomListing(msgspec.Struct, frozen=True):
    """The products of a room in the host's order, those that are off the shelf among them."""

    spu_ids: list[str]
