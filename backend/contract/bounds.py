"""How much a field of a message may hold: declared beside the field, checked before anything else is done."""

import typing
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Annotated, Final

import msgspec

# What every JSON reader takes as it is (RFC 8259 §6).
MAX_INTEGER: Final = 2**53 - 1
MAX_NAME: Final = 20  # of a person
MAX_REASON: Final = 200


@dataclass(frozen=True)
class UpTo:
    """The most a field may hold.

    Attributes:
        letters: code points of a text, or of each text of a list. Where the text is cleaned later, twice what
            may be left then: an accent can be a code point of its own.
        items: entries of a list.
        cleaned: code points that may be left of a text that the API cleans; 0 where `letters` says it all.
    """

    letters: int
    items: int = 0
    cleaned: int = 0


Id = Annotated[str, UpTo(128)]
# Of something that is done once however often it is asked for; printable, so that every database keeps it.
OnceKey = Annotated[str, UpTo(64), msgspec.Meta(min_length=1, pattern="^[!-~]+$")]
Name = Annotated[str, UpTo(2 * MAX_NAME)]
Reason = Annotated[str, UpTo(MAX_REASON)]


class Excess(Enum):
    """How a message goes beyond its bounds."""

    TEXT = auto()
    OTHER = auto()


def cleaned_up_to(letters: int) -> UpTo:
    """Return the bound of a text of which so many code points may be left once it is cleaned."""
    return UpTo(2 * letters, cleaned=letters)


def is_longer_than_cleaned(value: object, bound: UpTo | None = None) -> bool:
    """Whether a text of a message has more code points than may be left of it, now that it is cleaned.

    An accent of its own counts with its letter.
    """
    match value:
        case str():
            most = bound.cleaned if bound is not None else 0
            return 0 < most < len(value) and most < len(unicodedata.normalize("NFC", value))
        case list():
            return any(is_longer_than_cleaned(item, bound) for item in value)
        case msgspec.Struct():
            fields = bounds_of(type(value)).items()
            return any(is_longer_than_cleaned(getattr(value, name), most) for name, most in fields)
        case _:
            return False


def excess_of(value: object, bound: UpTo | None = None) -> Excess | None:
    """Return how a message, or the value of a field, goes beyond its bounds; None where it does not.

    The work does not grow with the length of the texts. Texts and lists without a bound pass: every one that
    a client can send has one, which a test checks.
    """
    found: Excess | None = None
    match value:
        case bool():
            pass
        case int():
            found = Excess.OTHER if abs(value) > MAX_INTEGER else None
        case str():
            found = Excess.TEXT if bound is not None and len(value) > bound.letters else None
        case list():
            if bound is not None and len(value) > bound.items:
                return Excess.OTHER
            found = next(filter(None, (excess_of(item, bound) for item in value)), None)
        case msgspec.Struct():
            fields = bounds_of(type(value)).items()
            found = next(filter(None, (excess_of(getattr(value, name), most) for name, most in fields)), None)
    return found


@cache
def bounds_of(kind: type[msgspec.Struct]) -> dict[str, UpTo | None]:
    """Return the declared bound of each field of a message."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return {name: _declared(hints[name]) for name in kind.__struct_fields__}


def _declared(annotation: object) -> UpTo | None:
    for part in getattr(annotation, "__metadata__", ()):
        if isinstance(part, UpTo):
            return part
    # Of an optional field, the bound stands inside the union.
    return next(filter(None, map(_declared, typing.get_args(annotation))), None)
