"""The foot of the products window: what can be done with the chosen products."""

from collections.abc import Collection, Mapping, Sequence
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from backend.contract.base import AssistantRight
from widgets.common import plain
from widgets.common.forms import label, row, say
from widgets.common.retranslate import Retranslated
from widgets.common.tokens import icon
from widgets.shop import product_texts
from widgets.shop.products_acts import (
    ChangeDetails,
    ChangeLabels,
    ChangePrices,
    CountStock,
    DeleteProducts,
    ProductAct,
    PutInRoom,
    PutOnShelf,
    SetPicture,
    TakeFromRoom,
    TakeOffShelf,
)
from widgets.shop.products_entry import ProductEntry


class Step(Enum):
    """What a button of the foot does."""

    EDIT = auto()
    ROOM = auto()
    SHELF = auto()
    PRICE = auto()
    LABELS = auto()
    STOCK = auto()
    PICTURE = auto()
    DELETE = auto()


OF_ONE: Final = frozenset({Step.EDIT, Step.STOCK, Step.PICTURE})
ICONS: Final = {
    Step.EDIT: "fa5s.pen",
    Step.ROOM: "fa5s.store",
    Step.SHELF: "fa5s.eye",
    Step.PRICE: "fa5s.tag",
    Step.LABELS: "fa5s.tags",
    Step.STOCK: "fa5s.boxes",
    Step.PICTURE: "fa5s.image",
    Step.DELETE: "fa5s.trash",
}

_KINDS: Final[Mapping[Step, type[ProductAct]]] = {
    Step.EDIT: ChangeDetails,
    Step.PRICE: ChangePrices,
    Step.LABELS: ChangeLabels,
    Step.STOCK: CountStock,
    Step.PICTURE: SetPicture,
    Step.DELETE: DeleteProducts,
}


def kind_of(step: Step, entries: Sequence[ProductEntry]) -> type[ProductAct]:
    """What a button does with these products: to or from the room and the shelf, as the first one stands."""
    first = entries[0] if entries else None
    if step is Step.ROOM:
        return TakeFromRoom if first is not None and first.is_in_room else PutInRoom
    if step is Step.SHELF:
        return TakeOffShelf if first is None or first.is_on_shelf else PutOnShelf
    return _KINDS[step]


class ProductsFoot(Retranslated):
    """One button a step.

    Attributes:
        wanted: emitted with a `Step`.
    """

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[ProductEntry] = ()
        self._allowed: Collection[type[ProductAct]] = ()
        self.setObjectName("panelFoot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.about = label("", "dim")
        self.buttons: dict[Step, QPushButton] = {}
        for step, name in ICONS.items():
            button = QPushButton()
            button.setIcon(icon(name))
            button.clicked.connect(lambda _checked=False, step=step: self.wanted.emit(step))
            self.buttons[step] = button
        self.buttons[Step.DELETE].setIcon(icon(ICONS[Step.DELETE], "live"))
        self.buttons[Step.DELETE].setProperty("kind", "end")
        layout = row(*self.buttons.values(), self.about, spacing=8)
        layout.insertStretch(len(self.buttons) - 1, 1)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.removeWidget(self.about)
        layout.insertWidget(0, self.about)
        self.setLayout(layout)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._show()

    def show_chosen(self, entries: Sequence[ProductEntry]) -> None:
        """Offer what can be done with these."""
        self._entries = entries
        self._show()

    def show_allowed(self, allowed: Collection[type[ProductAct]]) -> None:
        """Enable what one may do."""
        self._allowed = allowed
        self._show()

    def may(self, step: Step) -> bool:
        """Whether this can be done now."""
        is_one = step not in OF_ONE or len(self._entries) == 1
        if step is Step.STOCK and not any(sku.has_stock for entry in self._entries for sku in entry.skus):
            return False  # bundles have none of their own
        return bool(self._entries) and is_one and kind_of(step, self._entries) in self._allowed

    def text(self, step: Step) -> str:
        """What a button says."""
        kind = kind_of(step, self._entries)
        return {
            Step.EDIT: self.tr("Edit…"),
            Step.ROOM: self.tr("Out of the room") if kind is TakeFromRoom else self.tr("Into the room"),
            Step.PRICE: self.tr("Price…"),
            Step.LABELS: self.tr("Tags…"),
            Step.STOCK: self.tr("Stock…"),
            Step.PICTURE: self.tr("Picture…"),
            Step.SHELF: self.tr("Off shelf") if kind is TakeOffShelf else self.tr("On shelf"),
            Step.DELETE: self.tr("Delete…"),
        }[step]

    def _show(self) -> None:
        for step, button in self.buttons.items():
            is_barred = kind_of(step, self._entries) not in self._allowed
            right = AssistantRight.PRICES if step is Step.PRICE else AssistantRight.PRODUCTS
            say(button, self.text(step), product_texts.missing(right) if is_barred else "")
            button.setEnabled(self.may(step))
        count = len(self._entries)
        plain.set_text(self.about, self.tr("{n} selected").format(n=count) if count > 1 else "")
        self.about.setVisible(count > 1)
