import sys
from pathlib import Path

import pytest

from scripts import write_sounds
from studio.chime import FAULT_SOUND, ORDER_SOUND


def test_the_committed_sounds_are_what_the_script_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["write_sounds.py", str(tmp_path)])
    assert write_sounds.main() == 0
    for sound in (ORDER_SOUND, FAULT_SOUND):
        assert (tmp_path / sound.name).read_bytes() == sound.read_bytes()
