"""Sound of our own making: a test tone, and soft music for the demo."""

from abc import abstractmethod
from typing import Final

import numpy as np
from typing_extensions import override

from studio.engine.media import BLOCK_SECONDS, SAMPLE_RATE, MasterClock, Sound
from studio.engine.sources.source import AudioSource

TONE_HZ: Final = 1000
_TONE_AMPLITUDE: Final = 0.1

_CHORDS: Final = (
    (261.63, 329.63, 392.00, 493.88),
    (220.00, 261.63, 329.63, 392.00),
    (174.61, 220.00, 261.63, 349.23),
    (196.00, 246.94, 293.66, 392.00),
)
_CHORD_SECONDS: Final = 4
_MUSIC_AMPLITUDE: Final = 0.05


class GeneratedSound(AudioSource):
    """Sound that is repeated for ever, straight on the master clock.

    Args:
        clock: the master clock.
    """

    def __init__(self, clock: MasterClock) -> None:
        self._clock = clock
        self._loop: Sound | None = None

    @override
    def open(self) -> None:
        self._loop = self._make()

    @override
    def close(self) -> None:
        self._loop = None

    @property
    @override
    def delay(self) -> float:
        return BLOCK_SECONDS

    @property
    @override
    def heard_at(self) -> float | None:
        return self._clock.now() if self._loop is not None else None

    @override
    def pull(self, count: int, at: float) -> Sound | None:
        loop = self._loop
        if loop is None:
            return None
        return loop[(round(at * SAMPLE_RATE) + np.arange(count)) % len(loop)]

    @abstractmethod
    def _make(self) -> Sound:
        """One round, float32 of shape (count, 2), whose end joins its beginning."""


class SteadyTone(GeneratedSound):
    """1 kHz at -20 dBFS."""

    @override
    def _make(self) -> Sound:
        wave = _TONE_AMPLITUDE * np.sin(np.arange(SAMPLE_RATE) * (2 * np.pi * TONE_HZ / SAMPLE_RATE))
        return np.repeat(wave[:, np.newaxis], 2, axis=1).astype(np.float32)


class DemoMusic(GeneratedSound):
    """Four soft chords, sixteen seconds a round."""

    @override
    def _make(self) -> Sound:
        chord_samples = _CHORD_SECONDS * SAMPLE_RATE
        music = np.zeros((len(_CHORDS) * chord_samples, 2), np.float32)
        times = np.arange(int(chord_samples * 1.5)) / SAMPLE_RATE
        swell = np.minimum(times / 1.5, 1) * np.clip((_CHORD_SECONDS * 1.5 - times) / 2.0, 0, 1)
        for number, chord in enumerate(_CHORDS):
            places = (number * chord_samples + np.arange(len(times))) % len(music)
            for voice, pitch in enumerate(chord):
                music[places] += _voice(times, pitch, voice / (len(chord) - 1)) * swell[:, np.newaxis]
        return music * np.float32(_MUSIC_AMPLITUDE)


def _voice(times: "np.ndarray[tuple[int], np.dtype[np.float64]]", pitch: float, side: float) -> Sound:
    """One note with its octave, slightly apart left and right."""
    left = np.sin(2 * np.pi * pitch * times) + 0.3 * np.sin(4 * np.pi * pitch * times)
    right = np.sin(2 * np.pi * (pitch + 0.4) * times) + 0.3 * np.sin(4 * np.pi * pitch * times)
    return np.stack([left * (1 - 0.5 * side), right * (0.5 + 0.5 * side)], axis=1).astype(np.float32)
