import sys
from pathlib import Path

import pytest

from scripts import write_sounds
from studio.shop.order_chime import SOUND


def test_the_committed_sounds_are_what_the_script_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["write_sounds.py", str(tmp_path)])
    assert write_sounds.main() == 0
    assert (tmp_path / SOUND.name).read_bytes() == SOUND.read_bytes()
