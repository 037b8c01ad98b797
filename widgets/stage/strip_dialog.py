"""What a strip's sound goes through: its filters with their forms, and where it sounds and when."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from effects.params import Declaration, Parameter, Slider, Toggle, Value
from studio.project.project import MOST_OFFSET_MS, SoundFilter, Strip
from studio.project.voice import VOICE
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.parameter_form import ParameterForm
from widgets.common.retranslate import Retranslated
from widgets.stage.filter_list import FilterList
from widgets.stage.sound_texts import sound_text

PLACE: Final[tuple[Parameter, ...]] = (
    Slider(name="pan", label="Pan: left or right", low=-100, high=100, unit="%"),
    Slider(
        name="offset_ms",
        label="Sync offset: later or earlier than the picture",
        low=-MOST_OFFSET_MS,
        high=MOST_OFFSET_MS,
        unit="ms",
    ),
    Toggle(name="is_mono", label="Mono: the same on both sides"),
)
"""What every strip lets people set beside its filters."""
_LIST_WIDTH: Final = 240
_SIZE: Final = (640, 520)


class StripDialog(QDialog):
    """Stays open beside the stage while the host listens; shows the strip it is given, and asks for changes.

    Attributes:
        strip_chosen: emitted with the strip as the host wants it, and what is being dragged ("" for nothing).
    """

    strip_chosen = Signal(object, str)

    def __init__(self, parent: QWidget, declarations: Iterable[Declaration], strip: Strip, name: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._strip = strip
        declared = {each.name: each for each in declarations}
        self.filters = FilterList(declared)
        self.filters.setFixedWidth(_LIST_WIDTH)
        self.forms = {each.name: self._form_of(each) for each in declared.values()}
        self._hint = label("", "dim")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        self._pages = {name: _at_the_top(form) for name, form in self.forms.items()}
        for page in self._pages.values():
            self._stack.addWidget(page)
        self.place = ParameterForm(PLACE, sound_text)
        self.place.chosen.connect(self._on_place_chosen)
        self.voice_button = push_button("fa5s.magic")
        self.voice_button.clicked.connect(lambda: self._on_filters_chosen(VOICE))
        left = column(self.voice_button, self.filters)
        body = row(left, self._stack, spacing=16)
        body.setStretch(1, 1)
        layout = column(body, self.place, margin=16, spacing=20)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        plain.set_title(self, self.tr("Sound of “{name}”").format(name=name))
        say(self.voice_button, self.tr("Filters for a voice"))
        plain.set_text(
            self._hint,
            self.tr("No filter: the sound is sent as it comes. “Filters for a voice” is a good beginning."),
        )
        self.filters.selected.connect(self._show_form)
        self.filters.filters_chosen.connect(self._on_filters_chosen)
        self.show_strip(strip)

    def show_strip(self, strip: Strip) -> None:
        """Show the strip as it is now."""
        self._strip = strip
        self.filters.show_filters(strip.filters)
        for each in strip.filters:
            if each.name in self.forms:
                self.forms[each.name].show_values(each.values)
        values = {"pan": strip.pan * 100, "is_mono": strip.is_mono, "offset_ms": strip.offset_ms}
        self.place.show_values(values)
        self._show_form(self.filters.selected_name)

    def _form_of(self, declaration: Declaration) -> ParameterForm:
        form = ParameterForm(declaration.parameters, sound_text)
        form.chosen.connect(lambda name, value: self._on_value_chosen(declaration.name, name, value))
        return form

    def _show_form(self, name: str) -> None:
        self._stack.setCurrentWidget(self._pages.get(name, self._hint))

    def _on_filters_chosen(self, filters: tuple[SoundFilter, ...]) -> None:
        self._choose(replace(self._strip, filters=filters), "")
        self.show_strip(self._strip)

    def _on_value_chosen(self, filter_name: str, name: str, value: Value) -> None:
        filters = tuple(
            replace(each, values={**each.values, name: value}) if each.name == filter_name else each
            for each in self._strip.filters
        )
        self._choose(replace(self._strip, filters=filters), f"{filter_name}.{name}")

    def _on_place_chosen(self, name: str, value: Value) -> None:
        if name == "pan" and not isinstance(value, str):
            value = value / 100
        self._choose(replace(self._strip, **{name: value}), name)

    def _choose(self, strip: Strip, gesture: str) -> None:
        self._strip = strip
        self.strip_chosen.emit(strip, gesture)


def _at_the_top(form: Retranslated) -> QWidget:
    holder = QWidget()
    layout = column(form)
    layout.addStretch(1)
    holder.setLayout(layout)
    return holder
