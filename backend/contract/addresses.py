"""Where a buyer's orders go."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import Id, UpTo

MAX_EMAIL: Final = 254  # RFC 5321 §4.5.3.1.3, without its brackets

Country = Annotated[str, UpTo(2), msgspec.Meta(pattern="^[A-Z]{2}$")]
Region = Annotated[str, UpTo(64)]
Email = Annotated[str, UpTo(MAX_EMAIL)]


class Address(msgspec.Struct, frozen=True):
    """A place that a parcel can be sent to, in plain text.

    Attributes:
        country: two capital letters (ISO 3166-1).
        province, city, district: empty where a country has none.
        name: of who receives it.
        phone: as it was typed, with the digits 0 to 9.
        email: where the buyer hears of an order that goes there; empty for nowhere.
    """

    country: Country
    province: Region
    city: Region
    district: Region
    street: Annotated[str, UpTo(200), msgspec.Meta(min_length=1)]
    name: Annotated[str, UpTo(64), msgspec.Meta(min_length=1)]
    phone: Annotated[str, UpTo(32), msgspec.Meta(min_length=1)]
    postcode: Annotated[str, UpTo(16)] = ""
    email: Email = ""


class SavedAddress(msgspec.Struct, frozen=True):
    """An address in a buyer's book.

    Attributes:
        is_default: offered first; one of a book is.
    """

    address_id: str
    address: Address
    is_default: bool


class AddressBook(msgspec.Struct, frozen=True):
    """What `GET /api/v1/addresses` gives: the buyer's own, the default first."""

    addresses: list[SavedAddress]


class SaveAddress(msgspec.Struct, frozen=True):
    """What `POST /api/v1/addresses` takes.

    Attributes:
        address_id: the one to replace; None adds one.
    """

    address: Address
    address_id: Id | None = None
    is_default: bool = False
