"""The shop's products as a Qt table, those of the room first, and the filter over it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

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

from widgets.common import plain
from widgets.common.money import amount_text, typed_amount
from widgets.shop import products_texts
from widgets.shop.products_entry import ProductEntry, Shelf

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX: Final = QModelIndex()


class Column(IntEnum):
    """The columns of the table."""

    NUMBER = 0
    TITLE = 1
    SPECS = 2
    PRICE = 3
    REFERENCE = 4
    LEFT = 5
    SOLD = 6
    STATE = 7


RIGHT_COLUMNS: Final = frozenset({Column.NUMBER, Column.PRICE, Column.REFERENCE, Column.LEFT, Column.SOLD})


class ProductsRole(IntEnum):
    """What the model gives beyond texts."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    PICTURE = Qt.ItemDataRole.UserRole + 2
    PROBLEM = Qt.ItemDataRole.UserRole + 3


def column_text(column: Column) -> str:
    """What a column is called."""
    translate = QCoreApplication.translate
    return {
        Column.NUMBER: translate("Products", "No."),
        Column.TITLE: translate("Products", "Product"),
        Column.SPECS: translate("Products", "SKUs"),
        Column.PRICE: translate("Products", "Price"),
        Column.REFERENCE: translate("Products", "Reference"),
        Column.LEFT: translate("Products", "Stock"),
        Column.SOLD: translate("Products", "Sold"),
        Column.STATE: translate("Products", "State"),
    }[column]


class ProductsModel(QAbstractTableModel):
    """One row a product: those of the room by their place, then the others by their title."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[ProductEntry] = []
        self._pictures: dict[str, QPixmap] = {}
        self._refused: dict[tuple[str, Column], tuple[str, str]] = {}
        self._editable: frozenset[Column] = frozenset()

    @property
    def entries(self) -> tuple[ProductEntry, ...]:
        """All products, from top to bottom."""
        return tuple(self._entries)

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of what the room lists."""
        return tuple(entry.spu_id for entry in self._entries if entry.is_in_room)

    @property
    def pictures(self) -> Mapping[str, QPixmap]:
        """The pictures that came, by their addresses."""
        return self._pictures

    def find(self, spu_id: str) -> ProductEntry | None:
        """The product of this id."""
        return next((entry for entry in self._entries if entry.spu_id == spu_id), None)

    def row_of(self, spu_id: str) -> int:
        """The row of a product; -1 where it has none."""
        rows = (row for row, entry in enumerate(self._entries) if entry.spu_id == spu_id)
        return next(rows, -1)

    # --- In ---

    def clear(self) -> None:
        """Forget all products."""
        self.beginResetModel()
        self._entries = []
        self._refused = {}
        self.endResetModel()

    def show(self, entries: Iterable[ProductEntry]) -> None:
        """Show these products and no others; rows that stay keep selection and place."""
        wanted = sorted(entries, key=_order)
        ids = {entry.spu_id for entry in wanted}
        for row in reversed(range(len(self._entries))):
            if self._entries[row].spu_id not in ids:
                self.beginRemoveRows(_NO_INDEX, row, row)
                del self._entries[row]
                self.endRemoveRows()
        known = {entry.spu_id for entry in self._entries}
        new = [entry for entry in wanted if entry.spu_id not in known]
        if new:
            first = len(self._entries)
            self.beginInsertRows(_NO_INDEX, first, first + len(new) - 1)
            self._entries += new
            self.endInsertRows()
        self._change_to(wanted)

    def _change_to(self, wanted: list[ProductEntry]) -> None:
        """Bring the same products into this order, and each to what it is now."""
        if [entry.spu_id for entry in wanted] != [entry.spu_id for entry in self._entries]:
            self.layoutAboutToBeChanged.emit()
            before = self.persistentIndexList()
            rows = {entry.spu_id: row for row, entry in enumerate(wanted)}
            after = [self.index(rows[self._entries[index.row()].spu_id], index.column()) for index in before]
            self._entries = wanted
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()
            return
        for row, (now, entry) in enumerate(zip(self._entries, wanted, strict=True)):
            if now != entry:
                self._entries[row] = entry
                self._tell_changed(row)

    def set_picture(self, image: str, picture: QPixmap) -> None:
        """Give the picture of this address to every product that has it."""
        self._pictures[image] = picture
        for row, entry in enumerate(self._entries):
            if entry.image == image:
                index = self.index(row, Column.TITLE)
                self.dataChanged.emit(index, index)

    def set_editable(self, columns: Iterable[Column]) -> None:
        """Let only these columns be edited."""
        self._editable = frozenset(columns)

    def set_refused(self, spu_id: str, column: Column, typed: str, why: str) -> None:
        """Keep what was typed and refused; editing there begins with it."""
        self._refused[spu_id, column] = (typed, why)
        self._tell_changed(self.row_of(spu_id))

    def forget_refused(self, spu_id: str, column: Column) -> None:
        """The cell shows what counts again."""
        if self._refused.pop((spu_id, column), None) is not None:
            self._tell_changed(self.row_of(spu_id))

    def _tell_changed(self, row: int) -> None:
        if row >= 0:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    # --- Out ---

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._entries)

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
            is_right = Column(section) in RIGHT_COLUMNS
            side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return column_text(Column(section)) if role == Qt.ItemDataRole.DisplayRole else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        made = super().flags(index)
        if not index.isValid():
            return made
        entry, column = self._entries[index.row()], Column(index.column())
        has_one_price = column is not Column.PRICE or entry.sku is not None
        if column in self._editable and has_one_price:
            made |= Qt.ItemFlag.ItemIsEditable
        return made

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], Column(index.column())
        typed, why = self._refused.get((entry.spu_id, column), (None, None))
        value: Any = None
        match role:
            case ProductsRole.ENTRY:
                value = entry
            case ProductsRole.PICTURE:
                value = self._pictures.get(entry.image)
            case ProductsRole.PROBLEM:
                value = why
            case Qt.ItemDataRole.EditRole:
                value = edited_text(entry, column) if typed is None else typed
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                value = cell_text(entry, column)
            case _:
                value = _tooltip(why or _TOOLTIPS.get(column, _no_text)(entry)).get(role)
        return value


def _tooltip(text: str) -> dict[int, str]:
    return {Qt.ItemDataRole.ToolTipRole: plain.tooltip(text)} if text else {}


def cell_text(entry: ProductEntry, column: Column) -> str:
    """What a cell says."""
    return _TEXTS[column](entry)


def edited_text(entry: ProductEntry, column: Column) -> str:
    """What editing a cell begins with."""
    if column is Column.PRICE:
        return typed_amount(entry.cheapest.price_minor, entry.currency)
    return entry.title if column is Column.TITLE else ""


def _reference_text(entry: ProductEntry) -> str:
    reference = entry.cheapest.reference_minor
    return "" if reference is None else amount_text(reference, entry.currency)


def _all_skus_text(entry: ProductEntry) -> str:
    lines = []
    for sku in entry.skus:
        specs = " · ".join(value for _, value in sku.specs)
        lines.append(f"{specs}  {amount_text(sku.price_minor, entry.currency)}  {sku.left:,}")
    return "\n".join(lines) if len(lines) > 1 else ""


def _no_text(_entry: ProductEntry) -> str:
    return ""


_TEXTS: Final[Mapping[Column, Callable[[ProductEntry], str]]] = {
    Column.NUMBER: lambda entry: str(entry.number) if entry.number else "–",
    Column.TITLE: lambda entry: entry.title,
    Column.SPECS: products_texts.specs_text,
    Column.PRICE: products_texts.price_text,
    Column.REFERENCE: _reference_text,
    Column.LEFT: lambda entry: f"{entry.left:,}",
    Column.SOLD: lambda entry: f"{entry.sold:,}",
    Column.STATE: lambda entry: products_texts.state_text(entry)[0],
}
_TOOLTIPS: Final[Mapping[Column, Callable[[ProductEntry], str]]] = {
    Column.TITLE: lambda entry: entry.title,
    Column.SPECS: _all_skus_text,
    Column.PRICE: _all_skus_text,
    Column.LEFT: _all_skus_text,
}


class ProductsFilter(QSortFilterProxyModel):
    """Keeps the products of a shelf that hold every word that was typed, or have the number."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shelf = Shelf.ALL
        self._words: Sequence[str] = ()

    def set_shelf(self, shelf: Shelf) -> None:
        """Keep these products alone, or all."""
        self.beginFilterChange()
        self._shelf = shelf
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def set_text(self, text: str) -> None:
        """Search for this; empty keeps all."""
        self.beginFilterChange()
        self._words = text.casefold().split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        entry: ProductEntry = self.sourceModel().index(source_row, 0, source_parent).data(ProductsRole.ENTRY)
        if not self._shelf.holds(entry):
            return False
        if not self._words:
            return True
        codes = " ".join(f"{sku.code} {' '.join(value for _, value in sku.specs)}" for sku in entry.skus)
        hay = f"{entry.title}\n{codes}".casefold()
        return all(word in hay or word == str(entry.number) for word in self._words)


def _order(entry: ProductEntry) -> tuple[bool, int, str, str]:
    return (not entry.is_in_room, entry.place, entry.title.casefold(), entry.spu_id)
