"""A filter is one file: it is found because it is there, and what it declares is whole."""

import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

import effects.catalog
from effects.catalog import FilterClass, filters_of, find_filters
from effects.chain import Chain
from effects.filter import Context
from effects.params import Choice, Declaration, Values

FILTERS = find_filters()


NEW_FILE = """
from effects.filter import Filter, Stage

class Nothing(Filter[str]):
    name = "nothing"
    title = "Nothing"
    stage = Stage.COLOR
    parameters = ()

    def plan(self, values):
        return None

    def apply(self, frame, context, plan, buffers):
        return frame
"""


def test_the_filters_of_a_module_are_found_and_those_it_imports_are_not() -> None:
    assert filters_of("effects.chain") == []
    assert [each.name for each in filters_of("effects.color")] == ["color"]


def test_they_stand_in_the_order_of_their_stages() -> None:
    stages = [each.stage for each in FILTERS]
    assert stages == sorted(stages)
    names = [each.name for each in FILTERS]
    assert names.index("green_screen") < names.index("color") < names.index("background")


def test_a_file_put_into_the_package_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "put_in.py").write_text(NEW_FILE)
    monkeypatch.setattr(effects, "__path__", [*effects.__path__, str(tmp_path)])
    monkeypatch.setattr(effects.catalog, "__file__", str(tmp_path / "catalog.py"))
    assert [each.name for each in find_filters()] == ["nothing"]
    del sys.modules["effects.put_in"]


@pytest.mark.parametrize("each", FILTERS, ids=lambda each: each.name)
def test_a_declaration_is_whole(each: FilterClass) -> None:
    declared = each.declaration()
    assert declared.title
    names = [parameter.name for parameter in declared.parameters]
    assert len(set(names)) == len(names)
    assert all(parameter.label for parameter in declared.parameters)
    choices = {p.name: [o.value for o in p.options] for p in declared.parameters if isinstance(p, Choice)}
    for parameter in declared.parameters:
        if parameter.shown_if:
            assert set(parameter.shown_if.values) <= set(choices[parameter.shown_if.name])
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(declared), type=Declaration) == declared


@pytest.mark.parametrize("each", FILTERS, ids=lambda each: each.name)
def test_at_its_defaults_a_filter_is_not_in_use(each: FilterClass) -> None:
    assert each().plan(Values(each.parameters)) is None


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 3, 3), (241, 319, 3), (2160, 3840, 3)])
def test_without_settings_the_picture_passes_untouched_at_any_size(shape: tuple[int, ...]) -> None:
    chain: Any = Chain(each() for each in FILTERS)
    frame = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    assert chain.apply(frame, Context()) is frame
    assert not chain.needs
