"""Things a strip can play, and a mixer on a clock that the test moves."""

from collections.abc import Iterator

import numpy as np

from studio.engine.audio.mixer import Mixer
from studio.engine.audio.strip import SoundProvider, Strip
from studio.engine.latest import AudioFeed
from studio.engine.media import SAMPLE_RATE, AudioBlock, MasterClock, Sound
from studio.engine.messages.events import MeterMeasured, MixMeasured
from studio.project.project import Strip as WantedStrip

SETTLED_BLOCKS = 8
"""The filters' delay, the fader's ramp and the limiter's look-ahead are over after these."""


class Constant:
    """Sounds the same for ever."""

    def __init__(self, level: float, delay: float = 0.0) -> None:
        self.level = level
        self.delay = delay
        self.pulled: list[float] = []

    def pull(self, count: int, at: float) -> Sound | None:
        self.pulled.append(at)
        return np.full((count, 2), self.level, np.float32)


class Sides:
    """Sounds differently left and right."""

    delay = 0.0

    def __init__(self, left: float, right: float) -> None:
        self.sides = np.array([left, right], np.float32)

    def pull(self, count: int, at: float) -> Sound | None:
        return np.tile(self.sides, (count, 1))


class Tone:
    """A sine of 1 kHz."""

    delay = 0.0

    def __init__(self, amplitude: float) -> None:
        self.amplitude = amplitude

    def pull(self, count: int, at: float) -> Sound | None:
        wave = np.sin((round(at * SAMPLE_RATE) + np.arange(count)) * 2 * np.pi / 48) * self.amplitude
        return np.repeat(wave[:, np.newaxis], 2, axis=1).astype(np.float32)


class Impulse:
    """Silent but for one sample."""

    delay = 0.0

    def __init__(self, heard_at: float) -> None:
        self.heard_at = heard_at

    def pull(self, count: int, at: float) -> Sound | None:
        place = round((self.heard_at - at) * SAMPLE_RATE)
        sound = np.zeros((count, 2), np.float32)
        if 0 <= place < count:
            sound[place] = 0.5
        return sound


class Nothing:
    """Has no sound now."""

    delay = 0.0

    def pull(self, count: int, at: float) -> Sound | None:
        return None


class Desk:
    """A mixer and what it sends."""

    def __init__(self, *strips: Strip) -> None:
        self.now = 100.0
        self.feed = AudioFeed()
        self.reader = self.feed.reader()
        self.meters: list[MeterMeasured] = []
        self.mixes: list[MixMeasured] = []
        self.mixer = Mixer(MasterClock(lambda: self.now), self.feed, strips, self._on_meter)

    def blocks(self, count: int) -> Iterator[AudioBlock]:
        for _ in range(count):
            self.now = self.mixer.due
            self.mixer.mix(self.now)
            block = self.reader.wait(0)
            assert block is not None
            yield block

    def level(self) -> float:
        """The level when all has settled."""
        return self.sides()[0]

    def sides(self) -> tuple[float, float]:
        """The levels of left and right when all has settled."""
        left, right = list(self.blocks(SETTLED_BLOCKS))[-1].samples[-1] / 32767
        return float(left), float(right)

    def _on_meter(self, measured: MeterMeasured | MixMeasured) -> None:
        if isinstance(measured, MeterMeasured):
            self.meters.append(measured)
        else:
            self.mixes.append(measured)


def strip_of(provider: SoundProvider | None, **settings: float) -> Strip:
    """A strip with these settings of the project."""
    return Strip(WantedStrip("mic", **settings), provider)  # type: ignore[arg-type]


def microphone_of(provider: SoundProvider, **settings: float) -> Strip:
    """A strip that others are ducked under."""
    strip = strip_of(provider, **settings)
    strip.is_speech = True
    return strip
