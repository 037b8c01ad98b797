"""How well the broadcast runs, in one word; a click opens the figures behind it."""

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import column, label, row, set_tone
from widgets.common.retranslate import Retranslated, Retranslating
from widgets.common.text import rate
from widgets.common.theme import icon, tabular
from widgets.live.figure import SIGN_SIDE
from widgets.live.stats_panel import StatsPanel
from widgets.live.studio_stats import StudioStats, dropped_tone, fps_tone, loss_tone, rate_tone, rtt_tone

TINTS: Final = {"": "ok", "warn": "warn", "bad": "fault"}


class HealthButton(Retranslating, QPushButton):
    """One word in its colour; the statistics open below it.

    Attributes:
        changed: it may need another width.
        stats: the figures that a click opens.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("barButton")
        self._stats: StudioStats | None = None
        self.sign, self.word, self.details = label(), label("", "number"), label("", "faint")
        self.details.setFont(tabular(self.details.font()))
        for shown in (self.sign, self.word, self.details):
            shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row = row(self.sign, self.word, self.details, spacing=6)
        self._row.setContentsMargins(6, 0, 6, 0)
        self.setLayout(self._row)
        self.popup = _Popup(self)
        self.stats = self.popup.stats
        self.clicked.connect(self._open)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()
        self.retranslate()

    def show_stats(self, stats: StudioStats) -> None:
        """Take the numbers of a second; nothing is said before a picture is made."""
        self._stats = stats
        self.stats.show_stats(stats)
        self._show()

    @override
    def retranslate(self) -> None:
        self.setToolTip(self.tr("How picture and line do; click for all figures"))
        self.setAccessibleName(self.tr("Statistics"))
        self._show()

    @property
    def words(self) -> str:
        """All that it says, also where room is short; empty before a picture is made."""
        return "" if self.isHidden() else f"{self.word.text()} {self.details.text()}"

    def show_details(self, *, is_wanted: bool) -> None:
        """Show rate and frames behind the word, or leave them out where room is short."""
        self.details.setVisible(is_wanted)

    @override
    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return self._row.minimumSize()

    def _show(self) -> None:
        stats = self._stats
        if stats is None or not stats.fps:
            self.hide()
            self.changed.emit()
            return
        tones = {fps_tone(stats), dropped_tone(stats), rtt_tone(stats), loss_tone(stats), rate_tone(stats)}
        tone = "bad" if "bad" in tones else "warn" if "warn" in tones else ""
        words = {"": self.tr("Smooth"), "warn": self.tr("Strained"), "bad": self.tr("Poor")}
        self.sign.setPixmap(icon("fa5s.tachometer-alt", TINTS[tone]).pixmap(SIGN_SIDE, SIGN_SIDE))
        plain.set_text(self.word, words[tone])
        set_tone(self.word, tone or "ok")
        sent = [rate(stats.bitrate_kbps)] if stats.is_publishing else []
        details = " · ".join([*sent, f"{stats.fps:.0f} fps"])
        plain.set_text(self.details, details)
        plain.set_name(self, f"{words[tone]} {details}")
        self.show()
        self.changed.emit()

    def _open(self) -> None:
        self.popup.adjustSize()
        self.popup.move(self.mapToGlobal(QPoint(0, self.height() + 6)))
        self.popup.show()


class _Popup(Retranslated):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.stats = StatsPanel()
        self.setLayout(column(self.stats))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Statistics"))
