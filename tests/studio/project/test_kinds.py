import pytest

from studio.project.kinds import PARAMETERS, first_place, values_of
from studio.project.project import FULL_CANVAS, Fit, Source, SourceKind


@pytest.mark.parametrize("kind", sorted(SourceKind))
def test_every_kind_declares_what_it_is_opened_with(kind: SourceKind) -> None:
    values_of(Source("s", kind))
    assert first_place(kind).fit in Fit
    names = [parameter.name for parameter in PARAMETERS[kind]]
    assert len(set(names)) == len(names)


def test_settings_that_do_not_fit_give_way_to_what_is_declared() -> None:
    values = values_of(
        Source("t", SourceKind.TEXT, settings={"text": "sale", "color": "red", "of_yesterday": 1.0})
    )
    assert values.text("text") == "sale"
    assert values.text("color") == "#ffffff"


def test_a_text_longer_than_allowed_is_left_out() -> None:
    assert values_of(Source("t", SourceKind.TEXT, settings={"text": "x" * 501})).text("text") == ""


def test_a_camera_fills_the_canvas_and_a_text_a_part_of_it() -> None:
    assert first_place(SourceKind.CAMERA) == FULL_CANVAS
    assert first_place(SourceKind.TEXT).fit is Fit.CONTAIN
