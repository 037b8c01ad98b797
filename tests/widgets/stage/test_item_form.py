import pytest
from pytestqt.qtbot import QtBot

from studio.engine.messages.values import Device, Devices
from studio.project.project import SceneItem, Transform
from tests.widgets.conftest import Record
from tests.widgets.stage.sample_project import CAMERA, TITLE
from widgets.common.parameter_fields import DeviceField, SliderField, TextField
from widgets.stage.item_form import ItemForm

ITEM = SceneItem("i", "camera", Transform(x=0.25))


@pytest.fixture
def form(qtbot: QtBot) -> ItemForm:
    made = ItemForm()
    qtbot.addWidget(made)
    return made


def test_the_form_is_what_the_kind_declares(form: ItemForm) -> None:
    form.show_item(ITEM, CAMERA)
    form.show_offer(Devices(cameras=[Device("cam-1", "Webcam")]))
    assert form.settings is not None
    field = form.settings.fields["device"]
    assert isinstance(field, DeviceField)
    assert field.box.currentText() == "Webcam"
    form.show_item(ITEM, TITLE)
    assert isinstance(form.settings.fields["text"], TextField)


def test_settings_and_places_are_asked_for(form: ItemForm, record: Record) -> None:
    form.show_item(ITEM, CAMERA)
    settings, places = record(form.setting_chosen), record(form.place_chosen)
    assert form.settings is not None
    form.settings.chosen.emit("device", "cam-2")
    slider = form.place.fields["x"]
    assert isinstance(slider, SliderField)
    assert slider.slider.value() == 25
    slider.slider.setValue(40)
    assert settings == [("device", "cam-2")]
    assert places == [("x", 40.0)]


def test_without_an_item_there_is_no_form(form: ItemForm) -> None:
    form.show_item(ITEM, CAMERA)
    form.show_item(None, None)
    assert form.isHidden()
