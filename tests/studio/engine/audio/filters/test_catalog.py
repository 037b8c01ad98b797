"""Each filter against reference signals: levels within 0.1 dB."""

import itertools

import numpy as np
import pytest

from effects.params import ParameterError, Slider
from studio.engine.audio.filters.catalog import SOUND_FILTERS
from studio.engine.audio.filters.chain import DELAY_SAMPLES, FilterChain
from studio.engine.audio.filters.compressor import Compressor
from studio.engine.audio.filters.equalizer import Equalizer
from studio.engine.audio.filters.filter import FilterInUse, SoundFilter
from studio.engine.audio.filters.gain import Gain
from studio.engine.audio.filters.gate import Gate
from studio.engine.audio.filters.high_pass import HighPass
from studio.engine.audio.filters.limiter import Limiter
from studio.engine.audio.filters.noise_suppression import NoiseSuppression
from tests.studio.engine.audio.filters.signals import (
    filtered,
    impulse,
    noise,
    rms_db,
    sine,
    square,
    through,
)

WITHIN_DB = 0.1
ALL = list(SOUND_FILTERS.values())


@pytest.mark.parametrize("gain_db", [-30.0, -6.0, 0.0, 12.0])
def test_gain_changes_the_level_by_what_it_says(gain_db: float) -> None:
    before = sine(-20.0)
    assert rms_db(filtered(before, Gain, gain_db=gain_db)) == pytest.approx(
        rms_db(before) + gain_db, abs=WITHIN_DB
    )


@pytest.mark.parametrize(
    ("frequency_hz", "expected_db"), [(80.0, -3.01), (40.0, -12.3), (1000.0, 0.0), (8000.0, 0.0)]
)
def test_high_pass_lets_through_what_is_above_its_frequency(frequency_hz: float, expected_db: float) -> None:
    before = sine(-20.0, frequency_hz)
    after = filtered(before, HighPass, frequency_hz=80.0)
    assert rms_db(after) - rms_db(before) == pytest.approx(expected_db, abs=WITHIN_DB)


@pytest.mark.parametrize(
    ("band", "frequency_hz", "gain_db"),
    [
        ("bass_db", 20.0, 6.0),
        ("bass_db", 1200.0, 0.0),
        ("middle_db", 1200.0, -9.0),
        ("treble_db", 18000.0, 6.0),
        ("treble_db", 300.0, 0.0),
    ],
)
def test_equalizer_changes_its_own_band_alone(band: str, frequency_hz: float, gain_db: float) -> None:
    before = sine(-20.0, frequency_hz)
    after = filtered(before, Equalizer, **{band: gain_db or 6.0})
    assert rms_db(after) - rms_db(before) == pytest.approx(gain_db, abs=WITHIN_DB)


@pytest.mark.parametrize(
    ("level_db", "expected_db"), [(-40.0, -40.0), (-30.0, -30.0), (-9.0, -15.0), (0.0, -12.0)]
)
def test_compressor_follows_its_curve_outside_the_knee(level_db: float, expected_db: float) -> None:
    after = filtered(square(level_db), Compressor, threshold_db=-18.0, ratio=3.0)
    assert rms_db(after) == pytest.approx(expected_db, abs=WITHIN_DB)


def test_compressor_makes_up_what_it_took() -> None:
    after = filtered(square(-9.0), Compressor, threshold_db=-18.0, ratio=3.0, makeup_db=6.0)
    assert rms_db(after) == pytest.approx(-9.0, abs=WITHIN_DB)


def test_gate_lowers_what_is_below_and_leaves_what_is_above() -> None:
    assert rms_db(filtered(square(-20.0), Gate, threshold_db=-46.0)) == pytest.approx(-20.0, abs=WITHIN_DB)
    closed = filtered(square(-60.0), Gate, threshold_db=-46.0, reduction_db=24.0)
    assert rms_db(closed) == pytest.approx(-84.0, abs=WITHIN_DB)


@pytest.mark.parametrize("level_db", [-12.0, 0.0, 6.0, 12.0])
def test_no_sample_passes_the_limiter(level_db: float) -> None:
    after = filtered(np.concatenate([sine(-40.0), sine(level_db)]), Limiter, ceiling_db=-1.0)
    assert 20 * np.log10(np.abs(after).max()) <= -1.0 + 1e-3
    if level_db < -1.0:
        assert rms_db(after) == pytest.approx(level_db - 3.01, abs=WITHIN_DB)


def test_noise_suppression_lowers_noise_and_leaves_a_voice() -> None:
    hiss, tone = noise(-50.0), sine(-20.0)
    assert rms_db(filtered(hiss, NoiseSuppression, reduction_db=12.0, floor_db=-50.0)) < -58.0
    after = filtered(tone + hiss, NoiseSuppression, reduction_db=12.0, floor_db=-50.0)
    assert rms_db(after) == pytest.approx(rms_db(tone + hiss), abs=WITHIN_DB)


@pytest.mark.parametrize("sound_filter", ALL, ids=lambda each: each.name)
def test_each_filter_is_delayed_as_it_says(sound_filter: type[SoundFilter]) -> None:
    after = filtered(impulse(12_345), sound_filter)
    assert int(np.abs(after[:, 0]).argmax()) == 12_345


def test_all_filters_fit_into_the_constant_delay_in_any_order() -> None:
    for order in itertools.islice(itertools.permutations(ALL), 0, None, 1000):
        after = through(FilterChain([FilterInUse.of(each) for each in order]), sine(-20.0, seconds=0.5))
        assert len(after) == 24_000 - DELAY_SAMPLES
        assert np.isfinite(after).all()


@pytest.mark.parametrize("sound_filter", ALL, ids=lambda each: each.name)
@pytest.mark.parametrize("end", ["low", "high"])
def test_libavfilter_takes_both_ends_of_every_slider(sound_filter: type[SoundFilter], end: str) -> None:
    for slider in sound_filter.parameters:
        assert isinstance(slider, Slider)
        after = filtered(sine(-20.0, seconds=0.2), sound_filter, **{slider.name: getattr(slider, end)})
        assert np.isfinite(after).all()


def test_a_parameter_that_a_filter_does_not_have_is_refused() -> None:
    with pytest.raises(ParameterError):
        FilterInUse.of(Gain, ratio=3.0)
