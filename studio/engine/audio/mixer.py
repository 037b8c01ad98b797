"""The mixer: strips of sound into one stream on the master clock, in a thread of its own."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np

from studio.engine.audio.ducking import Ducker
from studio.engine.audio.filters.chain import FilterChain
from studio.engine.audio.filters.filter import FilterInUse
from studio.engine.audio.filters.limiter import Limiter
from studio.engine.audio.loudness import LoudnessMeter
from studio.engine.audio.meter import SILENCE_DB, Meter
from studio.engine.audio.strip import Strip
from studio.engine.latest import AudioFeed
from studio.engine.media import (
    BLOCK_SAMPLES,
    BLOCK_SECONDS,
    CHANNELS,
    SAMPLE_RATE,
    AudioBlock,
    MasterClock,
    Sound,
)
from studio.engine.messages.events import MeterMeasured, MixMeasured

log = logging.getLogger("livestall.audio")

_BLOCKS_A_METER: Final = 3
_MOST_BEHIND_S: Final = 0.25
_LIMITER_SAMPLES: Final = 5 * SAMPLE_RATE // 1000
_JOIN_TIMEOUT_S: Final = 2.0


class Mixer:
    """Pulls 20 ms from every strip, adds them up, and puts the block into the feed.

    All strips are read for one moment of the master clock, as late as the slowest of them needs; the block
    is stamped with that moment, so picture and sound of one moment carry one time. What the strips make
    together is limited to -1 dBFS: it never distorts, however many sound at once. Strips that are to be
    ducked follow the loudest microphone.

    Args:
        clock: the master clock.
        output: where the blocks go.
        strips: what is mixed first.
        on_meter: called about 15 times a second for each strip and for the mix, in the mixer's thread.
    """

    def __init__(
        self,
        clock: MasterClock,
        output: AudioFeed,
        strips: tuple[Strip, ...],
        on_meter: Callable[[MeterMeasured | MixMeasured], None],
    ) -> None:
        self._clock = clock
        self._output = output
        self._strips = strips
        self._leaving: deque[Strip] = deque()
        self._ducker = Ducker()
        self._limiter = FilterChain((FilterInUse.of(Limiter),), _LIMITER_SAMPLES)
        self._meter = Meter()
        self._loudness = LoudnessMeter()
        self._on_meter = on_meter
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="mixer", daemon=True)
        self._is_silenced = False
        self._sample = _to_sample(clock.now())
        self._blocks = 0

    def set_strips(self, strips: tuple[Strip, ...]) -> None:
        """Mix these from the next block on; one that is not among them any more fades out in it."""
        for strip in self._strips:
            if strip not in strips:
                strip.mute()
                self._leaving.append(strip)
        self._strips = strips

    def silence(self) -> None:
        """Send silence from now on; the meters go on."""
        self._is_silenced = True

    def sound(self) -> None:
        """Send the mix again."""
        self._is_silenced = False

    def restart_loudness(self) -> None:
        """Measure the integrated loudness from now on: a broadcast begins."""
        self._loudness.restart()

    def start(self) -> None:
        """Begin to mix."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(_JOIN_TIMEOUT_S)

    def _run(self) -> None:
        self._sample = _to_sample(self._clock.now())
        while not self._end.wait(max(0.0, self.due - self._clock.now())):
            try:
                self.mix(self._clock.now())
            except Exception:  # a broken filter must not end the sound for good
                log.exception("block not mixed")
                self._sample += BLOCK_SAMPLES

    @property
    def due(self) -> float:
        """When the next block can be mixed, in seconds of the master clock."""
        return self._sample / SAMPLE_RATE + max((0.0, *(strip.delay for strip in self._strips)))

    def mix(self, now: float) -> None:
        """Mix the next block; leave out what cannot be made up for."""
        if now - self.due > _MOST_BEHIND_S:
            missed = int((now - self.due) / BLOCK_SECONDS)
            log.warning("sound left out", extra={"blocks": missed})
            self._sample += missed * BLOCK_SAMPLES
        at = self._sample / SAMPLE_RATE  # counted in whole samples, so that sources can be too
        strips = self._strips
        mixed = self._sum(strips, at)
        if self._is_silenced:
            mixed.fill(0)
        limited = self._limiter.process(mixed)
        self._meter.add(limited)
        self._loudness.add(limited)
        samples = (np.clip(limited, -1.0, 1.0) * 32767).astype(np.int16)
        self._output.put(AudioBlock(samples, captured_at=at - self._limiter.delay))
        self._sample += BLOCK_SAMPLES
        self._blocks += 1
        if self._blocks % _BLOCKS_A_METER == 0:
            for strip in strips:
                self._on_meter(strip.measure())
            self._on_meter(self._measured())

    def _measured(self) -> MixMeasured:
        level, loudness = self._meter.read(), self._loudness.read()
        return MixMeasured(
            level.peak_db, level.rms_db, loudness.momentary, loudness.short_term, loudness.integrated
        )

    def _sum(self, strips: tuple[Strip, ...], at: float) -> Sound:
        mixed = np.zeros((BLOCK_SAMPLES, CHANNELS), np.float32)
        for strip in (each for each in strips if each.is_speech):
            mixed += strip.pull(BLOCK_SAMPLES, at)
        self._ducker.follow(max((strip.speech_db for strip in strips), default=SILENCE_DB))
        for strip in (each for each in strips if not each.is_speech):
            mixed += strip.pull(BLOCK_SAMPLES, at, self._ducker.amplitude(strip.ducked_db))
        while self._leaving:
            mixed += self._leaving.popleft().pull(BLOCK_SAMPLES, at)
        return mixed


def _to_sample(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
