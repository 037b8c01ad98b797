"""Presets of effects: those that come with the program, and the host's own, kept in a file."""

import logging
import secrets
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal

from effects.params import Settings, Value
from effects.presets import GIVEN, Preset, with_preset
from studio.stage.preset_file import PresetFile
from widgets.stage.effects import PresetEntry
from widgets.stage.preset_bar import PresetBar

log = logging.getLogger("livestall.effects")

FILE_NAME: Final = "presets.json"
TOUCHED: Final = frozenset({"beauty", "reshape", "make_up", "color"})
"""The filters that a preset speaks for: it changes the host, not the room."""


class PresetView(QObject):
    """Keeps the host's own presets, and shows which one the settings are of.

    Attributes:
        chosen: emitted with the settings that the present ones become by a preset.
        failed: emitted with why the host's own could not be kept.
    """

    chosen = Signal(object)
    failed = Signal(str)

    def __init__(self, bar: PresetBar, folder: Path) -> None:
        super().__init__(bar)
        self._bar = bar
        self._file = PresetFile(folder / FILE_NAME)
        self._own: tuple[Preset, ...] = ()
        self._settings = Settings()
        bar.chosen.connect(self._on_chosen)
        bar.saved.connect(self._on_saved)
        bar.renamed.connect(self._on_renamed)
        bar.removed.connect(self._on_removed)
        try:
            self._own = self._file.read()
        except (OSError, msgspec.DecodeError) as error:
            log.warning("the host's own presets cannot be read: %s", error)
        self._show()

    def show_settings(self, settings: Settings) -> None:
        """Mark the preset that these settings are of, if there is one."""
        self._settings = settings
        self._show()

    def _show(self) -> None:
        entries = [PresetEntry(each.name, each.label) for each in GIVEN]
        entries += [PresetEntry(each.name, each.label, is_own=True) for each in self._own]
        now = _touched(self._settings)
        matching = (each.name for each in (*self._own, *GIVEN) if each.settings.filters == now)
        self._bar.show_presets(entries, next(matching, ""))

    def _on_chosen(self, name: str) -> None:
        for preset in (*GIVEN, *self._own):
            if preset.name == name:
                self.chosen.emit(with_preset(self._settings, preset, dict.fromkeys(TOUCHED)))
                return

    def _on_saved(self, label: str) -> None:
        same = next((each.name for each in self._own if each.label == label), "")
        self._save(Preset(same or secrets.token_hex(6), label, Settings(_touched(self._settings))))

    def _on_renamed(self, name: str, label: str) -> None:
        for each in self._own:
            if each.name == name:
                self._save(Preset(name, label, each.settings))

    def _save(self, preset: Preset) -> None:
        try:
            self._own = self._file.save(preset)
        except (OSError, msgspec.DecodeError) as error:
            self._show_failure(error)
        self._show()

    def _on_removed(self, name: str) -> None:
        try:
            self._own = self._file.remove(name)
        except (OSError, msgspec.DecodeError) as error:
            self._show_failure(error)
        self._show()

    def _show_failure(self, error: Exception) -> None:
        log.warning("the host's own presets cannot be kept: %s", error)
        self.failed.emit(self.tr("The preset cannot be kept: {error}").format(error=error))


def _touched(settings: Settings) -> dict[str, dict[str, Value]]:
    return {name: dict(values) for name, values in settings.filters.items() if name in TOUCHED}
