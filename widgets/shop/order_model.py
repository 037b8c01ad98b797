"""The orders of a room as a Qt table, the newest first, and the filter over it."""

import bisect
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPixmap
from typing_extensions import override

from backend.contract.orders import Order
from widgets.common import plain
from widgets.common.money import amount_text
from widgets.shop import order_texts
from widgets.shop.order_states import Stage, stage_of, waits_since_ms

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    NUMBER = 0
    BUYER = 1
    GOODS = 2
    TOTAL = 3
    STATE = 4
    PAYMENT = 5
    PARCELS = 6
    NOTE = 7


class OrderRole(IntEnum):
    """What the model gives beyond texts."""

    ORDER = Qt.ItemDataRole.UserRole + 1
    PICTURE = Qt.ItemDataRole.UserRole + 2
    NOW_MS = Qt.ItemDataRole.UserRole + 3


def column_text(column: Column) -> str:
    """What a column is called."""
    translate = QCoreApplication.translate
    return {
        Column.NUMBER: translate("Order", "Number"),
        Column.BUYER: translate("Order", "Buyer"),
        Column.GOODS: translate("Order", "Goods"),
        Column.TOTAL: translate("Order", "Total"),
        Column.STATE: translate("Order", "Order"),
        Column.PAYMENT: translate("Order", "Payment"),
        Column.PARCELS: translate("Order", "Parcels"),
        Column.NOTE: translate("Order", "Note"),
    }[column]


class OrderModel(QAbstractTableModel):
    """One row an order; of an order only the newest version is kept."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._orders: list[Order] = []
        self._pictures: dict[str, QPixmap] = {}
        self._now_ms = 0.0

    @property
    def orders(self) -> tuple[Order, ...]:
        """All orders, the newest first."""
        return tuple(self._orders)

    def find(self, order_id: str) -> Order | None:
        """The order of this id."""
        return next((order for order in self._orders if order.order_id == order_id), None)

    def row_of(self, order_id: str) -> int:
        """The row of an order; -1 where it has none."""
        rows = (row for row, order in enumerate(self._orders) if order.order_id == order_id)
        return next(rows, -1)

    def picture(self, image_url: str) -> QPixmap | None:
        """The picture of this address, once it has come."""
        return self._pictures.get(image_url)

    # --- In ---

    def clear(self) -> None:
        """Forget all orders."""
        self.beginResetModel()
        self._orders = []
        self.endResetModel()

    def put(self, orders: Iterable[Order]) -> None:
        """Add orders and replace older versions, and older marks, of those that are there."""
        rows = {order.order_id: row for row, order in enumerate(self._orders)}
        new = []
        for order in orders:
            row = rows.get(order.order_id)
            if row is None:
                new.append(order)
            elif (newest := _newest(order, self._orders[row])) != self._orders[row]:
                self._orders[row] = newest
                self._tell_changed(row)
        if not self._orders:
            self.beginResetModel()
            self._orders = sorted(new, key=_newest_first)
            self.endResetModel()
            return
        for order in new:
            row = bisect.bisect_left(self._orders, _newest_first(order), key=_newest_first)
            self.beginInsertRows(_NO_INDEX, row, row)
            self._orders.insert(row, order)
            self.endInsertRows()

    def set_picture(self, image_url: str, picture: QPixmap) -> None:
        """Give the picture of this address to every order whose first line has it."""
        self._pictures[image_url] = picture
        for row, order in enumerate(self._orders):
            if order.lines and order.lines[0].image_url == image_url:
                self._tell_changed(row)

    def set_now(self, now_ms: float) -> None:
        """Count down what must be paid until a certain time."""
        self._now_ms = now_ms
        for row, order in enumerate(self._orders):
            if order.expires_at_ms is not None and stage_of(order) is Stage.TO_PAY:
                index = self.index(row, Column.PAYMENT)
                self.dataChanged.emit(index, index)

    def _tell_changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    # --- Out ---

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._orders)

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(Column)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == Column.TOTAL else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return column_text(Column(section)) if role == Qt.ItemDataRole.DisplayRole else None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._orders):
            return None
        order = self._orders[index.row()]
        match role:
            case OrderRole.ORDER:
                return order
            case OrderRole.PICTURE:
                return self._pictures.get(order.lines[0].image_url) if order.lines else None
            case OrderRole.NOW_MS:
                return self._now_ms
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell_text(order, Column(index.column()))
        return _tooltip(order, Column(index.column())).get(role)


def _tooltip(order: Order, column: Column) -> dict[int, str]:
    text = ""
    if column is Column.GOODS:
        text = "\n".join(f"{line.title} ×{line.quantity}" for line in order.lines)
    elif column is Column.NOTE:
        text = _note_text(order)
    return {Qt.ItemDataRole.ToolTipRole: plain.tooltip(text)} if text else {}


def cell_text(order: Order, column: Column) -> str:
    """What a cell says."""
    return _TEXTS[column](order)


def _note_text(order: Order) -> str:
    remark = "" if order.mark is None else order.mark.remark
    return " · ".join(filter(None, (remark, order.note)))


def _goods_text(order: Order) -> str:
    title = order.lines[0].title if order.lines else ""
    return f"{title} {order_texts.count_text(order)}"


_TEXTS: Final[Mapping[Column, Callable[[Order], str]]] = {
    Column.NUMBER: lambda order: order_texts.number_text(order.number),
    Column.BUYER: lambda order: f"{order.address.name} {order_texts.masked(order.address.phone)}",
    Column.GOODS: _goods_text,
    Column.TOTAL: lambda order: amount_text(order.total_minor, order.currency),
    Column.STATE: lambda order: order_texts.state_text(order.state),
    Column.PAYMENT: lambda order: order_texts.payment_text(order.payment_state),
    Column.PARCELS: order_texts.shipment_text,
    Column.NOTE: _note_text,
}


class OrderFilter(QSortFilterProxyModel):
    """Keeps the orders of a stage that hold every word that was typed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = Stage.ALL
        self._words: Sequence[str] = ()

    def set_stage(self, stage: Stage) -> None:
        """Keep this stage alone, or all."""
        self.beginFilterChange()
        self._stage = stage
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)
        # What waits longest to be sent stands first; the others stand as the model has them.
        self.sort(0 if stage is Stage.TO_SHIP else -1)

    def set_text(self, text: str) -> None:
        """Search for this; empty keeps all."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        left: Order = source_left.data(OrderRole.ORDER)
        right: Order = source_right.data(OrderRole.ORDER)
        return waits_since_ms(left) < waits_since_ms(right)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        index = self.sourceModel().index(source_row, 0, source_parent)
        order: Order = index.data(OrderRole.ORDER)
        if self._stage not in {Stage.ALL, stage_of(order)}:
            return False
        if not self._words:
            return True
        hay = _searched(order)
        return all(word in hay for word in self._words)


def _searched(order: Order) -> str:
    lines = (f"{line.title} {line.sku_id} {order_texts.specs_text(line)}" for line in order.lines)
    tracking = (parcel.tracking for parcel in order.parcels)
    person = (order.address.name, order.address.phone, order.address.email)
    return "\n".join((order.number, *person, order.note, *lines, *tracking)).casefold()


def _newest(order: Order, known: Order) -> Order:
    newest = order if order.version >= known.version else known
    marks = [one.mark for one in (order, known) if one.mark is not None]
    mark = max(marks, key=lambda mark: mark.at_ms, default=None)
    # What an action answers says nothing of messages.
    unread = known.unread if order.unread is None else order.unread
    return msgspec.structs.replace(newest, mark=mark, unread=unread)


def _newest_first(order: Order) -> tuple[int, list[int]]:
    return (-order.created_at_ms, [-ord(letter) for letter in order.order_id])
