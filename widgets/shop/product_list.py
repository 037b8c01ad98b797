"""The rows of the products panel, and what mouse and keyboard do on them."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView
from typing_extensions import override

from widgets.shop.product_delegate import ProductDelegate
from widgets.shop.product_model import ProductRole


class ProductList(QListView):
    """Enter or space on a row does what its button does; F2 or a double click edits the product.

    Attributes:
        row_activated, edit_wanted: emitted with the product's id.
        menu_wanted: emitted with the product's id and a place on the screen.
    """

    row_activated = Signal(str)
    edit_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, delegate: ProductDelegate) -> None:
        super().__init__()
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid():
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
                self.row_activated.emit(_product_id(index))
                return
            if event.key() == Qt.Key.Key_F2:
                self.edit_wanted.emit(_product_id(index))
                return
        super().keyPressEvent(event)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_on_button = self._delegate.button_rect(self.visualRect(index)).contains(place)
        super().mouseDoubleClickEvent(event)
        if index.isValid() and event.button() is Qt.MouseButton.LeftButton and not is_on_button:
            self.edit_wanted.emit(_product_id(index))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_keyboard else self.indexAt(event.pos())
        if index.isValid():
            place = self.visualRect(index).bottomLeft() if is_keyboard else event.pos()
            self.menu_wanted.emit(_product_id(index), self.viewport().mapToGlobal(place))


def _product_id(index: QModelIndex) -> str:
    product_id: str = index.data(ProductRole.PRODUCT).product_id
    return product_id
