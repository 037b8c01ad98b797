"""Presets: ours fit the filters there are, and change nothing else."""

import pytest

from effects.catalog import find_filters
from effects.chain import Chain
from effects.params import Settings
from effects.presets import GIVEN, Preset, with_preset

MINE = Preset("evening", "傍晚", Settings({"beauty": {"smooth": 33.0}}))


@pytest.mark.parametrize("preset", GIVEN, ids=lambda preset: preset.name)
def test_ours_fit_the_filters_there_are(preset: Preset) -> None:
    assert Chain(each() for each in find_filters()).change(preset.settings) == ()


def test_there_is_one_that_changes_nothing() -> None:
    assert next(preset for preset in GIVEN if preset.name == "none").settings == Settings()


def test_a_preset_leaves_alone_what_it_does_not_speak_for() -> None:
    before = Settings({"background": {"kind": "blur"}, "beauty": {"smooth": 80.0}, "reshape": {"slim": 10.0}})
    after = with_preset(before, MINE, {"beauty": None, "reshape": None})
    assert after.filters == {"background": {"kind": "blur"}, "beauty": {"smooth": 33.0}}
