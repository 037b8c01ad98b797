import av.error
import numpy as np
import pytest

from studio.engine.audio.filters.catalog import SOUND_FILTERS
from studio.engine.audio.filters.chain import DELAY_SAMPLES, FilterChain
from studio.engine.audio.filters.compressor import Compressor
from studio.engine.audio.filters.equalizer import Equalizer
from studio.engine.audio.filters.filter import FilterInUse
from studio.engine.audio.filters.gain import Gain
from studio.engine.audio.filters.graph import FilterGraph
from studio.engine.audio.filters.limiter import Limiter
from studio.engine.audio.filters.noise_suppression import NoiseSuppression
from studio.engine.media import BLOCK_SAMPLES, Sound
from tests.studio.engine.audio.filters.signals import impulse, rms_db, sine, through

LIMITER = FilterInUse.of(Limiter)
SUPPRESSION = FilterInUse.of(NoiseSuppression)
COMPRESSOR = FilterInUse.of(Compressor, threshold_db=-30.0)
EQUALIZER = FilterInUse.of(Equalizer, bass_db=9.0)


def changed_midway(before: list[FilterInUse], after: list[FilterInUse], sound: Sound) -> Sound:
    """What leaves a chain whose filters are changed after half of the sound."""
    chain = FilterChain(before)
    half = len(sound) // 2 // BLOCK_SAMPLES * BLOCK_SAMPLES
    first = through(chain, sound[:half])
    chain.set_filters(after)
    blocks = [chain.process(sound[start : start + BLOCK_SAMPLES]) for start in range(half, len(sound), 960)]
    return np.concatenate([first, *blocks])


def steps(sound: Sound) -> float:
    """The largest change of the slope: a click is a corner, a sine of 200 Hz has none."""
    return float(np.abs(np.diff(sound[4800:, 0], n=2)).max())


def test_a_chain_without_filters_only_delays() -> None:
    sound = sine(-6.0)
    assert np.array_equal(through(FilterChain(), sound), sound[:-DELAY_SAMPLES])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([], [FilterInUse.of(Gain, gain_db=-30.0)]),
        ([FilterInUse.of(Gain, gain_db=-30.0)], []),
        ([], [SUPPRESSION]),
        ([SUPPRESSION, LIMITER], [LIMITER]),
        ([COMPRESSOR], [FilterInUse.of(Compressor, threshold_db=-50.0, makeup_db=20.0)]),
        ([EQUALIZER], [FilterInUse.of(Equalizer, bass_db=-15.0)]),
        ([EQUALIZER, COMPRESSOR, LIMITER], [LIMITER, COMPRESSOR, EQUALIZER]),
    ],
)
def test_no_change_of_filters_clicks(before: list[FilterInUse], after: list[FilterInUse]) -> None:
    sound = sine(-10.0, frequency_hz=200.0, seconds=1.0)
    loudest = max(steps(through(FilterChain(each), sound)) for each in (before, after))
    assert steps(changed_midway(before, after, sound)) < loudest * 1.2


def test_a_change_is_heard_within_its_fade() -> None:
    sound = changed_midway([], [FilterInUse.of(Gain, gain_db=-20.0)], sine(-10.0, seconds=1.0))
    changed_at = 24_000 - DELAY_SAMPLES + 2400
    assert rms_db(sound[changed_at : changed_at + 4800]) == pytest.approx(-33.01, abs=0.1)


def test_filters_that_come_and_go_leave_the_sound_where_it_is() -> None:
    sound = impulse(40_320, seconds=1.0)
    for before, after in (([], [SUPPRESSION, LIMITER]), ([SUPPRESSION, LIMITER], []), ([], [LIMITER])):
        changed = changed_midway(before, after, sound)
        assert int(np.abs(changed[:, 0]).argmax()) == 40_320


def test_a_slider_that_is_dragged_ends_where_it_was_let_go() -> None:
    chain = FilterChain()
    sound = sine(-20.0, seconds=0.5)
    for gain_db in range(20):
        chain.set_filters([FilterInUse.of(Gain, gain_db=float(gain_db))])
        through(chain, sound[:BLOCK_SAMPLES])
    assert rms_db(through(chain, sound)) == pytest.approx(-20.0 - 3.01 + 19.0, abs=0.1)


def test_filters_that_need_more_delay_than_there_is_are_refused_and_change_nothing() -> None:
    chain = FilterChain([FilterInUse.of(Gain, gain_db=-10.0)])
    with pytest.raises(ValueError, match="expected filters that need"):
        chain.set_filters([SUPPRESSION, FilterInUse.of(NoiseSuppression, floor_db=-40.0)])
    assert rms_db(through(chain, sine(-20.0))) == pytest.approx(-33.01, abs=0.1)


def test_filters_that_fail_are_left_out_and_the_sound_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    chain, sound = FilterChain([FilterInUse.of(Gain, gain_db=-10.0)]), sine(-20.0)
    through(chain, sound)
    works = FilterGraph.process

    def fails(graph: FilterGraph, block: Sound) -> Sound:
        if graph is chain._graph and graph._graph is not None:
            raise av.error.FFmpegError(0, "broken")
        return works(graph, block)

    monkeypatch.setattr(FilterGraph, "process", fails)
    assert rms_db(through(chain, sound)) == pytest.approx(-23.01, abs=0.1)
    assert "left out" in caplog.text
    caplog.clear()


def test_every_filter_has_a_name_and_parameters_of_its_own() -> None:
    for name, sound_filter in SOUND_FILTERS.items():
        declared = sound_filter.declaration()
        assert declared.name == name
        names = [parameter.name for parameter in declared.parameters]
        assert declared.title
        assert len(set(names)) == len(names)
