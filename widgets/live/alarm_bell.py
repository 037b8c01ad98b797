"""The bell on the rail: how many alarms nobody has looked at; a click opens the log of all."""

import time
from collections.abc import Callable, Collection
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import say
from widgets.common.rail import RailButton
from widgets.common.retranslate import Retranslating
from widgets.common.theme import color, icon
from widgets.live.alarm_log import AlarmLog
from widgets.live.alarm_popup import AlarmPopup
from widgets.live.alarms import Alarm
from widgets.live.toasts import Tone

BADGE_HEIGHT: Final = 16
BADGE_TEXT_PX: Final = 11
MOST_COUNTED: Final = 99
TINTS: Final = {None: "dim", Tone.OK: "ok", Tone.WARN: "warn", Tone.BAD: "fault"}
MARGIN: Final = 8


class AlarmBell(Retranslating, RailButton):
    """Takes what is wrong at every change, and keeps the log.

    Args:
        now_ms: the time in milliseconds since 1970.

    Attributes:
        fault_began: a new fault came, which is to be heard.
        sound_toggled: emitted with whether new faults are to make a sound.
        popup: the log, as it opens.
    """

    fault_began = Signal()
    sound_toggled = Signal(bool)

    def __init__(self, now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000) -> None:
        super().__init__("fa5s.bell")
        self._now_ms = now_ms
        self._log = AlarmLog()
        self.popup = AlarmPopup(self)
        self.popup.sound_toggled.connect(self.sound_toggled)
        self.clicked.connect(self._open)
        self.retranslate()

    @property
    def badge(self) -> str:
        """What the badge says; empty when all was looked at."""
        count = len(self._log.unseen)
        return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")

    def record(self, shown: Collection[Alarm], going_on: Collection[str]) -> None:
        """Take what is wrong now: the alarms that are shown, and the keys of all."""
        is_to_sound = self._log.record(shown, going_on, self._now_ms())
        if self.popup.isVisible():
            self._show_log()
        self.retranslate()
        if is_to_sound:
            self.fault_began.emit()

    def show_sound(self, *, is_on: bool) -> None:
        """Show whether new faults make a sound."""
        self.popup.sound.setChecked(is_on)

    @override
    def retranslate(self) -> None:
        self.setIcon(icon("fa5s.bell", TINTS[self._log.worst_now]))
        count = len(self._log.unseen)
        words = self.tr("Alarms: {n} new").format(n=count) if count else self.tr("Alarms")
        say(self, words, words)
        plain.set_description(self, self.tr("What was wrong, and for how long"))
        self.update()

    def _open(self) -> None:
        self._show_log()
        self.retranslate()
        window = self.window()
        self.popup.fit_into(window.height() - 2 * MARGIN)
        right = self.mapTo(window, QPoint(self.width() + MARGIN, 0)).x()
        bottom = self.mapTo(window, QPoint(0, self.height())).y()
        self.popup.move(window.mapToGlobal(QPoint(right, max(MARGIN, bottom - self.popup.height()))))
        self.popup.show()
        self.popup.table.setFocus(Qt.FocusReason.PopupFocusReason)

    def _show_log(self) -> None:
        self._log.see()
        self.popup.show_log(self._log.newest_first)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.badge:
            return
        has_fault = any(one.alarm.tone is Tone.BAD for one in self._log.unseen)
        font = self.font()
        font.setPixelSize(BADGE_TEXT_PX)
        font.setBold(True)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        wide = max(BADGE_HEIGHT, painter.fontMetrics().horizontalAdvance(self.badge) + 8)
        box = QRect(self.width() - wide, 0, wide, BADGE_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("fault" if has_fault else "warn"))
        painter.drawRoundedRect(box, BADGE_HEIGHT / 2, BADGE_HEIGHT / 2)
        painter.setPen(color("bg"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.badge)
