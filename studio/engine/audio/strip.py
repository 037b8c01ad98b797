"""One channel of the mixer: filters, fader, pan, mute and meter."""

from typing import Final, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from studio.engine.audio.filters.catalog import in_use
from studio.engine.audio.filters.chain import FilterChain
from studio.engine.audio.meter import SILENCE_DB, Meter, to_amplitude, to_db
from studio.engine.media import CHANNELS, Sound
from studio.engine.messages.events import MeterMeasured
from studio.project.project import Strip as WantedStrip

_FULL_SCALE: Final = 0.999


class SoundProvider(Protocol):
    """Anything a strip can play."""

    @property
    def delay(self) -> float:
        """How many seconds after a sample was heard it can be pulled."""

    def pull(self, count: int, at: float) -> Sound | None:
        """Return what was heard from `at` on: float32 of shape (count, 2), -1 to 1; None when nothing was."""


class Strip:
    """A strip of the project at work; set from any thread, pulled by the mixer's.

    Args:
        wanted: what the project says of it.
        provider: what it plays; None for silence.
    """

    def __init__(self, wanted: WantedStrip, provider: SoundProvider | None = None) -> None:
        self.provider = provider
        self.is_speech = False
        self._wanted = wanted
        self._chain = FilterChain(in_use(wanted.filters))
        self._offset_ms, self._is_mono = wanted.offset_ms, wanted.is_mono
        self._amplitudes = self._goal(1.0)
        self._meter = Meter()
        self._unheard = Meter()
        self._is_clipped = False
        self._ducked_amplitude = 1.0
        self._level_db = SILENCE_DB

    def set_wanted(self, wanted: WantedStrip) -> None:
        """Go over to these settings, without a click."""
        self._chain.set_filters(in_use(wanted.filters))
        self._wanted = wanted

    def mute(self) -> None:
        """Let nothing through from the next block on."""
        self._wanted = msgspec.structs.replace(self._wanted, is_muted=True)

    @property
    def delay(self) -> float:
        """How many seconds after a moment the strip's sound for it can be pulled; may be below 0."""
        provider = self.provider
        return (provider.delay if provider is not None else 0.0) + self._lead

    @property
    def ducked_db(self) -> float:
        """By how much it goes down under speech."""
        return 0.0 if self.is_speech else self._wanted.ducked_db

    @property
    def speech_db(self) -> float:
        """The RMS of the block pulled last if it is of a microphone that is heard, in dBFS."""
        return self._level_db if self.is_speech else SILENCE_DB

    def pull(self, count: int, at: float, ducked_amplitude: float = 1.0) -> Sound:
        """Return what the strip sends for `at`, float32 of shape (count, 2); for the mixer only.

        Args:
            count: how many samples.
            at: seconds of the master clock; each call follows on the one before.
            ducked_amplitude: the factor that speech leaves it.
        """
        wanted = self._wanted
        will_jump = (wanted.offset_ms, wanted.is_mono) != (self._offset_ms, self._is_mono)
        sound = self._provided(count, at + self._lead)
        self._is_clipped |= bool(np.abs(sound).max(initial=0.0) >= _FULL_SCALE)
        sound = self._chain.process(sound)
        if self._is_mono:
            sound = np.repeat(sound.mean(axis=1, keepdims=True), CHANNELS, axis=1)
        if wanted.is_muted:
            self._unheard.add(sound)
        self._ducked_amplitude = ducked_amplitude
        sound = self._faded(sound, self._goal(ducked_amplitude) * (0.0 if will_jump else 1.0))
        if will_jump:  # it has faded out: the next block may be of another time
            self._offset_ms, self._is_mono = wanted.offset_ms, wanted.is_mono
        self._level_db = self._meter.add(sound)
        return sound

    def measure(self) -> MeterMeasured:
        """Return how loud it was since the last time; for the mixer only."""
        reading = self._meter.read()
        measured = MeterMeasured(
            strip_id=self._wanted.id,
            peak_db=reading.peak_db,
            rms_db=reading.rms_db,
            unheard_db=self._unheard.read().rms_db,
            is_clipped=self._is_clipped,
            ducked_db=-to_db(self._ducked_amplitude),
        )
        self._is_clipped = False
        return measured

    @property
    def _lead(self) -> float:
        """How much later than a block its sound is pulled: the filters give it back later by their delay."""
        return self._chain.delay - self._offset_ms / 1000

    def _provided(self, count: int, at: float) -> Sound:
        provider = self.provider
        sound = provider.pull(count, at) if provider is not None else None
        return sound if sound is not None else np.zeros((count, CHANNELS), np.float32)

    def _goal(self, ducked_amplitude: float) -> NDArray[np.float32]:
        """The factors of left and right."""
        wanted = self._wanted
        amplitude = 0.0 if wanted.is_muted else to_amplitude(wanted.gain_db) * ducked_amplitude
        sides = np.array([min(1.0, 1.0 - wanted.pan), min(1.0, 1.0 + wanted.pan)], np.float32)
        return sides * np.float32(amplitude)

    def _faded(self, sound: Sound, goal: NDArray[np.float32]) -> Sound:
        """Go from the last block's factors to this one's: a step would click."""
        ramp = np.linspace(self._amplitudes, goal, len(sound), dtype=np.float32)
        self._amplitudes = goal
        faded: Sound = sound * ramp
        return faded
