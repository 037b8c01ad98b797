"""The reference signals of EBU Tech 3341, table 1; all within its 0.1 LU."""

import pytest

from studio.engine.audio.loudness import Loudness, LoudnessMeter
from tests.studio.engine.audio.filters.signals import sine

WITHIN_LU = 0.1


def measured(*parts: tuple[float, float]) -> Loudness:
    """What a meter says of a stereo sine of 1 kHz in parts: level in dBFS, seconds."""
    meter = LoudnessMeter()
    hear(meter, *parts)
    return meter.read()


def hear(meter: LoudnessMeter, *parts: tuple[float, float]) -> None:
    for level_db, seconds in parts:
        sound = sine(level_db, seconds=seconds)
        for start in range(0, len(sound), 960):
            meter.add(sound[start : start + 960])


@pytest.mark.parametrize("level_db", [-23.0, -33.0])
def test_a_steady_tone_is_as_loud_by_all_three(level_db: float) -> None:
    loudness = measured((level_db, 5.0))
    assert loudness.momentary == pytest.approx(level_db, abs=WITHIN_LU)
    assert loudness.short_term == pytest.approx(level_db, abs=WITHIN_LU)
    assert loudness.integrated == pytest.approx(level_db, abs=WITHIN_LU)


def test_what_is_10_lu_below_the_rest_does_not_count() -> None:
    assert measured((-36.0, 3.0), (-23.0, 20.0), (-36.0, 3.0)).integrated == pytest.approx(
        -23.0, abs=WITHIN_LU
    )


def test_silence_does_not_count() -> None:
    parts = ((-72.0, 3.0), (-36.0, 3.0), (-23.0, 20.0), (-36.0, 3.0), (-72.0, 3.0))
    assert measured(*parts).integrated == pytest.approx(-23.0, abs=WITHIN_LU)


def test_louder_and_softer_parts_are_one_programme() -> None:
    assert measured((-26.0, 10.0), (-20.0, 10.05), (-26.0, 10.0)).integrated == pytest.approx(
        -23.0, abs=WITHIN_LU
    )


def test_momentary_forgets_after_four_tenths_of_a_second() -> None:
    loudness = measured((-23.0, 5.0), (-100.0, 1.0))
    assert loudness.momentary == -70.0
    assert loudness.short_term == pytest.approx(-23.0 - 1.8, abs=0.2)


def test_a_restarted_meter_counts_from_there() -> None:
    meter = LoudnessMeter()
    hear(meter, (-20.0, 2.0))
    meter.restart()
    assert meter.read().integrated == -70.0
    hear(meter, (-30.0, 3.0))
    assert meter.read().integrated < -25.0
