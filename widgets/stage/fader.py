"""A mixer's fader, and the words for where it stands."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import label
from widgets.common.theme import tabular
from widgets.common.throttle import Throttle

FADER_MIN_DB: Final = -60
FADER_MAX_DB: Final = 12
STEPS_PER_DB: Final = 2
FADER_INTERVAL_MS: Final = 40


class Fader(QSlider):
    """A slider in half decibels; a double click sets it to 0 dB.

    Attributes:
        gain_chosen: emitted with a gain in dB, -60 to +12, at most 25 times a second.
        reading: says the gain; whoever has the fader places it.
    """

    gain_chosen = Signal(float)

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(FADER_MIN_DB * STEPS_PER_DB, FADER_MAX_DB * STEPS_PER_DB)
        self.setPageStep(3 * STEPS_PER_DB)
        self.reading = label("0.0 dB", "dim")
        self.reading.setFont(tabular(self.reading.font()))
        self.reading.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._throttle: Throttle[float] = Throttle(FADER_INTERVAL_MS, self)
        self._throttle.passed.connect(self.gain_chosen.emit)
        self.valueChanged.connect(self._on_moved)

    def show_gain(self, gain_db: float) -> None:
        """Stand where the gain is, in dB, without asking for a change."""
        blocked = self.blockSignals(True)  # noqa: FBT003  Qt's own name
        self.setValue(round(gain_db * STEPS_PER_DB))
        self.blockSignals(blocked)
        self._show_value()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.setValue(0)

    def _on_moved(self) -> None:
        self._show_value()
        self._throttle.put(self.value() / STEPS_PER_DB)

    def _show_value(self) -> None:
        gain_db = self.value() / STEPS_PER_DB
        plain.set_text(self.reading, f"{gain_db:+.1f} dB" if gain_db else "0.0 dB")
