"""Paints a danmu: badge, name, time, wrapped text, and the buttons of the row under the mouse."""

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QHelpEvent, QMouseEvent, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from backend.contract.base import Role
from backend.contract.chat import Danmu
from widgets.chat.chat_model import ChatRole, Index
from widgets.common import plain
from widgets.common.person_name import person_name
from widgets.common.row_ground import paint_focus, paint_ground
from widgets.common.theme import color, icon, tabular

PADDING: Final = 10
TOP: Final = 5
HEAD_HEIGHT: Final = 18
RADIUS: Final = 6
BUTTON: Final = 24
MOST_HEIGHTS: Final = 2000
NAME_TOKENS: Final = {Role.HOST: "accent", Role.ASSISTANT: "warn", Role.VIEWER: "dim"}


class RowButton(StrEnum):
    """What a row under the mouse offers; its menu holds the rest."""

    REPLY = "reply"
    PIN = "pin"
    DELETE = "delete"
    MORE = "more"


ICONS: Final = {
    RowButton.REPLY: "fa5s.reply",
    RowButton.PIN: "fa5s.thumbtack",
    RowButton.DELETE: "fa5s.trash-alt",
    RowButton.MORE: "fa5s.ellipsis-h",
}


@dataclass(frozen=True)
class ChatTexts:
    """The words of a row in the chosen language; `paid` holds an `{n}` for the coins."""

    host: str
    assistant: str
    follower: str
    paid: str
    buttons: dict[RowButton, str]


class ChatDelegate(QStyledItemDelegate):
    """Paints rows and emits clicks on their buttons.

    Attributes:
        offers: the buttons a row has, from left to right.
        button_clicked: emitted with the `RowButton` and the `Danmu`.
    """

    button_clicked = Signal(object, object)

    def __init__(self, texts: ChatTexts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts = texts
        self.offers: tuple[RowButton, ...] = tuple(RowButton)
        self._heights: dict[tuple[int, int], int] = {}

    def button_rects(self, row: QRect) -> dict[RowButton, QRect]:
        """Where the buttons stand in a row of this geometry."""
        left = row.right() - PADDING - BUTTON * len(self.offers)
        return {
            button: QRect(left + number * BUTTON, row.top() + 2, BUTTON, BUTTON)
            for number, button in enumerate(self.offers)
        }

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 300
        danmu: Danmu = index.data(ChatRole.DANMU)
        key = (danmu.danmu_id, width)
        if key not in self._heights:
            if len(self._heights) >= MOST_HEIGHTS:
                self._heights.clear()
            text = _laid_out(danmu, option.font, width - 2 * PADDING)
            self._heights[key] = TOP + HEAD_HEIGHT + round(text.boundingRect().height()) + TOP
        return QSize(width, self._heights[key])

    @override
    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        ):
            for button, box in self.button_rects(option.rect).items():
                if box.contains(event.position().toPoint()):
                    self.button_clicked.emit(button, index.data(ChatRole.DANMU))
                    return True
        return super().editorEvent(event, model, option, index)

    @override
    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        for button, box in self.button_rects(option.rect).items():
            if index.isValid() and box.contains(event.pos()):
                plain.show_tooltip(event.globalPos(), self.texts.buttons[button], view)
                return True
        return super().helpEvent(event, view, option, index)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        danmu: Danmu = index.data(ChatRole.DANMU)
        row, state = option.rect, option.state
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        self._paint_head(painter, row, danmu, right=BUTTON * len(self.offers) if is_hovered else 44)
        if is_hovered:
            self._paint_buttons(painter, option)
        else:
            _paint_time(painter, row, danmu.sent_at_ms)
        painter.setFont(option.font)
        painter.setPen(color("text"))
        text = _laid_out(danmu, option.font, row.width() - 2 * PADDING)
        text.draw(painter, QPointF(row.left() + PADDING, row.top() + TOP + HEAD_HEIGHT))
        painter.restore()

    def badge(self, danmu: Danmu) -> str:
        """What stands before the name: what was paid, else who it is; empty for most."""
        if danmu.coins:
            return self.texts.paid.format(n=f"{danmu.coins:,}")
        badges = {Role.HOST: self.texts.host, Role.ASSISTANT: self.texts.assistant}
        return badges.get(danmu.author.role, self.texts.follower if danmu.author.is_follower else "")

    def _paint_head(self, painter: QPainter, row: QRect, danmu: Danmu, right: int) -> None:
        author = danmu.author
        left = row.left() + PADDING
        badge = self.badge(danmu)
        small = QFont(painter.font())
        small.setPixelSize(11)
        painter.setFont(small)
        if badge:
            width = painter.fontMetrics().horizontalAdvance(badge) + 10
            box = QRectF(left, row.top() + TOP + 1, width, 15)
            painter.setPen(Qt.PenStyle.NoPen)
            is_strong = bool(danmu.coins) or author.role is not Role.VIEWER
            tint = "warn" if danmu.coins else NAME_TOKENS[author.role]
            painter.setBrush(color(tint, 0.9 if is_strong else 0.16))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(color("canvas" if is_strong else "text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge)
            left += width + 6
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(color(NAME_TOKENS[author.role]))
        room = QRect(left, row.top() + TOP, row.right() - PADDING - right - left - 6, HEAD_HEIGHT - 1)
        name = painter.fontMetrics().elidedText(
            person_name(author.name), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)

    @staticmethod
    def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        ground = QRectF(option.rect).adjusted(2, 1, -2, -1)
        paint_ground(painter, ground, option.state, RADIUS)
        paint_focus(painter, ground, option.state, RADIUS)

    def _paint_buttons(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        view = option.widget
        viewport = view.viewport() if isinstance(view, QAbstractItemView) else view
        cursor = viewport.mapFromGlobal(viewport.cursor().pos())
        for button, box in self.button_rects(option.rect).items():
            is_under = box.contains(cursor)
            if is_under:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color("line"))
                painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), 5, 5)
            tint = "live" if button is RowButton.DELETE and is_under else "text" if is_under else "dim"
            icon(ICONS[button], tint).paint(painter, box.adjusted(6, 6, -6, -6))


def _paint_time(painter: QPainter, row: QRect, at_ms: int) -> None:
    font = tabular(painter.font())
    font.setPixelSize(11)
    painter.setFont(font)
    painter.setPen(color("faint"))
    box = QRect(row.right() - PADDING - 50, row.top() + TOP, 50, HEAD_HEIGHT - 1)
    text = time.strftime("%H:%M", time.localtime(at_ms / 1000))
    painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def _laid_out(danmu: Danmu, font: QFont, width: int) -> QTextLayout:
    mention = f"@{person_name(danmu.reply_to.name)} " if danmu.reply_to else ""
    layout = QTextLayout(mention + danmu.text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if mention:
        marked = QTextLayout.FormatRange()
        # Qt counts UTF-16 units.
        marked.start, marked.length = 0, len(mention.encode("utf-16-le")) // 2
        look = QTextCharFormat()
        look.setForeground(color("accent"))
        marked.format = look
        layout.setFormats([marked])
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout
