"""A form built from what a filter declares: one row a parameter, shown while it is worth showing."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel
from typing_extensions import override

from effects.params import Parameter, Value
from widgets.common import plain
from widgets.common.field import Field, Translate
from widgets.common.forms import label
from widgets.common.parameter_fields import PicturesField, SliderField, ToggleField, make_field
from widgets.common.retranslate import Retranslated

SELF_LABELLED: Final = (SliderField, ToggleField, PicturesField)


class ParameterForm(Retranslated):
    """Shows the values it is given, and emits changes.

    Attributes:
        chosen: emitted with a parameter's name and its new value.
    """

    chosen = Signal(str, object)

    def __init__(
        self, parameters: Sequence[Parameter], translate: Translate, pictured: Collection[str] = ()
    ) -> None:
        """Build the form.

        Args:
            parameters: in the order in which they are shown.
            translate: makes of a declared English text one in the host's language.
            pictured: names of choices that are shown as pictures; these come by `show_picture`.
        """
        super().__init__()
        self._values: dict[str, Value] = {each.name: each.default for each in parameters}
        self.fields: dict[str, Field] = {}
        self._labels: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 4, 0, 12)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        for parameter in parameters:
            field = make_field(parameter, translate, with_pictures=parameter.name in pictured)
            self._add(parameter.name, field)
        self.retranslate()
        self._show_rows()

    def _add(self, name: str, field: Field) -> None:
        number = self._grid.rowCount()
        self.fields[name] = field
        field.chosen.connect(lambda value: self._on_chosen(name, value))
        if isinstance(field, SELF_LABELLED):
            self._grid.addWidget(field, number, 0, 1, 2)
            return
        self._labels[name] = label()
        self._labels[name].setBuddy(field)
        self._grid.addWidget(self._labels[name], number, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, number, 1)

    @override
    def retranslate(self) -> None:
        for name, text in self._labels.items():
            plain.set_text(text, self.fields[name].text)

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show these values, and the defaults of those that are not named."""
        for name, field in self.fields.items():
            self._values[name] = values.get(name, field.parameter.default)
            field.show_value(self._values[name])
        self._show_rows()

    def show_picture(self, name: str, value: str, picture: QPixmap) -> None:
        """Show the picture of one value of a choice."""
        field = self.fields.get(name)
        if isinstance(field, PicturesField):
            field.pictures.show_picture(value, picture)

    def _on_chosen(self, name: str, value: Value) -> None:
        self._values[name] = value
        self._show_rows()
        self.chosen.emit(name, value)

    def _show_rows(self) -> None:
        for name, field in self.fields.items():
            is_worth = self._is_worth_showing(name)
            field.setVisible(is_worth)
            if name in self._labels:
                self._labels[name].setVisible(is_worth)

    def _is_worth_showing(self, name: str) -> bool:
        condition = self.fields[name].parameter.shown_if
        if condition is None:
            return True
        return self._values[condition.name] in condition.values and self._is_worth_showing(condition.name)
