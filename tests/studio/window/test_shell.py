import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from studio.i18n import Language
from studio.settings import SavedSettings, SettingsStore
from studio.window.hotkeys import Hotkey
from studio.window.main_window import MainWindow
from studio.window.shell import Shell
from widgets.live.alarms import Alarm
from widgets.live.toasts import Tone


def toasts(window: MainWindow) -> list[str]:
    return [toast.text.text() for toast in window.toasts.shown]


@pytest.fixture
def shell(themed: QApplication, window: MainWindow, tmp_path: Path) -> Shell:
    settings = SavedSettings(SettingsStore(tmp_path / "data"))
    return Shell(window, settings, Language(themed, tmp_path / "cache"), tmp_path / "data")


def test_a_layout_is_saved_and_restored(
    themed: QApplication, window: MainWindow, shell: Shell, tmp_path: Path
) -> None:
    edit = window.menus.actions[Hotkey.EDIT_LAYOUT]
    edit.setChecked(True)
    window.docks["chat"].hide()
    edit.setChecked(False)
    shell.save_layout()
    window.reset_layout()
    assert window.docks["chat"].isVisible()
    settings = SavedSettings(SettingsStore(tmp_path / "data"))
    Shell(window, settings, Language(themed, tmp_path / "cache"), tmp_path / "data").restore()

    assert window.docks["chat"].isHidden()
    assert toasts(window) == []


def test_a_layout_of_an_older_window_is_set_aside_and_told(
    themed: QApplication, window: MainWindow, tmp_path: Path
) -> None:
    before = (window.docks["products"].geometry(), window.preview.geometry())
    store = SettingsStore(tmp_path)
    settings = SavedSettings(store)
    old = bytes(QMainWindow().saveState(5).toBase64().data()).decode()
    settings.change(layout=old)
    Shell(window, settings, Language(themed, tmp_path / "cache"), tmp_path).restore()

    assert "set aside" in toasts(window)[0]
    assert (window.docks["products"].geometry(), window.preview.geometry()) == before


def test_settings_that_cannot_be_read_are_explained(
    themed: QApplication, window: MainWindow, tmp_path: Path
) -> None:
    store = SettingsStore(tmp_path)
    store.path.write_text("{")
    Shell(window, SavedSettings(store), Language(themed, tmp_path / "cache"), tmp_path).restore()

    assert "damaged" in toasts(window)[0]


def test_settings_that_cannot_be_saved_are_explained(
    shell: Shell, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("")
    shell.save_layout()

    assert "cannot be kept" in toasts(window)[0]


def test_an_unexpected_error_is_shown(shell: Shell, window: MainWindow) -> None:
    shell.report_error("ValueError: lost")

    assert "ValueError: lost" in toasts(window)[0]


async def test_the_wait_ends_with_a_close_or_when_the_time_is_over(shell: Shell) -> None:
    await shell.until_closed(0.0)
    waiting = asyncio.ensure_future(shell.until_closed(None))  # noqa: TID251  awaited below
    await asyncio.sleep(0)
    assert not waiting.done()
    shell.close()

    await waiting


def test_a_new_fault_is_heard_unless_the_sound_is_off(
    window: MainWindow, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(shell._chime, "play", lambda: heard.append("fault"))
    assert window.bell.popup.sound.isChecked()
    window.alarms.raise_alarm(Alarm("backend", "Port 8787 is taken.", tone=Tone.BAD))
    assert heard == ["fault"]
    window.bell.popup.sound.click()
    assert SettingsStore(tmp_path / "data").load().has_fault_sound is False
    window.alarms.raise_alarm(Alarm("publish", "The server does not take it.", tone=Tone.BAD))
    assert heard == ["fault"]
    assert window.bell.badge == "2"
