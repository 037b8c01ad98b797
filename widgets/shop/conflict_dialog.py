"""Shows an editor the change of another editor that came first, and asks which one counts."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableWidget, QWidget
from typing_extensions import override

from backend.contract.chat import SetBlockedWords, SetRoomRules
from backend.contract.profile import SetRoomProfile
from backend.contract.shop import Conflict
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.person_name import person_name
from widgets.shop.conflicts import Difference, Edit, overwriting

WIDTH: Final = 580
HIGHEST_TABLE: Final = 300
WIDEST_NAME: Final = 180
LONGEST_TITLE: Final = 30


class DifferencesDialog(QDialog):
    """What another editor made of it, beside what you wanted; open it with `open()`.

    It opens by itself, perhaps while the user types: so Enter decides only on a button that was chosen, and
    Escape decides nothing.

    Args:
        sentence: what happened.
        rows: see `widgets.shop.conflicts`.

    Attributes:
        mine_chosen: emitted for "Use mine".
        theirs_kept: emitted for "Keep theirs".
    """

    mine_chosen = Signal()
    theirs_kept = Signal()

    def __init__(self, parent: QWidget, sentence: str, rows: Sequence[Difference]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Changed meanwhile"))
        self.sentence = label(sentence, "dim")
        self.sentence.setWordWrap(True)
        self.table = self._table(rows)
        self.theirs_button, self.mine_button = push_button(), push_button()
        say(self.theirs_button, self.tr("Keep theirs"), self.tr("Leave everything as it is now"))
        say(self.mine_button, self.tr("Use mine"), self.tr("Overwrite what they did with what you wanted"))
        self.mine_button.setProperty("primary", "true")
        for button in (self.theirs_button, self.mine_button):
            button.setAutoDefault(False)
        self.theirs_button.clicked.connect(self._keep_theirs)
        self.mine_button.clicked.connect(self._use_mine)
        buttons = row(self.theirs_button, self.mine_button)
        buttons.insertStretch(0, 1)
        heading = label(self.tr("Somebody else was first"), "title")
        self.setLayout(column(heading, self.sentence, self.table, buttons, margin=22, spacing=14))
        self.resize(WIDTH, 1)  # as high as it needs, see `showEvent`
        self.table.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        table = self.table
        table.resizeRowsToContents()  # only now are the columns as wide as they stay
        rows = table.horizontalHeader().height() + table.verticalHeader().length() + 2 * table.frameWidth()
        table.setFixedHeight(min(rows, HIGHEST_TABLE))
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        for button in (self.theirs_button, self.mine_button):
            if self.focusWidget() is button and not event.isAutoRepeat():
                button.click()

    def _table(self, rows: Sequence[Difference]) -> QTableWidget:
        made = QTableWidget(len(rows), 3)
        made.setHorizontalHeaderLabels([self.tr("What"), self.tr("Yours"), self.tr("Theirs")])
        made.setAccessibleName(self.tr("What is different"))
        made.verticalHeader().hide()
        made.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        made.setShowGrid(False)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = made.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for number, difference in enumerate(rows):
            for place, text in enumerate((difference.field, difference.yours, difference.theirs)):
                made.setItem(number, place, plain.cell(text))
        made.resizeColumnToContents(0)
        made.setColumnWidth(0, min(made.columnWidth(0), WIDEST_NAME))
        for place in (1, 2):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        return made

    def _keep_theirs(self) -> None:
        self.accept()
        self.theirs_kept.emit()

    def _use_mine(self) -> None:
        self.accept()
        self.mine_chosen.emit()


class ConflictDialog(DifferencesDialog):
    """A conflict that the room reported: who changed what when.

    Args:
        rows: see `widgets.shop.conflicts.differences`.

    Attributes:
        command: emitted with the same command on the new version, for "Use mine".
    """

    command = Signal(object)

    def __init__(self, parent: QWidget, edit: Edit, conflict: Conflict, rows: Sequence[Difference]) -> None:
        super().__init__(parent, "", rows)
        self._edit, self._conflict = edit, conflict
        plain.set_text(self.sentence, self._sentence())
        self.mine_chosen.connect(lambda: self.command.emit(overwriting(edit, conflict)))

    def _sentence(self) -> str:
        by, product = self._conflict.by, self._conflict.product
        match self._edit:
            case SetRoomRules():
                text = self.tr("{who} changed the rules of the chat {when}, before yours came.")
            case SetBlockedWords():
                text = self.tr("{who} changed the blocked words {when}, before yours came.")
            case SetRoomProfile():
                text = self.tr(
                    "{who} changed title, pictures or notice of the room {when}, before yours came."
                )
            case _:
                text = self.tr("{who} changed “{title}” {when}, before yours came.")
        return text.format(
            who=person_name(by.name) if by else self.tr("Somebody"),
            when=self._when(self._conflict.at_ms),
            title=_shortened(product.title) if product else "",
        )

    def _when(self, at_ms: int) -> str:
        if not at_ms:
            return self.tr("meanwhile")
        moment = QDateTime.fromMSecsSinceEpoch(at_ms)
        return self.tr("at {time}").format(time=QLocale.c().toString(moment, "HH:mm:ss"))


def _shortened(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
