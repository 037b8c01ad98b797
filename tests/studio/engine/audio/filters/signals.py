"""Reference signals, and what is measured of what comes out."""

import numpy as np

from studio.engine.audio.filters.chain import DELAY_SAMPLES, FilterChain
from studio.engine.audio.filters.filter import FilterInUse, SoundFilter
from studio.engine.media import BLOCK_SAMPLES, SAMPLE_RATE, Sound


def sine(level_db: float, frequency_hz: float = 1000.0, seconds: float = 1.0) -> Sound:
    """A sine whose peak is at `level_db`."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return _stereo(np.sin(2 * np.pi * frequency_hz * times) * 10 ** (level_db / 20))


def square(level_db: float, seconds: float = 1.0) -> Sound:
    """A wave of constant magnitude: what a compressor sees is exactly its level."""
    count = round(seconds * SAMPLE_RATE)
    return _stereo(np.where(np.arange(count) // 48 % 2, 1.0, -1.0) * 10 ** (level_db / 20))


def noise(rms_db: float, seconds: float = 1.0) -> Sound:
    """White noise, the same in every run."""
    count = round(seconds * SAMPLE_RATE)
    return _stereo(np.random.default_rng(1).standard_normal(count) * 10 ** (rms_db / 20))


def impulse(at: int, seconds: float = 1.0) -> Sound:
    """Silence with one sample of one half."""
    sound = np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32)
    sound[at] = 0.5
    return sound


def filtered(sound: Sound, sound_filter: type[SoundFilter], **values: float) -> Sound:
    """What leaves a chain of one filter."""
    return through(FilterChain((FilterInUse.of(sound_filter, **values),)), sound)


def through(chain: FilterChain, sound: Sound) -> Sound:
    """What leaves a chain, in the time of what came in."""
    blocks = [
        chain.process(sound[start : start + BLOCK_SAMPLES]) for start in range(0, len(sound), BLOCK_SAMPLES)
    ]
    return np.concatenate(blocks)[DELAY_SAMPLES:]


def rms_db(sound: Sound) -> float:
    """The level of the last half of a signal, when all has settled."""
    settled = sound[len(sound) // 2 :].astype(np.float64)
    return float(20 * np.log10(np.sqrt(np.square(settled).mean()) + 1e-9))


def _stereo(wave: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Sound:
    return np.repeat(wave[:, np.newaxis], 2, axis=1).astype(np.float32)
