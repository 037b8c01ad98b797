import errno
import os
import stat
from pathlib import Path

import pytest

from studio.engine.messages.values import Bitrate
from studio.settings import (
    Remote,
    SavedSettings,
    Settings,
    SettingsError,
    SettingsProblem,
    SettingsStore,
)
from widgets.settings.settings_values import BackendPlace

FULL = Settings(
    language="zh_CN",
    ceiling_kbps=3000,
    sends_layers=False,
    has_chosen_source=True,
    backend_place=BackendPlace.REMOTE,
    remote=Remote("https://shop.example", "main", "token"),
    geometry="AAAA",
)


def saved(store: SettingsStore) -> SavedSettings:
    """The settings of a store that has no reason to fail."""

    def fail(error: SettingsError) -> None:
        raise AssertionError(error)

    made = SavedSettings(store)
    made.failed.connect(fail)
    return made


@pytest.fixture
def store(tmp_path: Path) -> SettingsStore:
    return SettingsStore(tmp_path / "data")


def test_the_first_start_has_the_defaults(store: SettingsStore) -> None:
    assert store.load() == Settings()


def test_what_is_kept_comes_back(store: SettingsStore) -> None:
    store.save(FULL)

    assert store.load() == FULL


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_others_cannot_read_the_token(store: SettingsStore) -> None:
    store.save(FULL)

    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600


def test_settings_of_an_older_version_keep_what_they_have(store: SettingsStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text('{"port": 24, "something_of_long_ago": 1}')

    assert store.load() == Settings(port=24)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"port": "many"}', b"\xff\xfe", b'{"port": 99999}', b'{"floor_kbps": 0}'],
)
def test_a_damaged_file_is_set_aside_and_told(store: SettingsStore, content: bytes) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(content)

    with pytest.raises(SettingsError, match="damaged") as told:
        store.load()
    assert store.path.with_suffix(".broken").read_bytes() == content
    assert told.value.problem is SettingsProblem.DAMAGED
    assert store.load() == Settings()


def test_a_look_at_a_damaged_file_leaves_it_to_be_told(store: SettingsStore) -> None:
    assert store.peek() == Settings()
    store.save(FULL)
    assert store.peek() == FULL
    store.path.write_bytes(b"{")
    assert store.peek() is None
    assert store.path.read_bytes() == b"{"


def test_a_full_disk_loses_nothing_and_names_the_remedy(
    store: SettingsStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(FULL)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left on device") as told:
        store.save(Settings())
    assert told.value.problem is SettingsProblem.DISK_FULL
    assert store.load() == FULL


def test_every_change_counts_and_is_kept_at_once(store: SettingsStore) -> None:
    kept = saved(store)
    kept.change(port=80)
    kept.change(has_order_sound=False)
    assert (kept.now.port, kept.now.has_order_sound) == (80, False)
    assert store.load() == kept.now


def test_a_change_that_cannot_be_kept_is_told_and_counts_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told: list[SettingsError] = []
    kept = SavedSettings(SettingsStore(tmp_path / "file"))
    kept.failed.connect(told.append)
    kept.change(has_chosen_source=True)
    assert kept.now.has_chosen_source
    assert [error.problem for error in told] == [SettingsProblem.NOT_KEPT]


def test_settings_that_cannot_be_read_give_the_defaults_and_the_reason(store: SettingsStore) -> None:
    store.path.parent.mkdir()
    store.path.write_text("{")
    kept = saved(store)
    assert kept.now == Settings()
    assert kept.problem is not None
    assert kept.problem.problem is SettingsProblem.DAMAGED


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="not_kept"):
        SettingsStore(tmp_path / "file" / "data").save(Settings())


def test_bounds_in_the_wrong_order_are_mended() -> None:
    assert Settings(floor_kbps=3000, ceiling_kbps=1000).bitrate == Bitrate(3000, 3000)
