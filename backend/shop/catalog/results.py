"""What changes of the catalogue answer where they are refused; a reason that its reader can act on."""

import msgspec

from backend.contract.products import StaffProduct


class NotFit(msgspec.Struct, frozen=True):
    """A field cannot be so; `pointer` leads to it in the request (RFC 6901)."""

    pointer: str
    why: str


class ChangedMeanwhile(msgspec.Struct, frozen=True):
    """The editor did not see the product as it is now, which is this."""

    product: StaffProduct


class CodeTaken(msgspec.Struct, frozen=True):
    """Another SKU, of this product, has the code."""

    code: str
    spu_id: str
    title: str


class UnknownPicture(msgspec.Struct, frozen=True):
    """No picture of this name was uploaded."""

    name: str


class ListingFull(msgspec.Struct, frozen=True):
    """The room shows as many products as it may."""


ProductRefused = NotFit | ChangedMeanwhile | CodeTaken | UnknownPicture | ListingFull
