"""What mouse, keys and the foot's buttons of the products window mean for the chosen products."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from widgets.common import plain
from widgets.common.menus import popup
from widgets.common.picture_well import PictureWell
from widgets.shop.product_draft import Wrong, read_price, read_title
from widgets.shop.products_acts import (
    ProductAct,
    PutInRoom,
    PutOnShelf,
    SetPicture,
    SetPrice,
    SetTitle,
    TakeFromRoom,
    TakeOffShelf,
)
from widgets.shop.products_dialogs import ProductsDialogs
from widgets.shop.products_entry import ProductEntry
from widgets.shop.products_foot import ProductsFoot, Step, kind_of
from widgets.shop.products_list import ProductsList
from widgets.shop.products_model import Column, edited_text
from widgets.shop.room_order import inserted


class ProductsSteps(QObject):
    """Between the parts of the window; what has no dialog is sent at once.

    Attributes:
        act: emitted with a `ProductAct`.
        edit_wanted: emitted with the id of a product.
        failed: emitted with why a picture was not taken.
        now_ms: the server's time.
    """

    act = Signal(object)
    edit_wanted = Signal(str)
    failed = Signal(str)

    def __init__(
        self, window: QWidget, products: ProductsList, foot: ProductsFoot, dialogs: ProductsDialogs
    ) -> None:
        super().__init__(window)
        self._window = window
        self._list, self._foot, self._dialogs = products, foot, dialogs
        self.now_ms = 0.0
        self._picture_for = ""
        self.well = PictureWell()
        self.well.setParent(window)
        self.well.hide()
        self.well.picked.connect(self._on_picture_picked)
        self.well.failed.connect(self.failed)
        table = products.table
        table.delegate.edited.connect(self._on_edited)
        table.moved.connect(self._on_moved)
        table.picture_dropped.connect(self._on_picture_dropped)
        table.opened.connect(self._on_opened)
        table.removed.connect(lambda: self._do_with(TakeFromRoom, table.chosen))
        table.menu_wanted.connect(self._open_menu)
        foot.wanted.connect(self.do)

    def do(self, step: Step) -> None:
        """Do this with the chosen products, as far as it can be done now."""
        chosen = self._list.table.chosen
        if not self._foot.may(step):
            return
        match step:
            case Step.STOCK:
                self._dialogs.ask_for_stock(chosen[0], self.now_ms)
            case Step.EDIT:
                self.edit_wanted.emit(chosen[0].spu_id)
            case Step.PICTURE:
                self._picture_for = chosen[0].spu_id
                self.well.ask()
            case Step.PRICE:
                self._dialogs.ask_for_prices(chosen)
            case Step.LABELS:
                self._dialogs.ask_for_labels(chosen)
            case Step.DELETE:
                self._dialogs.ask_to_delete(chosen)
            case Step.ROOM | Step.SHELF:
                self._do_with(kind_of(step, chosen), chosen)

    def paste(self) -> None:
        """Give the current product the picture that was copied."""
        entry = self._list.table.entry
        if self._foot.may(Step.PICTURE) and entry is not None:
            self._picture_for = entry.spu_id
            self.well.take_from(QGuiApplication.clipboard().mimeData())

    def _do_with(self, kind: type[ProductAct], chosen: Sequence[ProductEntry]) -> None:
        """Send it for those of the products that are not so already."""
        is_in_room = tuple(entry.spu_id for entry in chosen if entry.is_in_room)
        is_outside = tuple(entry.spu_id for entry in chosen if not entry.is_in_room)
        is_on_shelf = tuple(entry.spu_id for entry in chosen if entry.is_on_shelf)
        is_off_shelf = tuple(entry.spu_id for entry in chosen if not entry.is_on_shelf)
        if kind is PutInRoom and is_outside:
            self.act.emit(PutInRoom(is_outside))
        elif kind is TakeFromRoom and is_in_room:
            self.act.emit(TakeFromRoom(is_in_room))
        elif kind is PutOnShelf and is_off_shelf:
            self.act.emit(PutOnShelf(is_off_shelf))
        elif kind is TakeOffShelf and is_on_shelf:
            self.act.emit(TakeOffShelf(is_on_shelf))

    def _on_opened(self) -> None:
        is_stock = self._list.table.currentIndex().column() == Column.LEFT
        self.do(Step.STOCK if is_stock else Step.EDIT)

    def _on_moved(self, moved: tuple[str, ...], anchor: str, is_below: bool) -> None:  # noqa: FBT001 - a slot
        order = self._list.model.order
        if anchor not in order:
            return
        rest = order[order.index(anchor) + is_below :]
        before = next((spu_id for spu_id in rest if spu_id not in moved), "")
        if tuple(inserted(order, moved, before)) != order:
            self.act.emit(PutInRoom(moved, before))

    def _on_edited(self, spu_id: str, column: Column, text: str) -> None:
        entry = self._list.model.find(spu_id)
        if entry is None:
            return
        self._list.model.forget_refused(spu_id, column)
        if text == edited_text(entry, column):
            return
        if column is Column.TITLE:
            title = read_title(text)
            if not isinstance(title, Wrong):
                self.act.emit(SetTitle(spu_id, title))
        elif entry.sku is not None:
            price = read_price(text, entry.currency)
            if not isinstance(price, Wrong):
                self.act.emit(SetPrice(spu_id, entry.sku.sku_id, price))

    def _on_picture_picked(self, content: bytes) -> None:
        self.well.clear()
        self.act.emit(SetPicture(self._picture_for, content))

    def _on_picture_dropped(self, spu_id: str, data: QMimeData) -> None:
        self._picture_for = spu_id
        self.well.take_from(data)

    def _open_menu(self, place: QPoint) -> None:
        window = self._window
        menu = QMenu(window)
        for step in Step:
            action = menu.addAction("")
            plain.set_text(action, self._foot.text(step))
            action.setEnabled(self._foot.may(step))
            action.triggered.connect(lambda _checked=False, step=step: self.do(step))
        popup(menu, place)
