"""A table in a window of the shop, or in its place what is to be said while there are no rows."""

from enum import Enum, auto

from PySide6.QtCore import QAbstractItemModel, QRect, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QTableView, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.retranslate import Retranslated
from widgets.common.theme import color
from widgets.common.tokens import ROW


class _Page(Enum):
    TABLE = auto()
    LOADING = auto()
    MESSAGE = auto()


class ListPages(Retranslated):
    """The base of such lists: rows, grey rows while they are read, or a message with a button.

    A subclass says in `message_texts` what stands there without rows, and calls `show_pages` after a change.

    Args:
        model: all rows there are.
        shown: those in sight.

    Attributes:
        again_wanted: what failed should be tried again.
        notice: says above the rows why they are not up to date.
    """

    again_wanted = Signal()

    def __init__(self, table: QTableView, model: QAbstractItemModel, shown: QSortFilterProxyModel) -> None:
        super().__init__()
        self._table, self._all, self._shown = table, model, shown
        self._has_read = False
        self._problem: tuple[str, str] | None = None
        shown.setSourceModel(model)
        table.setModel(shown)
        self.message, self.remedy = label("", "title"), label("", "dim")
        self.button, self.notice_button = push_button(), push_button()
        self.button.clicked.connect(self._on_button)
        self.notice_button.clicked.connect(self.again_wanted)
        self.notice, self.notice_text = QFrame(), label("")
        self._lay_out()

    def _lay_out(self) -> None:
        for words in (self.message, self.remedy):
            words.setWordWrap(True)
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button.setProperty("kind", "outline")
        says = QWidget()
        middle = row(self.button)
        middle.insertStretch(0, 1)
        middle.addStretch(1)
        layout = column(self.message, self.remedy, middle, margin=40, spacing=12)
        layout.insertStretch(0, 1)
        layout.addStretch(1)
        says.setLayout(layout)
        self.notice.setObjectName("notice")
        self.notice_text.setWordWrap(True)
        strip = row(self.notice_text, self.notice_button)
        strip.setStretch(0, 1)
        strip.setContentsMargins(12, 8, 8, 8)
        self.notice.setLayout(strip)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        for page in (self._table, GreyRows(), says):
            self._pages.addWidget(page)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = column(self.notice, pages)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    @override
    def retranslate(self) -> None:
        say(self.notice_button, self.tr("Try again"))
        self._table.horizontalHeader().viewport().update()
        self._table.viewport().update()
        self.show_pages()

    def show_problem(self, cause: str, remedy: str) -> None:
        """Say why the rows were not read; those that are there stay, marked as not up to date."""
        self._problem = (cause, remedy)
        self.show_pages()

    def message_texts(self) -> tuple[str, str, str]:
        """What stands there without rows: what is so, what helps, and the button; empty for no button."""
        raise NotImplementedError

    def on_message_button(self) -> None:
        """Do what the message's button says, where nothing has failed."""
        raise NotImplementedError

    @property
    def _has_rows(self) -> bool:
        return self._all.rowCount() > 0

    def show_pages(self) -> None:
        """Show rows, grey rows or the message, as it is now."""
        self.notice.setVisible(self._problem is not None and self._has_rows)
        if self._problem is not None:
            plain.set_text(self.notice_text, " ".join(self._problem))
        if self._shown.rowCount() > 0:
            page = _Page.TABLE
        elif self._has_read or self._problem is not None:
            page = _Page.MESSAGE
            self._show_message()
        else:
            page = _Page.LOADING
        self._pages.setCurrentIndex(list(_Page).index(page))

    def _show_message(self) -> None:
        if self._problem is not None and not self._has_rows:
            texts = (*self._problem, self.tr("Try again"))
        else:
            texts = self.message_texts()
        plain.set_text(self.message, texts[0])
        plain.set_text(self.remedy, texts[1])
        say(self.button, texts[2] or self.tr("Try again"))
        self.button.setVisible(bool(texts[2]))

    def _on_button(self) -> None:
        if self._problem is not None and not self._has_rows:
            self.again_wanted.emit()
        else:
            self.on_message_button()


class GreyRows(Retranslated):
    """What stands for rows while they are read."""

    def __init__(self) -> None:
        super().__init__()
        self.retranslate()

    @override
    def retranslate(self) -> None:
        plain.set_name(self, self.tr("Reading…"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("raised"))
        for top in range(ROW, self.height() - ROW, ROW):
            left = 16
            for width in (130, 90, self.width() // 4, 80, 80):
                painter.drawRoundedRect(QRect(left, top + 17, width, 14), 4, 4)
                left += width + 36
        painter.end()
