"""Paints the cells of the products' table, and makes the field that edits one."""

from typing import Final

from PySide6.QtCore import QAbstractItemModel, QCoreApplication, QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from widgets.common import plain
from widgets.common.theme import color
from widgets.common.tokens import ROW
from widgets.shop import product_texts, products_texts
from widgets.shop.order_cells import RIGHT, CellPainter
from widgets.shop.product_draft import Wrong, read_price, read_title
from widgets.shop.products_cell import CellEdit
from widgets.shop.products_entry import LOW, ProductEntry
from widgets.shop.products_model import Column, Index, ProductsRole, cell_text, column_text, edited_text

PAD: Final = 10
PICTURE_SIDE: Final = 36


class ProductsDelegate(QStyledItemDelegate):
    """Two lines where there are two things to say, a dot before a state, figures to the right.

    Attributes:
        edited: emitted with the product's id, a `Column` and the text, which can be saved.
        went_down: Enter has saved; the cell below is next.
    """

    edited = Signal(str, object, str)
    went_down = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells = CellPainter(QFont())

    # --- Painting ---

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if option.font.families() != self._cells.base.families():
            self._cells = CellPainter(option.font)
        entry: ProductEntry = index.data(ProductsRole.ENTRY)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, option, index, is_selected=is_selected)
        box = option.rect.adjusted(PAD, 0, -PAD, 0)
        quiet = "dim" if is_selected else "faint"  # faint is too weak on a selected row
        self._paint_cell(painter, box, entry, index, quiet)
        painter.restore()

    def _paint_cell(
        self, painter: QPainter, box: QRect, entry: ProductEntry, index: Index, quiet: str
    ) -> None:
        cells, column = self._cells, Column(index.column())
        text = cell_text(entry, column)
        match column:
            case Column.NUMBER:
                tint = "text" if entry.is_in_room else quiet
                cells.line(painter, box, text, tint, cells.strong, side=RIGHT)
            case Column.TITLE:
                side = PICTURE_SIDE
                frame = QRect(box.left(), box.center().y() - side // 2, side, side)
                cells.thumbnail(painter, frame, index.data(ProductsRole.PICTURE))
                words = box.adjusted(side + PAD, 0, 0, 0)
                self._paint_two(painter, words, text, products_texts.below_title(entry), quiet)
            case Column.PRICE:
                cells.line(painter, box, text, "text", cells.strong, side=RIGHT)
            case Column.LEFT:
                self._paint_left(painter, box, entry, quiet)
            case Column.STATE:
                cells.state(painter, box, text, products_texts.state_text(entry)[1])
            case Column.REFERENCE | Column.SOLD:
                cells.line(painter, box, text, "dim", cells.regular, side=RIGHT)
            case Column.SPECS:
                cells.line(painter, box, text, "dim", cells.regular)

    def _paint_two(self, painter: QPainter, box: QRect, upper: str, lower: str, quiet: str) -> None:
        if lower:
            self._cells.two_lines(painter, box, upper, lower, quiet)
        else:
            self._cells.line(painter, box, upper, "text", self._cells.regular)

    def _paint_left(self, painter: QPainter, box: QRect, entry: ProductEntry, quiet: str) -> None:
        cells, below = self._cells, products_texts.below_left(entry)
        tint = "fault" if entry.left == 0 else "warn" if entry.left < LOW else "text"
        upper = QRect(box.left(), box.center().y() - 18, box.width(), 20) if below else box
        cells.line(painter, upper, f"{entry.left:,}", tint, cells.strong, side=RIGHT)
        if below:
            lower = QRect(box.left(), box.center().y() + 2, box.width(), 16)
            cells.line(painter, lower, below, quiet, cells.small, side=RIGHT)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, is_selected: bool
    ) -> None:
        cell = option.rect
        if is_selected:
            painter.fillRect(cell, color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, color("hover"))
        painter.fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), color("line"))
        frame = ""
        if index.data(ProductsRole.PROBLEM):
            frame = "fault"
        elif option.state & QStyle.StateFlag.State_HasFocus:
            frame = "accent"
        if frame:
            painter.setPen(QPen(color(frame), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(2, 3, -2, -4), 5, 5)

    # --- Editing ---

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        entry: ProductEntry = index.data(ProductsRole.ENTRY)
        column = Column(index.column())
        translate = QCoreApplication.translate
        hint = translate("Products", "Enter saves and goes down · Esc restores")
        edit = CellEdit(parent, lambda text: problem_of(entry, column, text), hint)
        edit.setAlignment(RIGHT if column is Column.PRICE else Qt.AlignmentFlag.AlignLeft)
        plain.set_name(edit, f"{column_text(column)}: {entry.title}")
        return edit

    @override
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEdit) and not editor.isModified():
            plain.set_text(editor, index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()
            problem = index.data(ProductsRole.PROBLEM)
            if problem:
                editor.show_problem(problem)

    @override
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box = option.rect.adjusted(2, 6, -2, -7)
        editor.setGeometry(
            box.adjusted(PICTURE_SIDE + 12, 0, 0, 0) if index.column() == Column.TITLE else box
        )

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        entry: ProductEntry = index.data(ProductsRole.ENTRY)
        if isinstance(editor, CellEdit):
            self.edited.emit(entry.spu_id, Column(index.column()), editor.text())

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_enter = isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.type() == QEvent.Type.KeyPress and isinstance(watched, CellEdit):
            if watched.problem:
                watched.show_problem(watched.problem)
            else:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                self.went_down.emit()
            return True
        return super().eventFilter(watched, event)


def problem_of(entry: ProductEntry, column: Column, text: str) -> str:
    """What is wrong with a text in this cell; empty where nothing is, or nothing was changed."""
    if text == edited_text(entry, column):
        return ""
    if column is Column.PRICE:
        read: object = read_price(text, entry.currency)
    else:
        read = read_title(text)
    return product_texts.wrong(read, text, entry.currency) if isinstance(read, Wrong) else ""
