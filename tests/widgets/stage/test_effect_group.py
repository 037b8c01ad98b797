import pytest
from pytestqt.qtbot import QtBot

from tests.widgets.parameters import DECLARATIONS
from widgets.common.parameter_fields import ChoiceField, PicturesField
from widgets.stage.effect_group import EffectGroup


def group(qtbot: QtBot, name: str) -> EffectGroup:
    made = EffectGroup(next(each for each in DECLARATIONS if each.name == name))
    qtbot.addWidget(made.section)
    made.section.show()
    return made


def test_the_heading_says_what_the_filter_costs_and_that_it_is_in_use(qtbot: QtBot) -> None:
    beauty = group(qtbot, "beauty")
    assert beauty.section.heading.text() == "Beauty"
    beauty.show_values({"smooth": 40.0})
    beauty.show_state(2.94, "")

    assert beauty.section.mark.isVisible()
    assert beauty.section.note.text() == "2.9 ms"
    beauty.show_values({})
    beauty.show_state(None, "")
    assert not beauty.section.mark.isVisible()
    assert beauty.section.note.text() == ""


def test_what_is_wrong_stands_over_the_form(qtbot: QtBot) -> None:
    background = group(qtbot, "background")
    background.section.unfold()
    background.show_state(None, "expected a video, got shop.mp4")
    assert background.fault.isVisible()
    assert background.fault.text() == "expected a video, got shop.mp4"

    assert background.section.mark.property("tone") == "warn"
    background.show_state(1.0, "")
    assert background.section.mark.property("tone") == "focus"
    assert not background.fault.isVisible()


@pytest.mark.parametrize(
    ("name", "parameter", "kind"), [("color", "look", PicturesField), ("background", "kind", ChoiceField)]
)
def test_only_looks_are_chosen_by_pictures(
    qtbot: QtBot, name: str, parameter: str, kind: type[PicturesField | ChoiceField]
) -> None:
    assert isinstance(group(qtbot, name).form.fields[parameter], kind)
