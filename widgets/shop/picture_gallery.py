"""The pictures of a product in their order: added, dragged, taken out."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget
from typing_extensions import override

from backend.contract.pictures import Picture
from backend.contract.products import MOST_PICTURES
from widgets.common import plain
from widgets.common.foreign_picture import foreign_picture
from widgets.common.forms import column, label, row
from widgets.common.picture_well import SIDE, PictureWell
from widgets.common.theme import icon

PICTURE: Final = Qt.ItemDataRole.UserRole + 1
ADDRESSES: Final = PICTURE + 1


class _Strip(QListWidget):
    """Pictures beside each other; Delete takes the current one out, Alt with an arrow moves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlow(QListView.Flow.LeftToRight)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setIconSize(QSize(SIDE - 16, SIDE - 16))
        self.setFixedHeight(SIDE)
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.takeItem(self.currentRow())
        elif step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.move_current(step)
        else:
            super().keyPressEvent(event)

    def move_current(self, step: int) -> None:
        """Move the current picture by a place."""
        place = self.currentRow()
        if 0 <= place + step < self.count():
            before = place + step + (step > 0)
            self.model().moveRow(QModelIndex(), place, QModelIndex(), before)


class PictureGallery(QWidget):
    """Pictures that the shop has, by name, and new ones as bytes; the first stands for the product.

    Attributes:
        failed: emitted with why what came was not taken; empty once something was.
    """

    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list, self.well = _Strip(), PictureWell(most=MOST_PICTURES)
        self.hint = label("", "faint")
        self.hint.setWordWrap(True)
        plain.set_name(self.list, self.tr("Pictures"))
        plain.set_text(
            self.hint, self.tr("The first one stands for the product. Drag to order; Delete takes one out.")
        )
        self.well.picked.connect(self._on_picked)
        self.well.failed.connect(self.failed)
        self.list.model().rowsInserted.connect(self._show)
        self.list.model().rowsRemoved.connect(self._show)
        strip = row(self.well, self.list, spacing=8)
        strip.setStretch(1, 1)
        strip.addStretch()
        self.setLayout(column(strip, self.hint, spacing=4))
        self._show()

    @property
    def pictures(self) -> tuple[str | bytes, ...]:
        """The pictures in their order."""
        return tuple(self.list.item(place).data(PICTURE) for place in range(self.list.count()))

    def show_pictures(self, pictures: Sequence[Picture], known: Mapping[str, QPixmap]) -> None:
        """Show pictures of the shop, as far as they are known by their addresses."""
        self.list.clear()
        for picture in pictures:
            item = self._add(picture.name, known.get(picture.thumbnail) or known.get(picture.path))
            item.setData(ADDRESSES, [picture.thumbnail, picture.path])

    def show_picture(self, address: str, picture: QPixmap) -> None:
        """Show a picture of the shop that came after the others."""
        for place in range(self.list.count()):
            if address in (self.list.item(place).data(ADDRESSES) or ()):
                self.list.item(place).setIcon(QIcon(picture))

    def _on_picked(self, content: bytes) -> None:
        self.well.clear()
        if self.list.count() >= MOST_PICTURES:
            self.failed.emit(self.tr("A product has at most {n} pictures.").format(n=MOST_PICTURES))
            return
        self._add(content, foreign_picture(content))
        self.failed.emit("")

    def _add(self, picture: str | bytes, shown: QPixmap | None) -> QListWidgetItem:
        item = QListWidgetItem(self.list)
        item.setIcon(QIcon(shown) if shown is not None else icon("fa5s.image", "faint"))
        item.setData(PICTURE, picture)
        item.setSizeHint(QSize(SIDE - 8, SIDE - 8))
        return item

    def _show(self) -> None:
        has_any = self.list.count() > 0
        self.list.setVisible(has_any)
        self.hint.setVisible(has_any)
