"""Reads upwards what earlier versions wrote: entries of the log, and checkpoints of what they fold to."""

from typing import Final

import msgspec

# Inside of a text the quotes would be escaped: what somebody said never looks like this.
_OLD_PRICE: Final = '"price_fen":'
_RENAMED: Final = {"price_fen": "price_minor", "market_price_fen": "reference_minor"}


def upcast(encoded: str) -> str:
    """Return an encoded entry, or checkpoint, as this version writes it."""
    if _OLD_PRICE not in encoded:
        return encoded
    return msgspec.json.encode(_renamed(msgspec.json.decode(encoded))).decode()


def _renamed(value: object) -> object:
    match value:
        case dict():
            return {_RENAMED.get(name, name): _renamed(inner) for name, inner in value.items()}
        case list():
            return [_renamed(inner) for inner in value]
        case _:
            return value
