import numpy as np
import pytest

from studio.engine.audio.meter import SILENCE_DB, Meter, to_amplitude, to_db


def test_a_sine_reads_its_peak_and_three_db_less_as_rms() -> None:
    meter = Meter()
    wave = 0.1 * np.sin(np.arange(4800) * 2 * np.pi / 48)
    meter.add(np.repeat(wave[:, np.newaxis], 2, axis=1).astype(np.float32))
    measured = meter.read()
    assert measured.peak_db == pytest.approx(-20, abs=0.01)
    assert measured.rms_db == pytest.approx(-23.01, abs=0.01)


def test_a_reading_begins_anew_and_nothing_reads_as_silence() -> None:
    meter = Meter()
    meter.add(np.ones((10, 2), np.float32))
    assert meter.read().peak_db == 0
    assert meter.read().peak_db == SILENCE_DB
    assert meter.read().rms_db == SILENCE_DB


def test_what_is_louder_than_full_scale_reads_zero() -> None:
    assert to_db(4.0) == 0


@pytest.mark.parametrize("gain_db", [-60.0, -6.0, 0.0, 12.0])
def test_gain_and_level_are_each_others_inverse(gain_db: float) -> None:
    assert to_db(to_amplitude(gain_db) / 10) == pytest.approx(gain_db - 20)
