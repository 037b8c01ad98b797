import pytest
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from effects.params import Slider
from tests.widgets.conftest import Record
from tests.widgets.parameters import ALL, LOOK
from widgets.common.parameter_fields import ChoiceField, PicturesField, SliderField
from widgets.common.parameter_form import ParameterForm


@pytest.fixture
def form(qtbot: QtBot) -> ParameterForm:
    made = ParameterForm(ALL, lambda english: english)
    qtbot.addWidget(made)
    made.show()
    return made


def shown(form: ParameterForm) -> list[str]:
    return [name for name, field in form.fields.items() if field.isVisible()]


def test_there_is_a_field_for_every_parameter_in_its_order(form: ParameterForm) -> None:
    assert list(form.fields) == [each.name for each in ALL]


def test_only_what_is_worth_showing_is_shown(form: ParameterForm) -> None:
    always = ["smooth", "chin", "hat"]
    assert shown(form) == ["kind", *always]
    form.show_values({"kind": "color"})
    assert shown(form) == ["kind", "color", *always]
    form.show_values({"kind": "picture"})
    assert shown(form) == ["kind", "picture", *always]
    form.show_values({"kind": "picture", "picture": "file"})
    assert shown(form) == ["kind", "picture", "file", *always]
    form.show_values({"kind": "none", "picture": "file"})
    assert shown(form) == ["kind", *always]


def test_what_the_host_chooses_is_told_and_shows_what_belongs_to_it(
    form: ParameterForm, record: Record
) -> None:
    chosen = record(form.chosen)
    kind = form.fields["kind"]
    assert isinstance(kind, ChoiceField)
    kind.box.setCurrentIndex(2)
    kind.box.activated.emit(2)

    assert chosen == [("kind", "color")]
    assert "color" in shown(form)


def test_values_that_are_not_named_are_as_declared(form: ParameterForm, record: Record) -> None:
    chosen = record(form.chosen)
    form.show_values({"smooth": 40.0, "chin": -10.0})
    form.show_values({"smooth": 30.0})
    smooth, chin = form.fields["smooth"], form.fields["chin"]
    assert isinstance(smooth, SliderField)
    assert isinstance(chin, SliderField)

    assert (smooth.slider.value(), chin.slider.value()) == (30, 0)
    assert chosen == []


def test_pictures_of_a_choice_come_later(qtbot: QtBot) -> None:
    form = ParameterForm((LOOK,), lambda english: english, {"look"})
    qtbot.addWidget(form)
    red = QPixmap(56, 70)
    red.fill(QColor("red"))
    form.show_picture("look", "film", red)
    form.show_picture("other", "film", red)
    field = form.fields["look"]
    assert isinstance(field, PicturesField)

    image = field.pictures.buttons["film"].icon().pixmap(56, 70).toImage()
    assert image.pixelColor(28, 35) == QColor("red")


def test_a_number_is_shown_with_its_unit(qtbot: QtBot) -> None:
    form = ParameterForm((Slider(name="level_db", label="Level", low=-60, high=0, unit="dB"),), str)
    qtbot.addWidget(form)
    form.show_values({"level_db": -18.0})
    field = form.fields["level_db"]
    assert isinstance(field, SliderField)
    assert field.number.text() == "-18 dB"
