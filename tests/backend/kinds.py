"""Tell the type checker, and the reader of a failed test, what came."""

from typing import TypeVar

Kind = TypeVar("Kind")


def as_type(kind: type[Kind], value: object) -> Kind:
    """Return the value as the kind it must be."""
    assert isinstance(value, kind), f"expected {kind.__name__}, got {value!r}"
    return value
