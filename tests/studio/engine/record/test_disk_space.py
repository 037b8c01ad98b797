from pathlib import Path

import pytest

from studio.engine.record.disk_space import RESERVE_BYTES, DiskSpace, free_bytes


def disk(free: int) -> DiskSpace:
    return DiskSpace(Path("/videos"), lambda _folder: free)


def test_a_disk_is_full_before_it_really_is() -> None:
    assert disk(RESERVE_BYTES).is_full
    assert not disk(RESERVE_BYTES + 1).is_full


def test_the_time_left_is_what_the_present_rate_fills() -> None:
    assert disk(RESERVE_BYTES + 3_000_000).seconds_left(300_000) == pytest.approx(10.0)
    assert disk(0).seconds_left(300_000) == 0.0
    assert disk(RESERVE_BYTES * 2).seconds_left(0) is None


def test_a_disk_that_does_not_say_is_no_reason_to_stop() -> None:
    def gone(folder: Path) -> int:
        raise OSError("network drive gone")

    space = DiskSpace(Path("/videos"), gone)
    assert not space.is_full
    assert space.seconds_left(1) is None


def test_a_folder_that_is_not_there_yet_is_on_the_disk_of_the_next_above(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "not" / "yet") == pytest.approx(free_bytes(tmp_path), rel=0.05)
