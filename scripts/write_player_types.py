"""Write backend/player/core/protocol.d.ts from backend/contract: `tsc` checks the player by it.

`python scripts/write_player_types.py` writes the file; `make check` fails when the file on disk differs.
"""

import inspect
import json
import sys
import types
import typing
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

import msgspec

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from backend.contract import (  # noqa: E402 - found through the line above when run as a script
    addresses,
    cases,
    catalog,
    coins,
    coupons,
    http,
    legal,
    my_data,
    order_lookup,
    order_messages,
    orders,
    payments,
    prizes,
    problems,
    protocol,
    sale_settings,
    shop_problems,
)

OVER_HTTP: Final = (
    http,
    sale_settings,
    catalog,
    coins,
    coupons,
    addresses,
    orders,
    order_lookup,
    order_messages,
    cases,
    payments,
    prizes,
    my_data,
    legal,
    problems,
    shop_problems,
)
TARGET: Final = ROOT / "backend" / "player" / "core" / "protocol.d.ts"
_HEADER: Final = (
    "// Written by scripts/write_player_types.py from backend/contract; change that, then run the script."
)
_SCALARS: Final[dict[object, str]] = {
    int: "number",
    float: "number",
    str: "string",
    bool: "boolean",
    type(None): "null",
}


def type_of(annotation: object) -> str:
    """Name an annotation's type in TypeScript.

    Raises:
        TypeError: the annotation has no counterpart here yet.
    """
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(type_of(part) for part in arguments)
    if origin is list:
        inner = type_of(arguments[0])
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    if origin is dict:
        return f"Record<{type_of(arguments[0])}, {type_of(arguments[1])}>"
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct | Enum):
        return annotation.__name__
    raise TypeError(
        f"expected a struct, an enum, a scalar, or a list, dict or union of them, got {annotation!r}"
    )


def structs_of(annotation: object) -> set[type[msgspec.Struct]]:
    """Collect every struct that a value of this type can hold."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        fields = typing.get_type_hints(annotation).values()
        return {annotation}.union(*(structs_of(field) for field in fields))
    return set().union(*(structs_of(part) for part in typing.get_args(annotation)))


def _doc(thing: type) -> str:
    return f"/** {(inspect.getdoc(thing) or '').splitlines()[0]} */"


def _enum(enum: type[Enum]) -> str:
    values = " | ".join(json.dumps(member.value) for member in enum)
    return f"{_doc(enum)}\nexport type {enum.__name__} = {values};"


def _interface(struct: type[msgspec.Struct], *, sent_by_client: frozenset[type[msgspec.Struct]]) -> str:
    """The server sends every field; the client may leave out those that have a default."""
    info = msgspec.inspect.type_info(struct)
    if not isinstance(info, msgspec.inspect.StructType):
        raise TypeError(f"expected a struct, got {struct!r}")
    hints = typing.get_type_hints(struct)
    lines = [_doc(struct), f"export interface {struct.__name__} {{"]
    if info.tag_field:
        lines.append(f"  {info.tag_field}: {json.dumps(info.tag)};")
    for field in info.fields:
        mark = "?" if struct in sent_by_client and not field.required else ""
        lines.append(f"  {field.encode_name}{mark}: {type_of(hints[field.name])};")
    return "\n".join([*lines, "}"])


def _declarations(contract: types.ModuleType, parts: Sequence[types.ModuleType]) -> Iterator[str]:
    sent_by_client = frozenset(structs_of(contract.ClientMessage))
    yield f"export type ProtocolVersion = {contract.PROTOCOL_VERSION};"
    told: set[str] = set()
    for module in (*parts, contract):
        for name, value in vars(module).items():
            declaration = _declaration(name, value, module, sent_by_client)
            if declaration is not None and name not in told:
                told.add(name)
                yield declaration


def _declaration(
    name: str, value: object, module: types.ModuleType, sent_by_client: frozenset[type[msgspec.Struct]]
) -> str | None:
    """Declare what this module defines itself; None for all else."""
    if isinstance(value, types.UnionType):
        return f"export type {name} = {type_of(value)};"
    if not isinstance(value, type) or value.__module__ != module.__name__ or name == "Message":
        return None
    if value.__name__ != name:
        return f"export type {name} = {type_of(value)};"
    if issubclass(value, Enum):
        return _enum(value)
    return _interface(value, sent_by_client=sent_by_client) if issubclass(value, msgspec.Struct) else None


def parts_of(contract: types.ModuleType) -> list[types.ModuleType]:
    """Return the modules of the structs that the contract's messages hold, by name."""
    names = {struct.__module__ for struct in structs_of(contract.ClientMessage | contract.ServerMessage)}
    return [sys.modules[name] for name in sorted(names - {contract.__name__})]


def render(contract: types.ModuleType = protocol, over_http: Sequence[types.ModuleType] = OVER_HTTP) -> str:
    """Give the whole text of protocol.d.ts."""
    parts = [*parts_of(contract), *over_http]
    return "\n\n".join([_HEADER, *_declarations(contract, parts)]) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the file; with `--check` only say whether it would change, as the exit code."""
    if "--check" not in arguments:
        TARGET.write_text(render(), encoding="utf-8")
        return 0
    if TARGET.read_text(encoding="utf-8") == render():
        return 0
    print(f"{TARGET.relative_to(ROOT)} is stale: run python scripts/write_player_types.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
