"""Paints a product's row: picture, number, title, price, stock, and the button that puts its card on air.

Painted instead of built from widgets, because a room may have 500 products.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from backend.contract.shop import Product
from widgets.common.money import list_price
from widgets.common.row_ground import paint_focus, paint_ground
from widgets.common.text import clock
from widgets.common.theme import color, icon, tabular
from widgets.shop import product_texts
from widgets.shop.product_model import Index, ProductRole

ROW_HEIGHT: Final = 76
PICTURE_SIDE: Final = 56
BUTTON: Final = QSize(84, 30)
GAP: Final = 10
RADIUS: Final = 8


@dataclass(frozen=True)
class RowTexts:
    """The words of a row in the chosen language; with places for `{n}`, in `explained` for `{time}`."""

    explain: str
    take_off: str
    stock: str
    sold_out: str
    explained: str = ""
    asked: str = ""


class ProductDelegate(QStyledItemDelegate):
    """Paints rows and emits clicks on their buttons.

    Attributes:
        has_buttons_enabled: whether the buttons can be clicked; else they look so.
        button_clicked: emitted with the product's id.
    """

    button_clicked = Signal(str)

    def __init__(self, texts: RowTexts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts = texts
        self.has_buttons_enabled = True

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(240, ROW_HEIGHT)

    def button_rect(self, row: QRect) -> QRect:
        """Where the button stands in a row of this geometry."""
        return QRect(
            row.right() - BUTTON.width() - GAP,
            row.center().y() - BUTTON.height() // 2 + 1,
            BUTTON.width(),
            BUTTON.height(),
        )

    @override
    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and self.button_rect(option.rect).contains(event.position().toPoint())
        ):
            if self.has_buttons_enabled:
                self.button_clicked.emit(index.data(ProductRole.PRODUCT).product_id)
            return True
        return super().editorEvent(event, model, option, index)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        product: Product = index.data(ProductRole.PRODUCT)
        is_on_air = bool(index.data(ProductRole.IS_ON_AIR))
        row = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_ground(painter, option, row, on_air_alpha=0.14 if is_on_air else 0.0)
        picture = QRect(
            row.left() + GAP, row.top() + (ROW_HEIGHT - PICTURE_SIDE) // 2, PICTURE_SIDE, PICTURE_SIDE
        )
        paint_picture(painter, picture, index.data(ProductRole.PICTURE))
        self._paint_number(painter, picture, product.number)
        button = self.button_rect(row)
        room = QRect(
            picture.right() + GAP, row.top() + 9, button.left() - picture.right() - 2 * GAP, ROW_HEIGHT - 18
        )
        self._paint_words(painter, room, product, index.data(ProductRole.FLASH_MINOR))
        self._paint_below(painter, room, index)
        self._paint_button(painter, option, button, self.texts.take_off if is_on_air else self.texts.explain)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: QRect, on_air_alpha: float
    ) -> None:
        ground = QRectF(row).adjusted(2, 2, -2, -2)
        painter.setPen(Qt.PenStyle.NoPen)
        if on_air_alpha:
            painter.setBrush(color("accent", on_air_alpha))
            painter.drawRoundedRect(ground, RADIUS, RADIUS)
            painter.setBrush(color("accent"))
            painter.drawRoundedRect(
                QRectF(ground.left(), ground.top() + 8, 3, ground.height() - 16), 1.5, 1.5
            )
        else:
            paint_ground(painter, ground, option.state, RADIUS)
        paint_focus(painter, ground, option.state, RADIUS)

    def _paint_number(self, painter: QPainter, picture: QRect, number: int) -> None:
        font = tabular(painter.font())
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        text = str(number)
        width = max(18, painter.fontMetrics().horizontalAdvance(text) + 10)
        badge = QRectF(picture.left(), picture.top(), width, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("canvas", 0.78))
        painter.drawRoundedRect(badge, 6, 6)
        painter.setPen(color("text"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_words(self, painter: QPainter, room: QRect, product: Product, flash_minor: int | None) -> None:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        font = painter.font()
        font.setPixelSize(13)
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(color("text"))
        title = painter.fontMetrics().elidedText(product.title, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRect(room.left(), room.top(), room.width(), 20), left, title)
        price = tabular(font)
        price.setPixelSize(15)
        price.setBold(True)
        painter.setFont(price)
        painter.setPen(color("accent" if flash_minor is None else "warn"))
        line = QRect(room.left(), room.top() + 20, room.width(), 20)
        text = product_texts.price(product, flash_minor)
        painter.drawText(line, left, text)
        taken = painter.fontMetrics().horizontalAdvance(text) + 8
        small = tabular(font)
        small.setPixelSize(12)
        # In a flash sale, what it costs otherwise stands beside it.
        crossed = product.reference_minor if flash_minor is None else product.price_minor
        if crossed is not None:
            small.setStrikeOut(True)
            painter.setFont(small)
            painter.setPen(color("faint"))
            painter.drawText(line.adjusted(taken, 1, 0, 0), left, list_price(crossed, product.currency))
            small.setStrikeOut(False)

    def _paint_below(self, painter: QPainter, room: QRect, index: Index) -> None:
        """Paint what is left, how long the product was explained, and how many ask for it."""
        product: Product = index.data(ProductRole.PRODUCT)
        is_left = product.stock > 0
        stock = self.texts.stock.format(n=f"{product.stock:,}") if is_left else self.texts.sold_out
        parts = [(stock, "dim" if is_left else "warn")]
        if index.data(ProductRole.ASKED):
            parts.append((self.texts.asked.format(n=f"{index.data(ProductRole.ASKED):,}"), "accent"))
        if index.data(ProductRole.EXPLAINED_MS):
            took = clock(index.data(ProductRole.EXPLAINED_MS) / 1000).removeprefix("00:")
            parts.append((self.texts.explained.format(time=took), "dim"))
        font = tabular(painter.font())
        font.setPixelSize(12)
        font.setBold(False)
        font.setStrikeOut(False)
        painter.setFont(font)
        line, measure = QRect(room.left(), room.top() + 40, room.width(), 20), painter.fontMetrics()
        for place, (text, tint) in enumerate(parts):
            shown = text if place == 0 else f" · {text}"
            painter.setPen(color(tint))
            elided = measure.elidedText(shown, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
            line.setLeft(line.left() + measure.horizontalAdvance(shown))

    def _paint_button(
        self, painter: QPainter, option: QStyleOptionViewItem, button: QRect, text: str
    ) -> None:
        widget = option.widget
        viewport = widget.viewport() if hasattr(widget, "viewport") else widget
        cursor: QPoint = viewport.mapFromGlobal(widget.cursor().pos())
        is_hovered = viewport.underMouse() and button.contains(cursor)
        is_primary = text == self.texts.explain
        if not self.has_buttons_enabled:
            painter.setPen(color("line"))
            painter.setBrush(color("panel"))
        elif is_primary:
            painter.setPen(color("accent"))
            painter.setBrush(color("accent_fill" if is_hovered else "selection"))
        else:
            painter.setPen(color("edge"))
            painter.setBrush(color("hover" if is_hovered else "raised"))
        painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        font = painter.font()
        font.setPixelSize(13)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(color("text" if self.has_buttons_enabled else "disabled"))
        painter.drawText(button, Qt.AlignmentFlag.AlignCenter, text)


def paint_picture(painter: QPainter, box: QRect, picture: QPixmap | None) -> None:
    """Paint a picture with round corners, cut to fill the box; a placeholder while there is none."""
    clip = QPainterPath()
    clip.addRoundedRect(QRectF(box), 8, 8)
    painter.fillPath(clip, color("bg"))
    if picture is None or picture.isNull():
        icon("fa5s.image", "faint").paint(painter, box.adjusted(17, 17, -17, -17))
        return
    side = min(picture.width(), picture.height())
    source = QRect((picture.width() - side) // 2, (picture.height() - side) // 2, side, side)
    painter.save()
    painter.setClipPath(clip)
    painter.drawPixmap(box, picture, source)
    painter.restore()
