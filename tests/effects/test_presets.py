"""Presets: ours fit the filters there are, and a host's own are kept whole."""

from pathlib import Path

import msgspec
import pytest

from effects.catalog import find_filters
from effects.chain import Chain
from effects.params import Settings
from effects.presets import GIVEN, Preset, PresetFile, with_preset

MINE = Preset("evening", "傍晚", Settings({"beauty": {"smooth": 33.0}}))


@pytest.mark.parametrize("preset", GIVEN, ids=lambda preset: preset.name)
def test_ours_fit_the_filters_there_are(preset: Preset) -> None:
    assert Chain(each() for each in find_filters()).change(preset.settings) == ()


def test_there_is_one_that_changes_nothing() -> None:
    assert next(preset for preset in GIVEN if preset.name == "none").settings == Settings()


def test_a_hosts_own_are_saved_replaced_and_removed(tmp_path: Path) -> None:
    file = PresetFile(tmp_path / "new" / "presets.json")
    assert file.read() == ()
    assert file.save(MINE) == (MINE,)
    again = Preset("evening", "晚上", Settings())
    assert file.save(again) == (again,)
    assert PresetFile(tmp_path / "new" / "presets.json").read() == (again,)
    assert file.remove("evening") == ()
    assert [each.name for each in (tmp_path / "new").iterdir()] == ["presets.json"]


def test_a_damaged_file_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "presets.json"
    path.write_text('[{"name": 3}]')
    with pytest.raises(msgspec.DecodeError):
        PresetFile(path).save(MINE)
    assert path.read_text() == '[{"name": 3}]'


def test_a_preset_leaves_alone_what_it_does_not_speak_for() -> None:
    before = Settings({"background": {"kind": "blur"}, "beauty": {"smooth": 80.0}, "reshape": {"slim": 10.0}})
    after = with_preset(before, MINE, {"beauty": None, "reshape": None})
    assert after.filters == {"background": {"kind": "blur"}, "beauty": {"smooth": 33.0}}
