"""The button that starts and stops the recording, and says how long and how large it is."""

import time
from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy
from typing_extensions import override

from studio.engine.messages.recording import RecordingState
from widgets.common import plain
from widgets.common.forms import set_tone
from widgets.common.meaning_guard import MeaningGuard
from widgets.common.retranslate import Retranslating
from widgets.common.text import clock, size
from widgets.common.theme import ICON_SIZE, icon, tabular


class RecordButton(Retranslating, QPushButton):
    """Asks, and shows the state it is given.

    Args:
        now_s: the time in seconds, by which a click is too soon after the button changed.

    Attributes:
        start_wanted, stop_wanted: what their names say.
    """

    start_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.setObjectName("recordButton")
        self.setIconSize(ICON_SIZE)
        self.setFont(tabular(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._state = RecordingState.IDLE
        self._seconds, self._size_bytes = 0.0, 0
        self._has_words = True
        self._guard = MeaningGuard(self, [self], now_s)
        self.clicked.connect(self._ask)
        self.retranslate()

    def show_state(self, state: RecordingState) -> None:
        """Show how the recording is doing."""
        if state is RecordingState.STARTING:
            self._seconds, self._size_bytes = 0.0, 0
        self._state = state
        self.retranslate()

    def show_progress(self, seconds: float, size_bytes: int) -> None:
        """Show how much is recorded."""
        self._seconds, self._size_bytes = seconds, size_bytes
        self.retranslate()

    def show_words(self, *, are_wanted: bool) -> None:
        """Show all, or time alone where room is short."""
        if are_wanted != self._has_words:
            self._has_words = are_wanted
            self.retranslate()

    def toggle_recording(self) -> None:
        """Start or stop; what the hotkey does."""
        if not self._guard.is_settling:
            self._ask()

    @override
    def retranslate(self) -> None:
        is_idle = self._state is RecordingState.IDLE
        is_paused = self._state is RecordingState.PAUSED
        figures = f"{clock(self._seconds)} · {size(self._size_bytes)}"
        if is_idle:
            text, short, tip = self.tr("Record"), "", self.tr("Record to this computer (Ctrl+Shift+R)")
        elif is_paused:
            text, short = self.tr("Recording paused"), clock(self._seconds)
            tip = self.tr("The recording is paused; click to end it") + f"\n{figures}"
        else:
            text, short = figures, clock(self._seconds)
            tip = self.tr("Recording; click to end it (Ctrl+Shift+R)") + f"\n{figures}"
        plain.set_text(self, text if self._has_words else short)
        name = self.tr("Recording: {figures}").format(figures=figures)
        plain.set_name(self, text if is_idle else name)
        plain.set_tooltip(self, tip)
        self.setIcon(icon("fa5s.pause" if is_paused else "fa5s.circle", "text" if is_idle else "accent"))
        set_tone(self, "" if is_idle else "new")
        self._guard.show_meaning("start" if is_idle else "stop")

    def _ask(self) -> None:
        if self._state is RecordingState.IDLE:
            self.start_wanted.emit()
        else:
            self.stop_wanted.emit()
