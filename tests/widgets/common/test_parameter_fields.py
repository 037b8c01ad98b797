import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from effects.params import DeviceChoice, DeviceList, Parameter, Text
from tests.widgets.conftest import Record
from tests.widgets.parameters import ALL, CHIN, HAT, KIND, SMOOTH
from widgets.common.dialog_fields import ColorField, FileField
from widgets.common.parameter_fields import (
    ChoiceField,
    DeviceField,
    PicturesField,
    SliderField,
    TextField,
    ToggleField,
    make_field,
)

KINDS = {
    "slider": SliderField,
    "choice": ChoiceField,
    "toggle": ToggleField,
    "color": ColorField,
    "file": FileField,
}


def same(text: str) -> str:
    return text


@pytest.mark.parametrize("parameter", ALL, ids=lambda each: each.name)
def test_each_kind_of_parameter_has_its_field(qtbot: QtBot, parameter: Parameter) -> None:
    field = make_field(parameter, same)
    qtbot.addWidget(field)

    assert type(field) is KINDS[type(parameter).__name__.lower()]


def test_a_slider_tells_its_number_and_shows_it(qtbot: QtBot, record: Record) -> None:
    field = SliderField(CHIN, same)
    qtbot.addWidget(field)
    chosen = record(field.chosen)
    field.slider.setValue(-30)

    assert chosen == [(-30.0,)]
    assert field.number.text() == "-30"
    field.slider.setValue(30)
    assert field.number.text() == "+30"


def test_the_reset_button_is_there_only_when_there_is_something_to_reset(
    qtbot: QtBot, record: Record
) -> None:
    field = SliderField(SMOOTH, same)
    qtbot.addWidget(field)
    field.show()
    assert not field.reset_button.isVisible()
    field.slider.setValue(40)
    chosen = record(field.chosen)
    QTest.mouseClick(field.reset_button, Qt.MouseButton.LeftButton)

    assert chosen == [(0.0,)]
    assert not field.reset_button.isVisible()


def test_showing_a_value_tells_nobody(qtbot: QtBot, record: Record) -> None:
    for parameter, value in ((SMOOTH, 40.0), (KIND, "color"), (HAT, True)):
        field = make_field(parameter, same)
        qtbot.addWidget(field)
        chosen = record(field.chosen)
        field.show_value(value)
        assert chosen == []


def test_a_choice_tells_the_value_not_the_text(qtbot: QtBot, record: Record) -> None:
    field = ChoiceField(KIND, same)
    qtbot.addWidget(field)
    chosen = record(field.chosen)
    field.show()
    QTest.keyClick(field.box, Qt.Key.Key_Down)

    assert chosen == [("picture",)]
    field.retranslate()
    assert field.box.currentText() == "Picture"


def test_a_choice_can_be_made_of_pictures(qtbot: QtBot, record: Record) -> None:
    field = make_field(KIND, same, with_pictures=True)
    assert isinstance(field, PicturesField)
    qtbot.addWidget(field)
    chosen = record(field.chosen)
    field.pictures.buttons["color"].click()

    assert chosen == [("color",)]


def test_a_toggle_tells_true_and_false(qtbot: QtBot, record: Record) -> None:
    field = ToggleField(HAT, same)
    qtbot.addWidget(field)
    chosen = record(field.chosen)
    field.box.click()
    field.box.click()

    assert chosen == [(True,), (False,)]
    assert field.box.text() == "Hat"


def test_a_text_is_told_when_typing_rests(qtbot: QtBot, record: Record) -> None:
    field = make_field(Text(name="text", label="Text", most=10), same)
    qtbot.addWidget(field)
    assert isinstance(field, TextField)
    chosen = record(field.chosen)
    field.show_value("before")
    QTest.keyClicks(field.edit, "sale")
    qtbot.waitUntil(lambda: len(chosen) == 1)

    assert chosen == [("salebefore",)]
    QTest.keyClicks(field.edit, "too much")
    qtbot.waitUntil(lambda: len(chosen) == 2)
    assert len(chosen[1][0]) == 10  # type: ignore[arg-type]


def test_a_device_is_chosen_by_its_name_and_told_by_its_id(qtbot: QtBot, record: Record) -> None:
    field = make_field(DeviceChoice(name="device", label="Camera", devices=DeviceList.CAMERAS), same)
    qtbot.addWidget(field)
    assert isinstance(field, DeviceField)
    chosen = record(field.chosen)
    field.show_offer([("cam-1", "Webcam")])
    field.box.setCurrentIndex(1)
    field.box.activated.emit(1)

    assert field.box.currentText() == "Webcam"
    assert chosen == [("cam-1",)]


def test_a_device_that_is_not_there_stays_chosen(qtbot: QtBot) -> None:
    field = DeviceField(DeviceChoice(name="device", label="Camera", devices=DeviceList.CAMERAS), same)
    qtbot.addWidget(field)
    field.show_value("cam-9")
    field.show_offer([("cam-1", "Webcam")])

    assert field.box.currentText() == "cam-9 (not there)"
    assert field.box.currentData() == "cam-9"
