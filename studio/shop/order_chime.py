"""The short sound of a new order."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl

from widgets.common.theme import RESOURCES

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

log = logging.getLogger("livestall.orders")

SOUND: Final = RESOURCES / "sounds" / "order.wav"
VOLUME: Final = 0.6


class OrderChime(QObject):
    """Plays the sound, where this machine has something to play it on; orders count as much without it."""

    def __init__(self, parent: QObject, sound: Path = SOUND) -> None:
        super().__init__(parent)
        self._sound = sound
        self._effect: QSoundEffect | None = None

    def play(self) -> None:
        """Play it once; a second time while it sounds is not heard."""
        if self._effect is None:
            self._effect = self._loaded()
        if self._effect is not None and not self._effect.isPlaying():
            self._effect.play()

    def _loaded(self) -> "QSoundEffect | None":
        try:
            # Not at the start: it takes a tenth of a second, and needs libraries that a server lacks.
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError as error:
            log.info("no sound for new orders: %s", error)
            return None
        if QMediaDevices.defaultAudioOutput().isNull():
            log.info("no sound for new orders: no audio output")
            return None
        effect = QSoundEffect(self)
        effect.setSource(QUrl.fromLocalFile(str(self._sound)))
        effect.setVolume(VOLUME)
        return effect
