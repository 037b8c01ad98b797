"""Paints the cells of the orders' table: painted, not built of widgets, because there may be thousands."""

from typing import Final

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from backend.contract.orders import Order, OrderState, PaymentState
from widgets.common.tokens import ROW, icon
from widgets.shop import order_texts
from widgets.shop.order_cells import RIGHT, CellPainter
from widgets.shop.order_model import Column, Index, OrderRole, cell_text
from widgets.shop.order_states import ShipmentState, Stage, shipment_of, stage_of, waits_since_ms

PAD: Final = 10
PICTURE_SIDE: Final = 34
FLAG_SIDE: Final = 14
HOUR_MS: Final = 3_600_000
LATE_MS: Final = 48 * HOUR_MS
"""So long after it was paid an order should be on its way."""

STATE_TINTS: Final = {
    OrderState.OPEN: "accent",
    OrderState.COMPLETED: "ok",
    OrderState.CANCELLED: "faint",
}
PAYMENT_TINTS: Final = {
    PaymentState.UNPAID: "warn",
    PaymentState.PAID: "ok",
    PaymentState.PART_REFUNDED: "campaign",
    PaymentState.REFUNDED: "faint",
}
SHIPMENT_TINTS: Final = {
    ShipmentState.NONE: "faint",
    ShipmentState.PACKED: "accent",
    ShipmentState.PARTLY_SHIPPED: "accent",
    ShipmentState.SHIPPED: "accent",
    ShipmentState.DELIVERED: "ok",
}


class OrderDelegate(QStyledItemDelegate):
    """Two lines where there are two things to say, a dot before the word of a state, sums to the right."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cells = CellPainter(QFont())
        self._flag = icon("fa5s.flag", "warn")
        self._unread = icon("fa5s.comment-dots", "accent")

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if option.font.families() != self._cells.base.families():
            self._cells = CellPainter(option.font)
        order: Order = index.data(OrderRole.ORDER)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._cells.ground(painter, option, is_selected=is_selected)
        box = option.rect.adjusted(PAD, 0, -PAD, 0)
        quiet = "dim" if is_selected else "faint"  # faint is too weak on a selected row
        self._paint_cell(painter, box, order, index, quiet)
        painter.restore()

    def _paint_cell(self, painter: QPainter, box: QRect, order: Order, index: Index, quiet: str) -> None:
        cells, column = self._cells, Column(index.column())
        text = cell_text(order, column)
        match column:
            case Column.NUMBER:
                self._paint_number(painter, box, order, index, quiet)
            case Column.BUYER:
                phone = order_texts.masked(order.address.phone)
                cells.two_lines(painter, box, order.address.name, phone, quiet)
            case Column.GOODS:
                self._paint_goods(painter, box, order, index.data(OrderRole.PICTURE), quiet)
            case Column.TOTAL:
                cells.line(painter, box, text, "text", cells.strong, side=RIGHT)
            case Column.STATE:
                cells.state(painter, box, text, STATE_TINTS[order.state])
            case Column.PAYMENT:
                cells.state(painter, box, text, PAYMENT_TINTS[order.payment_state])
                self._paint_countdown(painter, box, order, index)
            case Column.PARCELS:
                self._paint_parcels(painter, box, order, index)
            case Column.NOTE:
                cells.line(painter, box, text, "dim", cells.regular)

    def _paint_number(self, painter: QPainter, box: QRect, order: Order, index: Index, quiet: str) -> None:
        cells, middle = self._cells, box.center().y()
        upper = QRect(box.left(), middle - 18, box.width(), 20)
        cells.line(painter, upper, order_texts.number_text(order.number), "text", cells.strong)
        when = order_texts.time_text(order.created_at_ms, index.data(OrderRole.NOW_MS))
        cells.below(painter, box, when, quiet)
        has_flag = order.mark is not None and order.mark.is_flagged
        signs = [self._flag] * has_flag + [self._unread] * bool(order.unread)
        for place, sign in enumerate(signs, 1):
            left = box.right() - place * FLAG_SIDE - (place - 1) * 6
            sign.paint(painter, QRect(left, box.center().y() + 2, FLAG_SIDE, FLAG_SIDE))

    def _paint_goods(
        self, painter: QPainter, box: QRect, order: Order, picture: QPixmap | None, quiet: str
    ) -> None:
        side = PICTURE_SIDE
        frame = QRect(box.left(), box.center().y() - side // 2, side, side)
        self._cells.thumbnail(painter, frame, picture)
        words = box.adjusted(side + PAD, 0, 0, 0)
        title = order.lines[0].title if order.lines else ""
        self._cells.two_lines(painter, words, title, order_texts.count_text(order), quiet)

    def _paint_parcels(self, painter: QPainter, box: QRect, order: Order, index: Index) -> None:
        text, tint = order_texts.shipment_text(order), SHIPMENT_TINTS[shipment_of(order).state]
        waits_ms = index.data(OrderRole.NOW_MS) - waits_since_ms(order)
        if stage_of(order) is not Stage.TO_SHIP or waits_ms < HOUR_MS:
            self._cells.state(painter, box, text, tint)
            return
        self._cells.state(painter, QRect(box.left(), box.center().y() - 18, box.width(), 20), text, tint)
        late = "fault" if waits_ms >= LATE_MS else "warn" if waits_ms >= LATE_MS // 2 else "dim"
        self._cells.below(painter, box.adjusted(14, 0, 0, 0), order_texts.waits_text(waits_ms), late)

    def _paint_countdown(self, painter: QPainter, box: QRect, order: Order, index: Index) -> None:
        if order.expires_at_ms is not None and stage_of(order) is Stage.TO_PAY:
            left = order_texts.left_text(order.expires_at_ms, index.data(OrderRole.NOW_MS))
            self._cells.line(painter, box, left, "warn", self._cells.strong, side=RIGHT)
