"""Brings sound from a device's own clock to the master clock, so that it never drifts away from the picture.

A sound card that calls itself 48 kHz runs some 20 to 200 ppm off; uncorrected that is up to 0.7 s an hour. So
the device's clock is watched through the arrival of its samples, and the sound is read at that speed.
"""

import math
import threading
from typing import Final

import numpy as np

from studio.engine.media import SAMPLE_RATE, Sound

FIRST_DELAY_S: Final = 0.05
"""A block of 20 ms, a device's chunk of up to 22 ms (PulseAudio's), and 8 ms to spare."""
MOST_DELAY_S: Final = 0.2
_DELAY_STEP_S: Final = 0.01
_WATCH_SECONDS: Final = 2.0
_CORRECT_SECONDS: Final = 1.0
_MOST_CORRECTION: Final = 0.002
"""2,000 ppm: a thirtieth of a semitone, which nobody hears."""
_JUMP_SECONDS: Final = 0.1
_KEPT_SECONDS: Final = 1.0
"""The longest delay, the filters' and the latest sync offset (300 ms), with as much to spare."""
_CALM_SECONDS: Final = 30.0
_CALM_SPARE_S: Final = 0.015
"""When for half a minute there was always this much to spare, the delay shrinks by a step."""


class ClockMatcher:
    """A buffer written at the device's pace and read at the master clock's; thread-safe.

    Args:
        rate: samples a second that the device claims.
    """

    def __init__(self, rate: int = SAMPLE_RATE) -> None:
        self._rate = rate
        self._lock = threading.Lock()
        self._kept: Sound = np.zeros((0, 2), np.float32)
        self._first = 0
        self._begun_at: float | None = None
        self._arrivals = 0
        self._arrived_at: float | None = None
        self._position: float | None = None
        self._delay = FIRST_DELAY_S
        self._least_spare = math.inf
        self._calm_since = -math.inf
        self._lateness = 0.0
        self._gaps = 0
        self._jumps = 0

    @property
    def delay(self) -> float:
        """How many seconds after a sample was heard it can be pulled; grows while the device stutters."""
        return self._delay

    @property
    def arrived_at(self) -> float | None:
        """When the last samples came; None before the first."""
        return self._arrived_at

    @property
    def lateness(self) -> float:
        """How much later than it was heard the sound is stamped now, in seconds."""
        return self._lateness

    @property
    def gaps(self) -> int:
        """Blocks that were silent because the device's samples came too late."""
        return self._gaps

    @property
    def jumps(self) -> int:
        """How often the device's clock was lost and found again."""
        return self._jumps

    def push(self, sound: Sound, at: float) -> None:
        """Add samples, float32 of shape (count, 2), the last of which was heard at `at`."""
        with self._lock:
            self._kept = np.concatenate([self._kept, sound])
            surplus = len(self._kept) - int(_KEPT_SECONDS * self._rate)
            if surplus > 0:
                self._kept = self._kept[surplus:]
                self._first += surplus
            self._watch(at)

    def pull(self, count: int, at: float) -> Sound | None:
        """Return what was heard from `at` on, `count` samples at 48 kHz; None when nothing was."""
        with self._lock:
            if self._begun_at is None:
                return None
            position = self._follow((at - self._begun_at) * self._rate)
            step = self._step(position, at)
            self._position = position + step * count
            start, end = math.floor(position) - 1, math.floor(position + step * count) + 2
            if start < self._first:
                return None
            if end >= self._first + len(self._kept):
                self._note_gap(at)
                return None
            self._note_spare((self._first + len(self._kept) - end) / self._rate, at)
            part = self._kept[start - self._first : end + 1 - self._first]
        return _interpolate(part, position - start, step, count)

    def _watch(self, at: float) -> None:
        """Move the estimate of when sample 0 was heard; the arrival times' jitter averages out."""
        begun_at = at - (self._first + len(self._kept)) / self._rate
        if self._begun_at is None or self._arrived_at is None:
            self._begun_at = begun_at
        elif abs(begun_at - self._begun_at) > _JUMP_SECONDS * 2:
            self._begun_at, self._arrivals = begun_at, 0
        else:
            self._arrivals += 1
            weight = 1 - math.exp(-max(0.0, at - self._arrived_at) / _WATCH_SECONDS)
            self._begun_at += max(weight, 1 / (self._arrivals + 1)) * (begun_at - self._begun_at)
        self._arrived_at = at

    def _note_gap(self, at: float) -> None:
        self._gaps += 1
        self._delay = min(self._delay + _DELAY_STEP_S, MOST_DELAY_S)
        self._least_spare, self._calm_since = math.inf, at

    def _note_spare(self, spare: float, at: float) -> None:
        self._least_spare = min(self._least_spare, spare)
        if at - self._calm_since < _CALM_SECONDS:
            return
        if self._least_spare > _CALM_SPARE_S and self._delay > FIRST_DELAY_S:
            self._delay = max(self._delay - _DELAY_STEP_S, FIRST_DELAY_S)
        self._least_spare, self._calm_since = math.inf, at

    def _follow(self, ideal: float) -> float:
        position = self._position
        if position is None:
            return ideal
        if abs(ideal - position) > _JUMP_SECONDS * self._rate:
            self._jumps += 1
            return ideal
        return position

    def _step(self, position: float, at: float) -> float:
        """How many of the device's samples make one of ours: a little off nominal, to catch up."""
        self._lateness = at - ((self._begun_at or 0.0) + position / self._rate)
        correction = self._lateness / _CORRECT_SECONDS
        return self._rate / SAMPLE_RATE * (1 + min(max(correction, -_MOST_CORRECTION), _MOST_CORRECTION))


def _interpolate(part: Sound, start: float, step: float, count: int) -> Sound:
    """Read between the samples with Catmull-Rom's cubic (4 points)."""
    positions = start + step * np.arange(count)
    whole = positions.astype(np.int64)
    share = (positions - whole).astype(np.float32)[:, np.newaxis]
    before, here, after, beyond = (part[whole + offset] for offset in (-1, 0, 1, 2))
    slope = 0.5 * (after - before)
    square = before - 2.5 * here + 2 * after - 0.5 * beyond
    cube = 0.5 * (beyond - before) + 1.5 * (here - after)
    sound: Sound = ((cube * share + square) * share + slope) * share + here
    return sound
