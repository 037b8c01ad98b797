from pytestqt.qtbot import QtBot

from tests.widgets.parameters import SMOOTH
from widgets.common.parameter_fields import SliderField


def test_a_field_is_called_as_declared_in_the_hosts_language(qtbot: QtBot) -> None:
    words = {"Smooth": "磨皮"}
    field = SliderField(SMOOTH, lambda english: words.get(english, english))
    qtbot.addWidget(field)

    assert field.text == "磨皮"
    words["Smooth"] = "柔肤"
    field.retranslate()
    assert field.slider.accessibleName() == "柔肤"
