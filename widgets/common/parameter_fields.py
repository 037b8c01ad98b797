"""One field for each kind of parameter that a filter can declare."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit
from typing_extensions import override

from effects.params import Choice, Color, DeviceChoice, File, Parameter, Slider, Text, Toggle, Value
from widgets.common import plain
from widgets.common.dialog_fields import ColorField, FileField
from widgets.common.field import Field, Translate
from widgets.common.forms import column, combo, fill_combo, label, row, say, tool_button
from widgets.common.picture_choice import PictureChoice
from widgets.common.reset_slider import ResetSlider
from widgets.common.theme import tabular

_VALUE_WIDTH: Final = 34
_TEXT_HEIGHT: Final = 66
_REST_MS: Final = 250
_UNIT_WIDTH: Final = 32


class SliderField(Field):
    """Name, number and a button to reset it, over a slider that has the whole width for its steps."""

    def __init__(self, parameter: Slider, translate: Translate) -> None:
        super().__init__(parameter, translate)
        self.slider = ResetSlider(round(parameter.low), round(parameter.high), round(parameter.default))
        self.slider.valueChanged.connect(self._on_moved)
        self.name = label()
        self.number = label("", "dim")
        self.number.setFont(tabular(self.number.font()))
        self._unit = f" {parameter.unit}" if parameter.unit else ""
        self.number.setFixedWidth(_VALUE_WIDTH + (_UNIT_WIDTH if self._unit else 0))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.reset_button = tool_button("fa5s.undo", "faint")
        self.reset_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # one stop a row
        policy = self.reset_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset_button.setSizePolicy(policy)
        self.reset_button.clicked.connect(self.slider.reset)
        self.setFocusProxy(self.slider)
        head = row(self.name, self.number, self.reset_button, spacing=4)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.slider, spacing=0))
        self.retranslate()
        self._show_number()

    @override
    def retranslate(self) -> None:
        plain.set_text(self.name, self.text)
        plain.set_name(self.slider, self.text)
        self.slider.setToolTip(self.tr("A double click resets it"))
        say(self.reset_button, self.tr("Reset “{title}”").format(title=self.text))

    @override
    def show_value(self, value: Value) -> None:
        if isinstance(value, str):
            return
        blocked = self.slider.blockSignals(True)  # noqa: FBT003  Qt's own name
        self.slider.setValue(round(value))
        self.slider.blockSignals(blocked)
        self._show_number()

    def _on_moved(self) -> None:
        self._show_number()
        self.chosen.emit(float(self.slider.value()))

    def _show_number(self) -> None:
        value = self.slider.value()
        text = f"{value:+d}" if self.slider.minimum() < 0 and value else str(value)
        plain.set_text(self.number, f"{text}{self._unit}")
        self.reset_button.setVisible(value != self.slider.default)


class ChoiceField(Field):
    """A list to choose from."""

    def __init__(self, parameter: Choice, translate: Translate) -> None:
        super().__init__(parameter, translate)
        self._options = parameter.options
        self._value = parameter.default
        self.box = combo()
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.activated.connect(lambda: self._on_activated(str(self.box.currentData())))
        self.setFocusProxy(self.box)
        self.setLayout(row(self.box))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        plain.set_name(self.box, self.text)
        entries = [(option.value, self._translate(option.label)) for option in self._options]
        fill_combo(self.box, entries, self._value)

    @override
    def show_value(self, value: Value) -> None:
        self._value = str(value)
        self.box.setCurrentIndex(max(0, self.box.findData(value)))

    def _on_activated(self, value: str) -> None:
        self._value = value
        self.chosen.emit(value)


class PicturesField(Field):
    """Small pictures to choose from."""

    def __init__(self, parameter: Choice, translate: Translate) -> None:
        super().__init__(parameter, translate)
        self._options = parameter.options
        self.pictures = PictureChoice()
        self.pictures.chosen.connect(self.chosen.emit)
        self.setLayout(row(self.pictures))
        self.retranslate()
        self.show_value(parameter.default)

    @override
    def retranslate(self) -> None:
        plain.set_name(self.pictures, self.text)
        self.pictures.show_options([(each.value, self._translate(each.label)) for each in self._options])

    @override
    def show_value(self, value: Value) -> None:
        self.pictures.show_chosen(str(value))


class ToggleField(Field):
    """A box to tick."""

    def __init__(self, parameter: Toggle, translate: Translate) -> None:
        super().__init__(parameter, translate)
        self.box = QCheckBox()
        self.box.clicked.connect(lambda: self.chosen.emit(self.box.isChecked()))
        self.setFocusProxy(self.box)
        self.setLayout(row(self.box))
        self.retranslate()
        self.show_value(parameter.default)

    @override
    def retranslate(self) -> None:
        plain.set_text(self.box, self.text)
        plain.set_tooltip(self.box, self.text)
        plain.set_name(self.box, self.text)

    @override
    def show_value(self, value: Value) -> None:
        self.box.setChecked(value is True)


class TextField(Field):
    """Some lines to type; each change is told when typing rests."""

    def __init__(self, parameter: Text, translate: Translate) -> None:
        super().__init__(parameter, translate)
        self._most = parameter.most
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(_TEXT_HEIGHT)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._emit)
        self.edit.textChanged.connect(self._rest.start)
        self.setFocusProxy(self.edit)
        self.setLayout(row(self.edit))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        plain.set_name(self.edit, self.text)

    @override
    def show_value(self, value: Value) -> None:
        if str(value) != self.edit.toPlainText() and not self._rest.isActive():
            self.edit.setPlainText(str(value))
            self._rest.stop()

    def _emit(self) -> None:
        self.chosen.emit(self.edit.toPlainText()[: self._most])


class DeviceField(Field):
    """A list of the devices that are there, and the one that was chosen though it is not."""

    def __init__(self, parameter: DeviceChoice, translate: Translate) -> None:
        super().__init__(parameter, translate)
        self.devices: Final = parameter.devices
        self._offer: list[tuple[str, str]] = []
        self._value = parameter.default
        self.box = combo()
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.activated.connect(lambda: self.chosen.emit(str(self.box.currentData())))
        self.setFocusProxy(self.box)
        self.setLayout(row(self.box))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        plain.set_name(self.box, self.text)
        self._fill()

    def show_offer(self, offer: list[tuple[str, str]]) -> None:
        """Offer these devices, by id and name."""
        self._offer = offer
        self._fill()

    @override
    def show_value(self, value: Value) -> None:
        self._value = str(value)
        self._fill()

    def _fill(self) -> None:
        entries = [("", self.tr("Automatic")), *self._offer]
        if self._value and all(device_id != self._value for device_id, _ in entries):
            entries.append((self._value, self.tr("{name} (not there)").format(name=self._value)))
        fill_combo(self.box, entries, self._value)


def make_field(parameter: Parameter, translate: Translate, *, with_pictures: bool = False) -> Field:
    """Return the field for this parameter; a choice shows pictures if there will be some."""
    if isinstance(parameter, Choice):
        return (PicturesField if with_pictures else ChoiceField)(parameter, translate)
    makers: dict[type, Callable[[Any, Translate], Field]] = {
        Slider: SliderField,
        Toggle: ToggleField,
        Color: ColorField,
        File: FileField,
        Text: TextField,
        DeviceChoice: DeviceField,
    }
    return makers[type(parameter)](parameter, translate)
