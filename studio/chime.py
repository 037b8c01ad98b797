"""Short sounds for the host, on this computer's own speakers: the broadcast never gets them."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QUrl

from widgets.common.theme import RESOURCES

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect

log = logging.getLogger("livestall.chime")

ORDER_SOUND: Final = RESOURCES / "sounds" / "order.wav"
FAULT_SOUND: Final = RESOURCES / "sounds" / "fault.wav"
VOLUME: Final = 0.6


class Chime(QObject):
    """Plays one sound, where this machine has something to play it on; what it tells of is seen as well."""

    def __init__(self, parent: QObject, sound: Path) -> None:
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
            log.info("no sounds: %s", error)
            return None
        if QMediaDevices.defaultAudioOutput().isNull():
            log.info("no sounds: no audio output")
            return None
        effect = QSoundEffect(self)
        effect.setSource(QUrl.fromLocalFile(str(self._sound)))
        effect.setVolume(VOLUME)
        return effect
