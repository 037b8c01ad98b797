"""The list of hotkeys, opened by F1."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableWidget, QWidget

from widgets.common import plain
from widgets.common.forms import column, push_button, row, say


class HotkeysDialog(QDialog):
    """Shows what each key does; opened with `open()`."""

    def __init__(self, entries: Sequence[tuple[str, QKeySequence]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Hotkeys"))
        self.resize(460, 520)
        self.table = QTableWidget(len(entries), 2)
        self.table.setHorizontalHeaderLabels([self.tr("What it does"), self.tr("Key")])
        self.table.setAccessibleName(self.tr("Hotkeys"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, (text, sequence) in enumerate(entries):
            self.table.setItem(number, 0, plain.cell(text))
            keys = sequence.toString(QKeySequence.SequenceFormat.NativeText)
            self.table.setItem(number, 1, plain.cell(keys))
        self.close_button = push_button()
        say(self.close_button, self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        foot = row(self.close_button)
        foot.insertStretch(0, 1)
        self.setLayout(column(self.table, foot, margin=16, spacing=12))
