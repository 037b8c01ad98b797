import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from widgets.campaigns.time_choice import TimeChoice, time_text


@pytest.fixture
def box(qtbot: QtBot) -> QComboBox:
    made = QComboBox()
    qtbot.addWidget(made)
    return made


def test_a_time_of_a_template_is_offered_beside_the_usual_ones(box: QComboBox) -> None:
    choice = TimeChoice(box, (30, 60, 120), range(10, 600), 60)
    choice.choose(45)
    assert choice.seconds == 45
    assert [box.itemText(place) for place in range(box.count())] == ["30 s", "45 s", "1 min", "2 min"]


def test_what_is_chosen_stays_through_a_change_of_language(box: QComboBox) -> None:
    choice = TimeChoice(box, (30, 60, 120), range(10, 600), 60)
    box.setCurrentIndex(2)
    choice.retranslate()
    assert choice.seconds == 120


@pytest.mark.parametrize(("seconds", "text"), [(45, "45 s"), (60, "1 min"), (90, "90 s"), (7200, "2 h")])
def test_a_time_is_said_by_its_largest_whole_unit(seconds: int, text: str) -> None:
    assert time_text(seconds) == text
