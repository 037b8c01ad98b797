"""The products of a room as a Qt model, in the host's order, with the card on air and their pictures."""

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QPixmap
from typing_extensions import override

from backend.contract.shop import Product
from widgets.common import plain
from widgets.shop import product_texts

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()


class ProductRole(IntEnum):
    """The roles of the model beyond the text."""

    PRODUCT = Qt.ItemDataRole.UserRole + 1
    PICTURE = Qt.ItemDataRole.UserRole + 2
    IS_ON_AIR = Qt.ItemDataRole.UserRole + 3
    EXPLAINED_MS = Qt.ItemDataRole.UserRole + 4
    ASKED = Qt.ItemDataRole.UserRole + 5
    FLASH_MINOR = Qt.ItemDataRole.UserRole + 6


class ProductModel(QAbstractListModel):
    """One row a product."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._products: list[Product] = []
        self._pictures: dict[str, QPixmap] = {}
        self._on_air_id = ""
        self._explained: Mapping[str, float] = {}
        self._asked: Mapping[str, int] = {}
        self._flash: Mapping[str, int] = {}

    @property
    def products(self) -> tuple[Product, ...]:
        """All products, in the host's order."""
        return tuple(self._products)

    def set_products(self, products: Sequence[Product]) -> None:
        """Replace the whole catalogue."""
        self.beginResetModel()
        self._products = list(products)
        self.endResetModel()

    def put(self, product: Product) -> None:
        """Show one product as it is now."""
        self._products = [product if one.product_id == product.product_id else one for one in self._products]
        self._emit_changed(lambda one: one.product_id == product.product_id)

    def set_picture(self, image_url: str, picture: QPixmap) -> None:
        """Give the picture of this address to every product that has it."""
        self._pictures[image_url] = picture
        self._emit_changed(lambda product: product.image_url == image_url)

    def set_on_air(self, product_id: str) -> None:
        """Mark this product's card as the one on air; empty for none."""
        before, self._on_air_id = self._on_air_id, product_id
        self._emit_changed(lambda product: product.product_id in (before, product_id))

    def set_explained(self, times: Mapping[str, float]) -> None:
        """Show how long products were explained, in milliseconds."""
        before, self._explained = self._explained, dict(times)
        changed = {one for one in before.keys() | times.keys() if before.get(one) != times.get(one)}
        self._emit_changed(lambda product: product.product_id in changed)

    def set_asked(self, asked: Mapping[str, int]) -> None:
        """Show how many viewers ask for products to be explained."""
        before, self._asked = self._asked, dict(asked)
        self._emit_changed(lambda product: product.product_id in before.keys() | asked.keys())

    def set_flash(self, prices: Mapping[str, int]) -> None:
        """Show what products cost in a flash sale."""
        before, self._flash = self._flash, dict(prices)
        self._emit_changed(lambda product: product.product_id in before.keys() | prices.keys())

    def _emit_changed(self, concerns: Callable[[Product], bool]) -> None:
        for number, product in enumerate(self._products):
            if concerns(product):
                index = self.index(number)
                self.dataChanged.emit(index, index)

    def find(self, product_id: str) -> Product | None:
        """The product of this id."""
        return next((product for product in self._products if product.product_id == product_id), None)

    def picture(self, image_url: str) -> QPixmap | None:
        """The picture of this address, once it has come."""
        return self._pictures.get(image_url)

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._products)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._products):
            return None
        return self._values(self._products[index.row()]).get(role)

    def _values(self, product: Product) -> dict[int, Any]:
        flash_minor = self._flash.get(product.product_id)
        price = product_texts.price(product, flash_minor)
        return {
            Qt.ItemDataRole.DisplayRole: f"{product.number} {product.title}",
            Qt.ItemDataRole.AccessibleTextRole: f"{product.title}, {price}",
            Qt.ItemDataRole.ToolTipRole: plain.tooltip(product.title),
            ProductRole.PRODUCT: product,
            ProductRole.PICTURE: self._pictures.get(product.image_url),
            ProductRole.IS_ON_AIR: product.product_id == self._on_air_id,
            ProductRole.EXPLAINED_MS: self._explained.get(product.product_id, 0),
            ProductRole.ASKED: self._asked.get(product.product_id, 0),
            ProductRole.FLASH_MINOR: flash_minor,
        }


class ProductFilter(QSortFilterProxyModel):
    """Keeps the products whose title holds every word that was typed, or whose number it is."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: list[str] = []

    def set_text(self, text: str) -> None:
        """Search for this; empty shows all."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        index = self.sourceModel().index(source_row, 0, source_parent)
        product: Product = index.data(ProductRole.PRODUCT)
        title = product.title.casefold()
        return all(word in title or word == str(product.number) for word in self._words)
