"""What every window on a room has around its panels: saved settings, language, layout, logs and the end."""

import asyncio
import logging
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from studio import texts
from studio.chime import FAULT_SOUND, Chime
from studio.i18n import Language
from studio.settings import SavedSettings, SettingsError
from studio.window.room_window import Layout, RoomWindow
from widgets.live.toasts import Tone

log = logging.getLogger("livestall.studio")


class Shell(QObject):
    """Settings, language, layout, logs and unexpected errors of one window, and the wait for its end.

    Args:
        folder: the data folder; the logs are in `logs` below it.
    """

    def __init__(self, window: RoomWindow, settings: SavedSettings, language: Language, folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._language = language
        self._folder = folder
        self._close_wanted = asyncio.Event()
        self._chime = Chime(self, FAULT_SOUND)
        settings.failed.connect(self._show_problem)
        window.log_folder_wanted.connect(self._open_logs)
        window.bell.show_sound(is_on=settings.now.has_fault_sound)
        window.bell.sound_toggled.connect(lambda is_on: settings.change(has_fault_sound=is_on))
        window.bell.fault_began.connect(self._sound)

    def restore(self) -> None:
        """Show the saved language and layout; say why, where the settings could not be read."""
        settings = self._settings
        self._window.menus.show_language(settings.now.language)
        if not self._window.restore_layout(Layout(settings.now.geometry, settings.now.layout)):
            words = self.tr("The panels have new places; your old layout was set aside. F9 changes it.")
            self._window.toasts.show_toast(words, Tone.WARN)
        if settings.problem:
            self._show_problem(settings.problem)

    def save_layout(self) -> None:
        """Save where the window and its docks stand."""
        layout = self._window.layout_state()
        self._settings.change(geometry=layout.geometry, layout=layout.docks)

    def choose_language(self, language: str) -> None:
        """Change the language; the window's panels follow by themselves."""
        self._language.choose(language)
        self._window.menus.show_language(language)

    async def until_closed(self, longest_s: float | None) -> None:
        """Wait for `close`, or for so many seconds."""
        try:
            async with asyncio.timeout(longest_s):
                await self._close_wanted.wait()
        except TimeoutError:
            log.info("the time given by --exit-after is over")

    def close(self) -> None:
        """End the wait."""
        self._close_wanted.set()

    def report_error(self, text: str) -> None:
        """Show an error that no code caught, in one line."""
        words = self.tr("Something went wrong inside: {error}. The log files tell more.")
        self._window.toasts.show_toast(words.format(error=text), Tone.BAD)

    def _sound(self) -> None:
        if self._settings.now.has_fault_sound:
            self._chime.play()

    def _show_problem(self, problem: SettingsError) -> None:
        self._window.toasts.show_toast(texts.settings_problem(problem), Tone.BAD)

    def _open_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder / "logs")))
