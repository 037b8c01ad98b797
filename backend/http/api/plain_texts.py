"""Takes from the texts of a request what nobody sees: no column takes NUL, no label is to read backwards."""

from typing import TypeVar

import msgspec

from backend.plain_text import plain_text

Kind = TypeVar("Kind", bound=msgspec.Struct)


def plain_texts(body: Kind) -> Kind:
    """Return a body with all its texts plain.

    Raises:
        msgspec.ValidationError: of a text that must say something, nothing is left.
    """
    given = msgspec.to_builtins(body)
    plain = _plain(given)
    return body if plain == given else msgspec.convert(plain, type(body))


def _plain(value: object) -> object:
    match value:
        case str():
            return plain_text(value)
        case list():
            return [_plain(one) for one in value]
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case _:
            return value
