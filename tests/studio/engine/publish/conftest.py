"""A studio's pictures and sound, and somebody to publish them to."""

import threading
from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from studio.engine.latest import AudioFeed, LatestFrame
from studio.engine.media import BLOCK_SAMPLES, SAMPLE_RATE, AudioBlock, MasterClock, Picture, VideoFrame
from studio.engine.messages.events import EngineEvent, PublishChanged
from studio.engine.messages.values import PublishState
from studio.engine.publish.pixels import PlanarConverter, PlanarPicture
from tests.studio.engine.publish.whip_receiver import WhipReceiver

WIDTH, HEIGHT, FPS = 360, 640, 30
TONE_HZ = 1000


def picture(index: int, width: int = WIDTH, height: int = HEIGHT) -> Picture:
    """A picture that moves and has some texture."""
    seed = np.random.default_rng(7).integers(0, 256, (height // 8, width // 8, 3), dtype=np.uint8)
    moved = np.roll(seed, index, axis=1)
    smooth = np.asarray(cv2.resize(moved, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    noise = np.random.default_rng(index).integers(0, 24, smooth.shape, dtype=np.uint8)
    return smooth // np.uint8(2) + noise


def planar(image: Picture, captured_at: float) -> PlanarPicture:
    """A picture as encoders take it."""
    height, width = image.shape[:2]
    return PlanarConverter(width, height).convert(VideoFrame(image, captured_at))


def tone(start: int) -> np.ndarray[tuple[int, int], np.dtype[np.int16]]:
    """20 ms of a sine, seamless from block to block; `start` counts samples."""
    at = (np.arange(BLOCK_SAMPLES) + start) / SAMPLE_RATE
    wave = (np.sin(2 * np.pi * TONE_HZ * at) * 12_000).astype(np.int16)
    return np.stack([wave, wave], axis=1)


class Feeds:
    """Plays pictures and a tone in real time, stamped with one clock, until closed."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.clock = MasterClock()
        self.video = LatestFrame()
        self.audio = AudioFeed()
        self.pictures = [picture(index, width, height) for index in range(20)]
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=each, daemon=True) for each in (self._show, self._sound)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _show(self) -> None:
        begin, index = self.clock.now(), 0
        while not self._stopping.wait(max(0.0, begin + index / FPS - self.clock.now())):
            self.video.put(VideoFrame(self.pictures[index % len(self.pictures)], self.clock.now()))
            index += 1

    def _sound(self) -> None:
        begin, index = self.clock.now(), 0
        while not self._stopping.wait(max(0.0, begin + index * 0.02 - self.clock.now())):
            start = index * BLOCK_SAMPLES
            self.audio.put(AudioBlock(tone(start), begin + start / SAMPLE_RATE))
            index += 1


class Heard:
    """Keeps what the publisher told, and waits for it."""

    def __init__(self) -> None:
        self.states: list[PublishChanged] = []
        self._changed = threading.Condition()

    def __call__(self, event: EngineEvent) -> None:
        assert isinstance(event, PublishChanged)
        with self._changed:
            self.states.append(event)
            self._changed.notify_all()

    def wait(self, state: PublishState, count: int = 1, timeout: float = 30.0) -> PublishChanged:
        def met() -> list[PublishChanged]:
            return [each for each in self.states if each.state == state]

        with self._changed:
            assert self._changed.wait_for(lambda: len(met()) >= count, timeout), self.states
            return met()[count - 1]


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    feeds = Feeds()
    yield feeds
    feeds.close()


@pytest.fixture
def receiver() -> Iterator[WhipReceiver]:
    receiver = WhipReceiver()
    yield receiver
    receiver.close()
