import pytest
from hypothesis import given

from effects.params import Slider, Values
from studio.project.placing import PARAMETERS, values_of, with_value
from studio.project.project import Crop, Fit, Transform
from tests.studio.project.random_edits import TRANSFORMS


@given(TRANSFORMS)
def test_what_is_shown_of_a_transform_makes_it_again(transform: Transform) -> None:
    made = Transform()
    for name, value in values_of(transform).items():
        made = with_value(made, name, value)
    shown, again = values_of(transform), values_of(made)
    assert shown.keys() == again.keys() == {parameter.name for parameter in PARAMETERS}
    for name, value in shown.items():
        assert again[name] == (pytest.approx(value) if isinstance(value, float) else value)


def test_the_declared_defaults_are_those_of_the_full_canvas() -> None:
    assert Values(PARAMETERS, values_of(Transform())) == Values(PARAMETERS)


def test_one_value_changes_one_thing() -> None:
    assert with_value(Transform(), "x", 25.0) == Transform(x=0.25)
    assert with_value(Transform(), "crop_left", 10.0) == Transform(crop=Crop(left=0.1))
    assert with_value(Transform(), "fit", "stretch") == Transform(fit=Fit.STRETCH)
    assert with_value(Transform(), "is_mirrored", True) == Transform(is_mirrored=True)  # noqa: FBT003
    assert with_value(Transform(), "rotation", -90.0) == Transform(rotation=-90)


def test_no_crop_that_can_be_set_leaves_nothing() -> None:
    highest = [each.high for each in PARAMETERS if isinstance(each, Slider) and each.name.startswith("crop")]
    assert len(highest) == 4
    assert all(high < 50 for high in highest)
