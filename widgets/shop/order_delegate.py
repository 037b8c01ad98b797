"""Paints the cells of the orders' table: painted, not built of widgets, because there may be thousands."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from backend.contract.orders import Order, OrderState, PaymentState
from widgets.common.tokens import BODY, ROW, SMALL, bold, color, icon, sized
from widgets.shop import order_texts
from widgets.shop.order_model import Column, Index, OrderRole
from widgets.shop.order_states import ShipmentState, Stage, shipment_of, stage_of

PAD: Final = 10
PICTURE_SIDE: Final = 34
DOT: Final = 8
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

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

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        order: Order = index.data(OrderRole.ORDER)
        column = Column(index.column())
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, option, is_selected=is_selected)
        box = option.rect.adjusted(PAD, 0, -PAD, 0)
        quiet = "dim" if is_selected else "faint"  # faint is too weak on a selected row
        match column:
            case Column.NUMBER:
                when = order_texts.time_text(order.created_at_ms, index.data(OrderRole.NOW_MS))
                two_lines(painter, box, index.data(), when, quiet, is_bold=True)
            case Column.GOODS:
                self._paint_goods(painter, box, order, index.data(OrderRole.PICTURE), quiet)
            case Column.TOTAL:
                one_line(painter, box, index.data(), "text", RIGHT, is_bold=True)
            case Column.STATE:
                _state(painter, box, index.data(), STATE_TINTS[order.state])
            case Column.PAYMENT:
                self._paint_payment(painter, box, order, index)
            case Column.PARCELS:
                _state(painter, box, index.data(), SHIPMENT_TINTS[shipment_of(order).state])
            case Column.BUYER:
                phone = order_texts.masked(order.address.phone)
                two_lines(painter, box, order.address.name, phone, quiet)
            case Column.NOTE:
                one_line(painter, box, index.data(), "dim", LEFT)
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, is_selected: bool) -> None:
        cell = option.rect
        if is_selected:
            painter.fillRect(cell, color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(cell, color("hover"))
        painter.fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), color("line"))
        view = option.widget
        if is_selected and view is not None and view.hasFocus():
            for top in (cell.top(), cell.bottom() - 1):
                painter.fillRect(QRect(cell.left(), top, cell.width(), 2), color("accent"))

    def _paint_goods(
        self, painter: QPainter, box: QRect, order: Order, picture: QPixmap | None, quiet: str
    ) -> None:
        side = PICTURE_SIDE
        frame = QRect(box.left(), box.center().y() - side // 2, side, side)
        paint_thumbnail(painter, frame, picture)
        words = box.adjusted(side + PAD, 0, 0, 0)
        title = order.lines[0].title if order.lines else ""
        two_lines(painter, words, title, order_texts.count_text(order), quiet)

    def _paint_payment(self, painter: QPainter, box: QRect, order: Order, index: Index) -> None:
        _state(painter, box, index.data(), PAYMENT_TINTS[order.payment_state])
        if order.expires_at_ms is not None and stage_of(order) is Stage.TO_PAY:
            left = order_texts.left_text(order.expires_at_ms, index.data(OrderRole.NOW_MS))
            one_line(painter, box, left, "warn", RIGHT, is_bold=True)


def one_line(
    painter: QPainter, box: QRect, text: str, tint: str, side: Qt.AlignmentFlag, *, is_bold: bool = False
) -> None:
    """Paint one line of text, cut to its box."""
    painter.setFont(bold(painter.font()) if is_bold else _regular(painter, BODY))
    painter.setPen(color(tint))
    shown = painter.fontMetrics().elidedText(_single(text), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side, shown)


def two_lines(
    painter: QPainter, box: QRect, text: str, below: str, quiet: str, *, is_bold: bool = False
) -> None:
    """Paint a line, and a small one below it."""
    middle = box.center().y()
    upper = QRect(box.left(), middle - 18, box.width(), 20)
    one_line(painter, upper, text, "text", LEFT, is_bold=is_bold)
    painter.setFont(_regular(painter, SMALL))
    painter.setPen(color(quiet))
    shown = painter.fontMetrics().elidedText(_single(below), Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(QRect(box.left(), middle + 2, box.width(), 16), LEFT, shown)


def _state(painter: QPainter, box: QRect, text: str, tint: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(tint))
    painter.drawEllipse(QRect(box.left(), box.center().y() - DOT // 2 + 1, DOT, DOT))
    one_line(painter, box.adjusted(DOT + 6, 0, 0, 0), text, "text", LEFT)


def _regular(painter: QPainter, pixels: int) -> QFont:
    font = sized(painter.font(), pixels)
    font.setBold(False)
    return font


def _single(text: str) -> str:
    return " ".join(text[:300].split())


def paint_thumbnail(painter: QPainter, box: QRect, picture: QPixmap | None) -> None:
    """Paint a picture with round corners, cut to fill the box; a placeholder while there is none."""
    clip = QPainterPath()
    clip.addRoundedRect(box, 5, 5)
    painter.fillPath(clip, color("raised"))
    if picture is None or picture.isNull():
        inset = box.width() // 4
        icon("fa5s.image", "disabled").paint(painter, box.adjusted(inset, inset, -inset, -inset))
        return
    side = min(picture.width(), picture.height())
    source = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
    painter.save()
    painter.setClipPath(clip)
    painter.drawPixmap(box, picture, source)
    painter.restore()
