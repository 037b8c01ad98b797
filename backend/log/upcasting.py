"""Reads upwards what earlier versions wrote: entries of the log, and checkpoints of what they fold to."""

from collections.abc import Mapping
from typing import Final

import msgspec

# Inside a text the quotes would be escaped: a danmu never looks like this.
_OLD_PRICE: Final = '"price_fen":'
_NAMES_A_PRODUCT: Final = '"product_id":'
_RENAMED: Final = {"price_fen": "price_minor", "market_price_fen": "reference_minor"}


class FormerProducts(msgspec.Struct, frozen=True):
    """The products of a room that had other ids once.

    Attributes:
        ids: the present one, by the former.
        up_to_number: the last entry of the log that has the former ones.
    """

    ids: Mapping[str, str] = {}
    up_to_number: int = 0


def upcast(encoded: str, ids: Mapping[str, str] | None = None) -> str:
    """Return an encoded entry, or checkpoint, as this version writes it.

    Args:
        encoded: JSON as it was written.
        ids: see `FormerProducts`; none for what has the present ones.
    """
    if _OLD_PRICE not in encoded and not (ids and _NAMES_A_PRODUCT in encoded):
        return encoded
    return msgspec.json.encode(_renamed(msgspec.json.decode(encoded), ids or {})).decode()


def _renamed(value: object, ids: Mapping[str, str]) -> object:
    match value:
        case dict():
            return {_RENAMED.get(name, name): _field(name, inner, ids) for name, inner in value.items()}
        case list():
            return [_renamed(inner, ids) for inner in value]
        case _:
            return value


def _field(name: str, value: object, ids: Mapping[str, str]) -> object:
    if name == "product_id" and isinstance(value, str):
        return ids.get(value, value)
    return _renamed(value, ids)
