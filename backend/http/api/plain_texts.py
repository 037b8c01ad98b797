"""Takes from the texts of a request what nobody sees: no column takes NUL, no label is to read backwards."""

import re
from typing import Final, TypeVar

import msgspec

# Control characters but tab and line feed; zero width; what turns the direction of writing.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)

Kind = TypeVar("Kind", bound=msgspec.Struct)


def plain_text(text: str) -> str:
    """Return a text without what is not seen, and without spaces around it."""
    return _UNSEEN.sub("", text).strip()


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
