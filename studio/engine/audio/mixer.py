"""The mixer: strips of sound into one stream on the master clock, in a thread of its own."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

import msgspec
import numpy as np

from studio.engine.audio.filters.chain import FilterChain
from studio.engine.audio.filters.filter import FilterInUse
from studio.engine.audio.filters.limiter import Limiter
from studio.engine.audio.meter import Meter, to_amplitude
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
from studio.engine.messages.events import MeterMeasured

log = logging.getLogger("livestall.audio")

LEAST_GAIN_DB: Final = -60.0
MOST_GAIN_DB: Final = 12.0
_BLOCKS_A_METER: Final = 3
_MOST_BEHIND_S: Final = 0.25
_LIMITER_SAMPLES: Final = 5 * SAMPLE_RATE // 1000
_JOIN_TIMEOUT_S: Final = 2.0


class SoundProvider(Protocol):
    """Anything a strip can play."""

    @property
    def delay(self) -> float:
        """How many seconds after a sample was heard it can be pulled."""

    def pull(self, count: int, at: float) -> Sound | None:
        """Return what was heard from `at` on: float32 of shape (count, 2), -1 to 1; None when nothing was."""


class SoundFilter(Protocol):
    """One step of a strip, before its fader."""

    def process(self, sound: Sound) -> Sound:
        """Return the sound changed; never in place."""


class Strip:
    """One channel of the mixer: filters, fader, mute and meter; set from any thread.

    Args:
        provider: what it plays; None for silence.
        filters: applied in this order before the fader.
        strip_id: names it in what is measured.
    """

    def __init__(
        self,
        provider: SoundProvider | None = None,
        filters: tuple[SoundFilter, ...] = (),
        strip_id: str = "",
    ) -> None:
        self.strip_id: Final = strip_id
        self.provider = provider
        self.filters = filters
        self.meter = Meter()
        self._unheard = Meter()
        self._amplitude = 1.0
        self._is_muted = False
        self._last_amplitude = 1.0

    @property
    def delay(self) -> float:
        """How many seconds after a sample was heard it can be pulled."""
        provider = self.provider
        return provider.delay if provider is not None else 0.0

    def set_gain(self, gain_db: float) -> None:
        """Set the fader, in dB; held within -60 and +12."""
        self._amplitude = to_amplitude(min(max(gain_db, LEAST_GAIN_DB), MOST_GAIN_DB))

    def mute(self) -> None:
        """Let nothing through."""
        self._is_muted = True

    def unmute(self) -> None:
        """Let it through again."""
        self._is_muted = False

    def pull(self, count: int, at: float) -> Sound:
        """Return the strip's sound from `at` on, float32 of shape (count, 2); for the mixer only."""
        provider = self.provider
        sound = provider.pull(count, at) if provider is not None else None
        if sound is None:
            sound = np.zeros((count, CHANNELS), np.float32)
        for sound_filter in self.filters:
            sound = sound_filter.process(sound)
        if self._is_muted:
            self._unheard.add(sound)
        sound = self._fade(sound)
        self.meter.add(sound)
        return sound

    def measure(self) -> MeterMeasured:
        """Return how loud it was since the last time; for the mixer only."""
        unheard_db = self._unheard.read().rms_db
        return msgspec.structs.replace(self.meter.read(), strip_id=self.strip_id, unheard_db=unheard_db)

    def _fade(self, sound: Sound) -> Sound:
        """Go from the last block's gain to this one's: a step would click."""
        goal = 0.0 if self._is_muted else self._amplitude
        ramp = np.linspace(self._last_amplitude, goal, len(sound), dtype=np.float32)[:, np.newaxis]
        self._last_amplitude = goal
        faded: Sound = sound * ramp
        return faded


class Mixer:
    """Pulls 20 ms from every strip, adds them up, and puts the block into the feed.

    All strips are read for one moment of the master clock, as late as the slowest of them needs; the block
    is stamped with that moment, so picture and sound of one moment carry one time. What the strips make
    together is limited to -1 dBFS: it never distorts, however many sound at once.

    Args:
        clock: the master clock.
        output: where the blocks go.
        strips: what is mixed first.
        on_meter: called about 15 times a second for each strip, in the mixer's thread.
    """

    def __init__(
        self,
        clock: MasterClock,
        output: AudioFeed,
        strips: tuple[Strip, ...],
        on_meter: Callable[[MeterMeasured], None],
    ) -> None:
        self._clock = clock
        self._output = output
        self._strips = strips
        self._limiter = FilterChain((FilterInUse.of(Limiter),), _LIMITER_SAMPLES)
        self._leaving: deque[Strip] = deque()
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
        return self._sample / SAMPLE_RATE + max((strip.delay for strip in self._strips), default=0.0)

    def mix(self, now: float) -> None:
        """Mix the next block; leave out what cannot be made up for."""
        if now - self.due > _MOST_BEHIND_S:
            missed = int((now - self.due) / BLOCK_SECONDS)
            log.warning("sound left out", extra={"blocks": missed})
            self._sample += missed * BLOCK_SAMPLES
        at = self._sample / SAMPLE_RATE  # counted in whole samples, so that sources can be too
        mixed = np.zeros((BLOCK_SAMPLES, CHANNELS), np.float32)
        strips = self._strips
        for strip in strips:
            mixed += strip.pull(BLOCK_SAMPLES, at)
        while self._leaving:
            mixed += self._leaving.popleft().pull(BLOCK_SAMPLES, at)
        if self._is_silenced:
            mixed.fill(0)
        limited = self._limiter.process(mixed)
        samples = (np.clip(limited, -1.0, 1.0) * 32767).astype(np.int16)
        self._output.put(AudioBlock(samples, captured_at=at - self._limiter.delay))
        self._sample += BLOCK_SAMPLES
        self._blocks += 1
        if self._blocks % _BLOCKS_A_METER == 0:
            for strip in strips:
                self._on_meter(strip.measure())


def _to_sample(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)
