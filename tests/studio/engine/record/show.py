"""A show without a clock: encoded pictures and sound for tests, and a look into what was recorded of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from studio.engine.media import BLOCK_SAMPLES, BLOCK_SECONDS, SAMPLE_RATE, AudioBlock
from studio.engine.publish.encoder import H264Encoder
from studio.engine.record.interleaver import Item
from tests.studio.engine.publish.conftest import planar

BEGIN = 5000.0
FPS = 30
SOUND_DELAY = 0.06
TONE_HZ = 1000


def always(_at: float) -> bool:
    return True


@dataclass
class Show:
    """Makes pictures and sound in the order in which they would come: sound 60 ms after pictures.

    Attributes:
        size: of the pictures.
        is_bright: whether pictures are white and the tone sounds at a time of the show, in seconds.
    """

    size: tuple[int, int] = (96, 160)
    is_bright: Callable[[float], bool] = always
    at: float = 0.0
    encoder: H264Encoder = field(default_factory=lambda: H264Encoder("libx264", FPS, 300, 600))
    _sounded: int = 0

    def play(self, seconds: float) -> Iterator[Item]:
        """Go on for so long."""
        width, height = self.size
        for _ in range(round(seconds * FPS)):
            if round(self.at * FPS) % (2 * FPS) == 0:  # as the engine's schedule asks
                self.encoder.request_keyframe()
            shade = 255 if self.is_bright(self.at) else 0
            image = np.full((height, width, 3), shade, np.uint8)
            yield from self.encoder.encode(planar(image, BEGIN + self.at))
            self.at += 1 / FPS
            while self._sounded * BLOCK_SECONDS + SOUND_DELAY < self.at:
                yield self._block()

    @property
    def now(self) -> float:
        """The master clock's time."""
        return BEGIN + self.at

    def _block(self) -> AudioBlock:
        first = self._sounded * BLOCK_SAMPLES
        times = (np.arange(BLOCK_SAMPLES) + first) / SAMPLE_RATE
        is_heard = np.array([self.is_bright(time) for time in times])
        wave = np.where(is_heard, np.sin(2 * np.pi * TONE_HZ * times) * 12_000, 0).astype(np.int16)
        self._sounded += 1
        return AudioBlock(np.stack([wave, wave], axis=1), BEGIN + first / SAMPLE_RATE)


@dataclass
class Played:
    """What a player finds in a file; times are in seconds."""

    codecs: list[str]
    seconds: float
    size: tuple[int, int]
    picture_times: list[float]
    shades: list[float]
    sound_begins: float
    sound: NDArray[np.float32]
    chapters: list[tuple[float, str]]

    @property
    def bright_pictures_from(self) -> float:
        """When pictures turn white."""
        return next(t for t, shade in zip(self.picture_times, self.shades, strict=True) if shade > 128)

    @property
    def tone_from(self) -> float:
        """When the tone begins."""
        return self.sound_begins + float(np.argmax(np.abs(self.sound) > 0.1)) / SAMPLE_RATE

    @property
    def longest_silence(self) -> float:
        """How long nothing sounds at most between two sounds."""
        heard = np.flatnonzero(np.abs(self.sound) > 0.05)
        return float(np.diff(heard).max()) / SAMPLE_RATE


def play(path: Path) -> Played:
    """Read a whole file."""
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        frames = [(float(frame.time or 0), frame) for frame in container.decode(video)]
        container.seek(0)
        sounds = [(float(frame.time or 0), frame.to_ndarray()[0]) for frame in container.decode(audio)]
        chapters = [
            (float(each["start"] * (each["time_base"] or 0)), each["metadata"].get("title", ""))
            for each in container.chapters()
        ]
        return Played(
            codecs=[video.codec_context.name, audio.codec_context.name],
            seconds=(container.duration or 0) / 1_000_000,
            size=(video.width, video.height),
            picture_times=[time for time, _ in frames],
            shades=[float(frame.to_ndarray(format="gray").mean()) for _, frame in frames],
            sound_begins=sounds[0][0],
            sound=np.concatenate([samples for _, samples in sounds]),
            chapters=chapters,
        )
