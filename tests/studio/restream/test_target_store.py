import stat
import sys
from pathlib import Path

import pytest

from studio.restream.target_store import TargetStore
from widgets.restream.target import Target

TARGETS = (Target("t1", "B站", "rtmp://a/app", "k1"), Target("t2", "YT", "rtmps://b/live", is_enabled=False))


def test_targets_are_kept(tmp_path: Path) -> None:
    TargetStore(tmp_path / "data").save(TARGETS)
    assert TargetStore(tmp_path / "data").load() == TARGETS


def test_at_the_first_start_there_are_none(tmp_path: Path) -> None:
    assert TargetStore(tmp_path).load() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_only_the_user_reads_the_keys(tmp_path: Path) -> None:
    store = TargetStore(tmp_path)
    store.save(TARGETS)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    store = TargetStore(tmp_path)
    store.path.write_text("{")
    assert store.load() == ()
    assert (tmp_path / "restream.broken").read_text() == "{"
