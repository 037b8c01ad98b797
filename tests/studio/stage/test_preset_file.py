from pathlib import Path

import msgspec
import pytest

from effects.params import Settings
from effects.presets import Preset
from studio.stage.preset_file import PresetFile

MINE = Preset("evening", "傍晚", Settings({"beauty": {"smooth": 33.0}}))


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
