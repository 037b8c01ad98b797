"""What is chosen by an enum from a dictionary on the spot has an entry for each of its members."""

import ast
import importlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from tests.test_house import ROOT, sources


def mappings(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Each `{Kind.ONE: …, Kind.TWO: …}[kind]` of a module: the enum's name there, and its members."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
            keys = [key for key in node.value.keys if isinstance(key, ast.Attribute)]
            names = {key.value.id for key in keys if isinstance(key.value, ast.Name)}
            if len(names) == 1 and len(keys) == len(node.value.keys):
                yield names.pop(), {key.attr for key in keys}


FOUND = [
    pytest.param(path, name, members, id=f"{path}-{name}")
    for path in sources()
    for name, members in mappings(path)
]


def test_there_are_such_mappings() -> None:
    assert len(FOUND) > 10


@pytest.mark.parametrize(("path", "name", "members"), FOUND)
def test_a_mapping_by_an_enum_has_each_of_its_members(path: Path, name: str, members: set[str]) -> None:
    kind: object = getattr(importlib.import_module(".".join(path.with_suffix("").parts)), name)
    if isinstance(kind, type) and issubclass(kind, Enum):
        assert members == {member.name for member in kind}
