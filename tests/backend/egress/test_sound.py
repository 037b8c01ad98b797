"""Opus in, AAC out: at its time, whatever is lost on the way."""

import io

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from backend.egress.boxes import AUDIO_CLOCK, fragment, init_segment
from backend.egress.parameter_sets import ParameterReader
from backend.egress.sound import Sound
from tests.support.clip import SAMPLES_A_PACKET, TONE_HZ
from tests.support.film_rtp import tone_packets, units_of


def put(sound: Sound, packets: range, shift: int = 0) -> None:
    for number in packets:
        sound.put(tone_packets()[number % 50], number * SAMPLES_A_PACKET + shift)


def heard(sound: Sound) -> NDArray[np.float32]:
    """What a player hears, from time 0 on."""
    reader = ParameterReader()
    reader.read(units_of(0, (180, 320)))
    assert reader.sets is not None
    film = init_segment(reader.sets) + fragment(1, [sound.take()])
    with av.open(io.BytesIO(film), "r") as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


def level(samples: NDArray[np.float32], from_s: float, to_s: float) -> float:
    part = samples[int(from_s * AUDIO_CLOCK) : int(to_s * AUDIO_CLOCK)]
    return float(np.sqrt(np.mean(part**2)))


LOUD = pytest.approx(8000 / 32768 / 2**0.5, rel=0.1)


def test_a_tone_comes_out_as_the_same_tone() -> None:
    sound = Sound(0)
    put(sound, range(100))
    samples = heard(sound)
    assert np.abs(np.fft.rfft(samples[AUDIO_CLOCK // 2 :][:AUDIO_CLOCK])).argmax() == TONE_HZ
    assert level(samples, 0.2, 0.9) == LOUD


def test_what_is_lost_is_silence_and_the_rest_stays_in_its_place() -> None:
    sound = Sound(0)
    put(sound, range(50))
    put(sound, range(75, 125))
    samples = heard(sound)
    assert level(samples, 0.2, 0.9) == LOUD
    assert level(samples, 1.05, 1.45) < 0.01
    assert level(samples, 1.6, 2.3) == LOUD


def test_a_clock_that_is_a_little_off_leaves_no_hole() -> None:
    sound, even = Sound(0), Sound(0)
    put(even, range(100))
    put(sound, range(50))
    put(sound, range(50, 100), shift=AUDIO_CLOCK // 50)
    assert len(sound.take().samples) == len(even.take().samples)


def test_sound_of_a_time_that_was_filled_is_left_out() -> None:
    sound = Sound(0)
    sound.fill(AUDIO_CLOCK)
    put(sound, range(100))
    samples = heard(sound)
    assert level(samples, 0.0, 0.95) < 0.01
    assert level(samples, 1.1, 1.9) == LOUD


def test_broken_packets_are_left_out() -> None:
    sound = Sound(0)
    sound.put(b"", 0)
    sound.put(b"\xff\xff\xff", 0)
    put(sound, range(50))
    assert level(heard(sound), 0.2, 0.9) == LOUD
