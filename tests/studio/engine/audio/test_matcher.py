from collections.abc import Iterator

import numpy as np
import pytest

from studio.engine.audio.matcher import FIRST_DELAY_S, MOST_DELAY_S, ClockMatcher
from studio.engine.media import Sound

ROUND_S = 8.0  # the sound is a ramp that tells when it was heard, anew every eight seconds
BLOCK = 960


class Device:
    """A microphone whose clock is off, and whose samples arrive in chunks, never quite on time.

    Args:
        ppm: how much faster than it claims it runs, in parts per million.
        rate: what it claims.
        jitter: by how much its chunks may be late, in seconds.
    """

    def __init__(self, ppm: float, rate: int = 48_000, jitter: float = 0.004) -> None:
        self.matcher = ClockMatcher(rate)
        self._true_rate = rate * (1 + ppm * 1e-6)
        self._chunk = round(rate * 1023 / 48_000)
        self._jitter = jitter
        self._random = np.random.default_rng(7)
        self._sent = 0

    def run_until(self, now: float) -> None:
        """Push all chunks that have arrived by now."""
        while (arrival := (self._sent + self._chunk) / self._true_rate) <= now:
            heard = (self._sent + np.arange(self._chunk)) / self._true_rate
            ramp = (heard % ROUND_S / ROUND_S).astype(np.float32)
            self.matcher.push(np.repeat(ramp[:, np.newaxis], 2, axis=1), arrival + self._late())
            self._sent += self._chunk

    def _late(self) -> float:
        return float(self._random.uniform(0, self._jitter))


def play(
    device: Device, begin: float, end: float, block: int = BLOCK
) -> Iterator[tuple[float, Sound | None]]:
    """Pull as the mixer does, in simulated time."""
    step = block / 48_000
    for number in range(round((end - begin) / step)):
        at = begin + number * step
        device.run_until(at + device.matcher.delay + step - BLOCK / 48_000)
        yield at, device.matcher.pull(block, at)


def offset(at: float, sound: Sound) -> float | None:
    """How much later than stamped the sound was really heard, in seconds; None across the ramp's end."""
    first, last = float(sound[0, 0]), float(sound[-1, 0])
    if last < first or not 0.01 < at % ROUND_S / ROUND_S < 0.99:
        return None
    return first * ROUND_S - at % ROUND_S


@pytest.mark.parametrize(("ppm", "seconds"), [(200.0, 3600), (-200.0, 900)])
def test_after_an_hour_at_200_ppm_the_sound_is_off_by_less_than_5_ms(ppm: float, seconds: int) -> None:
    device = Device(ppm)
    offsets = []
    for at, sound in play(device, 1.0, 1.0 + seconds, block=BLOCK * 10):
        if at > 10:
            assert sound is not None
            found = offset(at, sound)
            if found is not None:
                offsets.append(found)
    assert len(offsets) > seconds * 4
    assert max(abs(found) for found in offsets) < 0.005
    assert device.matcher.jumps == 0


def test_sound_is_read_without_a_step_from_block_to_block() -> None:
    device = Device(ppm=150.0)
    last: float | None = None
    for at, sound in play(device, 3.0, 15.0):
        assert sound is not None
        if last is not None and offset(at, sound) is not None:
            step = (float(sound[0, 0]) - last) * ROUND_S * 48_000
            assert step == pytest.approx(1.0, abs=0.15)
        last = float(sound[-1, 0])


@pytest.mark.parametrize("rate", [44_100, 16_000, 96_000])
def test_other_rates_come_out_at_48_khz_and_in_time(rate: int) -> None:
    device = Device(ppm=100.0, rate=rate)
    found = [offset(at, sound) for at, sound in play(device, 3.0, 7.5) if sound is not None]
    told = [each for each in found if each is not None]
    assert len(told) > 200
    assert max(abs(each) for each in told) < 0.005


def test_a_tone_keeps_its_pitch_and_its_loudness() -> None:
    matcher = ClockMatcher(44_100)
    times = np.arange(44_100 * 2) / 44_100
    wave = np.sin(2 * np.pi * 5000 * times).astype(np.float32)
    for chunk in range(0, len(wave), 441):
        matcher.push(np.repeat(wave[chunk : chunk + 441, np.newaxis], 2, axis=1), (chunk + 441) / 44_100)
    blocks = [matcher.pull(BLOCK, 1.2 + number * 0.02) for number in range(30)]
    sound = np.concatenate([block for block in blocks if block is not None])[:, 0].astype(np.float64)
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    assert spectrum.argmax() * 48_000 / len(sound) == pytest.approx(5000, abs=2)
    assert np.sqrt(np.mean(sound**2)) == pytest.approx(np.sqrt(0.5), rel=0.02)


def test_before_anything_was_heard_there_is_nothing() -> None:
    assert ClockMatcher().pull(BLOCK, 1.0) is None
    assert ClockMatcher().arrived_at is None


def test_a_device_that_stutters_gets_more_delay_and_loses_it_again_when_it_is_calm() -> None:
    device = Device(ppm=0.0, jitter=0.0)
    for _ in play(device, 1.0, 2.0):
        pass
    assert device.matcher.delay == FIRST_DELAY_S
    assert device.matcher.pull(BLOCK, 2.0 + 0.2) is None  # asked for before it was heard
    assert device.matcher.delay > FIRST_DELAY_S
    assert device.matcher.gaps == 1
    for _ in play(device, 2.22, 70.0):
        pass
    assert device.matcher.delay == FIRST_DELAY_S
    assert device.matcher.gaps == 1


def test_the_delay_has_a_bound() -> None:
    device = Device(ppm=0.0)
    device.run_until(1.0)
    for number in range(100):
        device.matcher.pull(BLOCK, 1.1 + number * 0.02)
    assert device.matcher.delay == MOST_DELAY_S


def test_a_device_that_was_suspended_is_found_again() -> None:
    matcher = ClockMatcher()
    silence = np.zeros((1024, 2), np.float32)
    for number in range(200):
        matcher.push(silence, (number + 1) * 1024 / 48_000)
    matcher.pull(BLOCK, 4.0)
    for number in range(50):  # two seconds are missing
        matcher.push(silence + 0.5, 2.0 + (number + 201) * 1024 / 48_000)
    sound = matcher.pull(BLOCK, 2.0 + 240 * 1024 / 48_000)
    assert sound is not None
    assert sound.max() == 0.5
    assert matcher.jumps == 1
