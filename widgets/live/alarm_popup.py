"""What opens at the bell: each alarm with its time, its cause, what helps, and how long it lasted."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QStackedLayout,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.moment import moment_text
from widgets.common.retranslate import Retranslated
from widgets.common.text import clock
from widgets.common.theme import color, icon
from widgets.live.alarm_log import LoggedAlarm
from widgets.live.toasts import SIGNS, Tone

SIZE: Final = QSize(560, 420)
TIME_WIDTH: Final = 76
SIGN: Final = QSize(16, 16)


class AlarmPopup(Retranslated):
    """Shows the log that it is given, the newest first.

    Attributes:
        sound_toggled: emitted with whether new faults are to make a sound.
    """

    sound_toggled = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._log: Sequence[LoggedAlarm] = ()
        self.title = label("", "title")
        self.sound = QCheckBox()
        self.sound.toggled.connect(self.sound_toggled)
        self.copy_button = push_button("fa5s.copy")
        self.copy_button.clicked.connect(self.copy)
        self.empty = label("", "dim")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.table = _table()
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        head = row(self.title, self.sound, self.copy_button, spacing=12)
        head.insertStretch(1, 1)
        layout = column(head, pages, margin=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setFixedSize(SIZE)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Alarms"))
        self.table.setAccessibleName(self.tr("Alarms"))
        self.title.setText(self.tr("Alarms"))
        self.sound.setText(self.tr("Sound for a fault"))
        self.sound.setToolTip(self.tr("A new fault is heard on this computer, never in the broadcast"))
        say(self.copy_button, self.tr("Copy"), self.tr("Copy all of these as text"))
        self.empty.setText(self.tr("Nothing has gone wrong yet. What does is kept here, with what helps."))
        self.show_log(self._log)

    def fit_into(self, height: int) -> None:
        """Be no higher than this."""
        self.setFixedHeight(min(SIZE.height(), height))

    def show_log(self, log: Sequence[LoggedAlarm]) -> None:
        """Show these, the newest first."""
        self._log = log
        table = self.table
        table.setRowCount(len(log))
        for number, one in enumerate(log):
            for place, cell in enumerate((_when_cell(one), _what_cell(one), self._lasted_cell(one))):
                table.setItem(number, place, cell)
        table.resizeRowsToContents()
        self._pages.setCurrentIndex(0 if log else 1)
        self.copy_button.setEnabled(bool(log))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.resizeRowsToContents()  # its columns have their widths now

    def copy(self) -> None:
        """Put all of it on the clipboard, a line an alarm, the newest first."""
        QGuiApplication.clipboard().setText("\n".join(self._line(one) for one in self._log))

    def _line(self, one: LoggedAlarm) -> str:
        tone = self.tr("Fault") if one.alarm.tone is Tone.BAD else self.tr("Warning")
        said = " ".join(plain.one_text(f"{one.alarm.text} {one.alarm.remedy}").split())
        second = _second(one.began_ms)[-3:]
        return "\t".join((moment_text(one.began_ms) + second, tone, said, self._lasted(one)))

    def _lasted_cell(self, one: LoggedAlarm) -> QTableWidgetItem:
        made = plain.cell(self._lasted(one))
        made.setForeground(color("dim" if one.ended_ms is not None else SIGNS[one.alarm.tone][1]))
        made.setTextAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        return made

    def _lasted(self, one: LoggedAlarm) -> str:
        if one.ended_ms is None:
            return self.tr("goes on")
        seconds = (one.ended_ms - one.began_ms) // 1000
        if seconds < 60:
            return self.tr("lasted {n} s").format(n=max(1, seconds))
        return self.tr("lasted {time}").format(time=clock(seconds))


def _table() -> QTableWidget:
    made = QTableWidget(0, 3)
    made.setObjectName("log")
    made.setShowGrid(False)
    made.setIconSize(SIGN)
    made.verticalHeader().hide()
    made.horizontalHeader().hide()
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)  # Tab leads out of the table, to the buttons
    made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    header = made.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
    header.resizeSection(0, TIME_WIDTH)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
    return made


def _second(at_ms: int) -> str:
    return QLocale.c().toString(QDateTime.fromMSecsSinceEpoch(at_ms), "HH:mm:ss")


def _when_cell(one: LoggedAlarm) -> QTableWidgetItem:
    made = plain.cell(_second(one.began_ms))
    made.setForeground(color("faint"))
    made.setTextAlignment(Qt.AlignmentFlag.AlignTop)
    return made


def _what_cell(one: LoggedAlarm) -> QTableWidgetItem:
    made = plain.cell("\n".join(filter(None, (one.alarm.text, one.alarm.remedy))))
    made.setIcon(icon(*SIGNS[one.alarm.tone]))
    return made
