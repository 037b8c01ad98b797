"""A program of its own for tests: listens to the default microphone and prints what it heard as JSON.

Its own, because Qt looks for the sound server once a process.
"""

import sys

import msgspec
import numpy as np
from PySide6.QtCore import QCoreApplication, QTimer

from studio.engine.media import BLOCK_SAMPLES, BLOCK_SECONDS, SAMPLE_RATE, MasterClock, Sound
from studio.engine.sources.microphone import Microphone
from studio.engine.sources.source import SourceError
from tests.support.sound import peak_frequency


class Heard(msgspec.Struct):
    """What was heard in the last two seconds."""

    code: str = ""
    hertz: float = 0.0
    peak: float = 0.0
    lateness_ms: float = 0.0
    share_heard: float = 0.0


class Listener:
    """Pulls as the mixer does until it has heard enough."""

    def __init__(self, microphone: Microphone, clock: MasterClock, blocks: int) -> None:
        self._microphone = microphone
        self._clock = clock
        self._blocks: list[Sound | None] = []
        self._wanted = blocks
        self._at: float | None = None
        self._timer = QTimer()
        self._timer.timeout.connect(self.on_timeout)
        self._timer.start(5)

    def on_timeout(self) -> None:
        """Pull what is due."""
        if self._at is None and self._microphone.heard_at is not None:
            self._at = self._clock.now() + 1.0
        while self._at is not None and self._clock.now() >= self._at + self._microphone.delay:
            self._blocks.append(self._microphone.pull(BLOCK_SAMPLES, self._at))
            self._at += BLOCK_SECONDS
        if len(self._blocks) >= self._wanted:
            QCoreApplication.quit()

    def heard(self) -> Heard:
        """Measure what was heard."""
        there = [block for block in self._blocks if block is not None]
        sound = np.concatenate(there)[-2 * SAMPLE_RATE :, 0].astype(np.float64)
        return Heard(
            hertz=peak_frequency(sound),
            peak=float(np.abs(sound).max()),
            lateness_ms=self._microphone.lateness * 1000,
            share_heard=len(there) / len(self._blocks),
        )


def main(device_id: str) -> Heard:
    """Listen for three seconds."""
    application = QCoreApplication(sys.argv[:1])
    clock = MasterClock()
    microphone = Microphone(device_id, clock)
    try:
        microphone.open()
    except SourceError as error:
        return Heard(code=error.code)
    listener = Listener(microphone, clock, blocks=150)
    application.exec()
    microphone.close()
    return listener.heard()


if __name__ == "__main__":
    sys.stdout.write(msgspec.json.encode(main(sys.argv[1])).decode() + "\n")
