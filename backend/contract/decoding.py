"""Reads what comes from outside: whatever is wrong with it is one kind of error, however deeply nested."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

T = TypeVar("T")
Data = TypeVar("Data")


def guarded(decode: Callable[[Data], T]) -> Callable[[Data], T]:
    """Let a decoder raise `msgspec.DecodeError` alone: not `RecursionError` nor `UnicodeDecodeError` too."""

    def decode_guarded(data: Data) -> T:
        try:
            return decode(data)
        except RecursionError:
            raise msgspec.DecodeError("expected a message of a few levels, got one nested too deep") from None
        except UnicodeDecodeError as error:
            raise msgspec.DecodeError(f"expected UTF-8: {error.reason}") from None

    return decode_guarded


def decode_json(data: bytes | str, kind: type[T]) -> T:
    """Read JSON as a `kind`; raises `msgspec.DecodeError` alone."""
    return guarded(msgspec.json.Decoder(kind).decode)(data)
