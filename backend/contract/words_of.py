"""Whose words a field of a message holds: declared beside the field, so that they can be taken out of it."""

import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar, cast

import msgspec

Value = TypeVar("Value")


class WordsOf:
    """Marks a field that holds the name or the words of a person.

    Where the owner is a list of ids, a text is the first one's, and of a list each text is that of the id at
    its place. A marked field that is a message itself loses its `reason`.

    Args:
        owners: the fields beside it that say whose: of an id, of a list of ids, or of what has a `user_id`.
    """

    def __init__(self, *owners: str) -> None:
        self.owners = owners


@dataclass(frozen=True)
class _Field:
    name: str
    mark: WordsOf | None


def erase_words(value: Value, user_id: str) -> Value:
    """Return a message without the name and the words of a person; itself where there are none in it."""
    return cast("Value", _erased(value, user_id))


@cache
def fields_with_words(kind: type[msgspec.Struct]) -> Mapping[str, WordsOf]:
    """Return the marked fields of a message."""
    return {one.name: one.mark for one in _fields(kind) if one.mark is not None}


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[_Field, ...]:
    hints = typing.get_type_hints(kind, include_extras=True)
    return tuple(_Field(name, _mark(hints[name])) for name in kind.__struct_fields__)


def _mark(annotation: object) -> WordsOf | None:
    metadata = getattr(annotation, "__metadata__", ())
    return next((part for part in metadata if isinstance(part, WordsOf)), None)


def _erased(value: object, user_id: str) -> object:
    match value:
        case msgspec.Struct():
            return _erased_message(value, user_id)
        case list():
            items = [_erased(item, user_id) for item in value]
            return items if _is_changed(value, items) else value
        case dict():
            inner = {key: _erased(item, user_id) for key, item in value.items()}
            return inner if _is_changed(value.values(), inner.values()) else value
        case _:
            return value


def _is_changed(before: Iterable[object], after: Iterable[object]) -> bool:
    return any(one is not other for one, other in zip(before, after, strict=True))


def _erased_message(value: msgspec.Struct, user_id: str) -> msgspec.Struct:
    changes: dict[str, object] = {}
    for field in _fields(type(value)):
        before = getattr(value, field.name)
        after = _erased(before, user_id)
        for owner in field.mark.owners if field.mark is not None else ():
            after = _without(after, getattr(value, owner), user_id)
        if after is not before and after != before:
            changes[field.name] = after
    return msgspec.structs.replace(value, **changes) if changes else value


def _without(words: object, owner: object, user_id: str) -> object:
    """Return what is left of a marked field, which `owner` owns."""
    ids: list[object] = owner if isinstance(owner, list) else [getattr(owner, "user_id", owner)]
    # None: an earlier version did not say whose they are.
    is_firsts = not ids or ids[0] == user_id
    match words:
        case list():
            known = ids or [user_id] * len(words)
            return ["" if one == user_id else text for text, one in zip(words, known, strict=False)]
        case str() if is_firsts:
            return ""
        case msgspec.Struct() if is_firsts and hasattr(words, "reason"):
            return msgspec.structs.replace(words, reason="")
        case _:
            return words
