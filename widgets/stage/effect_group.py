"""One filter in the effects panel: its heading, its form, and what is wrong with it."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from effects.params import Declaration, Fault, Value
from widgets.common import plain
from widgets.common.collapsible import Collapsible
from widgets.common.forms import column, label, set_tone
from widgets.common.parameter_form import ParameterForm
from widgets.stage.effect_texts import effect_text, refusal_text

LOOKS: Final = ("color", "look")
"""The choice that is shown as pictures."""


class EffectGroup:
    """Built from a declaration; `section` is the widget."""

    def __init__(self, declaration: Declaration) -> None:
        self.declaration = declaration
        pictured = {LOOKS[1]} if declaration.name == LOOKS[0] else set()
        self.form = ParameterForm(declaration.parameters, effect_text, pictured)
        self.fault = label("", "dim")
        self.fault.setWordWrap(True)
        set_tone(self.fault, "warn")
        self.fault.setContentsMargins(8, 0, 0, 4)
        self.fault.hide()
        content = QWidget()
        content.setLayout(column(self.fault, self.form, spacing=0))
        self.section = Collapsible(content)
        self.retranslate()

    def retranslate(self) -> None:
        """Set the heading again; the form does it by itself."""
        self.section.set_title(effect_text(self.declaration.title))

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show the values of this filter; those not named are as declared."""
        self.form.show_values(values)
        self.mark(values)

    def mark(self, values: Mapping[str, Value]) -> None:
        """Show in the heading whether anything is not as declared."""
        (self.section.mark_used if values else self.section.mark_unused)()

    def show_state(self, cost_ms: float | None, fault: str | Fault) -> bool:
        """Show what the filter costs and what is wrong with it; return whether that is wrong since now."""
        is_news = bool(fault) and refusal_text(fault) != self.fault.text()
        plain.set_text(self.section.note, "" if cost_ms is None else f"{cost_ms:.1f} ms")
        plain.set_text(self.fault, refusal_text(fault))
        self.fault.setVisible(bool(fault))
        set_tone(self.section.mark, "warn" if fault else "focus")  # seen while the group is folded, too
        return is_news
