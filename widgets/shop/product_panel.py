"""The panel from which the host puts explain cards (讲解卡) on every viewer's screen and takes them off."""

from collections.abc import Collection, Mapping, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QPixmap
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedLayout, QWidget
from typing_extensions import override

from backend.contract.audience import ProductRequest, RequestsChanged
from backend.contract.base import AssistantRight
from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ProductsExplained, ShowCard
from backend.contract.protocol import Event
from backend.contract.shop import Product, ProductChanged, ProductsChanged
from backend.contract.shop_events import EXACT_BELOW, StockChanged, StockCounted
from widgets.common import plain
from widgets.common.forms import column, label
from widgets.common.menus import popup
from widgets.common.retranslate import Retranslated
from widgets.common.theme import icon
from widgets.shop.on_air_strip import OnAirStrip
from widgets.shop.product_delegate import ProductDelegate, RowTexts
from widgets.shop.product_draft import ProductField
from widgets.shop.product_list import ProductList
from widgets.shop.product_model import ProductFilter, ProductModel, ProductRole


class ProductPanel(Retranslated):
    """Lists the products. What is on air it learns from the room, by the same event as every viewer.

    Attributes:
        command: emitted with a `ShowCard` or a `HideCard`.
        catalog_wanted: the catalogue changed and should be read again.
        edit_wanted: emitted with a `Product` to be edited.
        flash_sale_wanted: emitted with the id of a product to be sold for less.
        rights_changed: what may be done here is another than before.
    """

    command = Signal(object)
    catalog_wanted = Signal()
    edit_wanted = Signal(object)
    flash_sale_wanted = Signal(str)
    rights_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self._has_catalog = False
        self._explained: Mapping[str, int] = {}
        self.rights = frozenset(AssistantRight)
        self.model = ProductModel(self)
        self._filter = ProductFilter(self)
        self._filter.setSourceModel(self.model)
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("fa5s.search", "faint"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._show_typed)
        self._delegate = ProductDelegate(RowTexts("", "", "", ""), self)
        self.list = ProductList(self._delegate)
        self.list.setModel(self._filter)
        self._delegate.button_clicked.connect(self.toggle_card)
        self.list.row_activated.connect(self.toggle_card)
        self.list.edit_wanted.connect(self.edit)
        self.list.menu_wanted.connect(self._on_menu_wanted)
        self.on_air = OnAirStrip()
        self.on_air.take_off_button.clicked.connect(self.take_off)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        self.empty = label("", "dim")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        pages = QWidget()
        pages.setLayout(self._pages)
        layout = column(self.on_air, self.search, pages, margin=10)
        layout.setStretch(2, 1)
        self.setLayout(layout)

    @override
    def retranslate(self) -> None:
        self._delegate.texts = RowTexts(
            explain=self.tr("Explain"),
            take_off=self.tr("Take off"),
            stock=self.tr("{n} left"),
            sold_out=self.tr("Sold out"),
            explained=self.tr("shown {time}"),
            asked=self.tr("{n} asked"),
        )
        self.search.setPlaceholderText(self.tr("Search, or a number and Enter to explain"))
        self.search.setAccessibleName(self.tr("Search products"))
        self.list.setAccessibleName(self.tr("Products"))
        self.on_air.retranslate()
        self._show_page()
        self.list.viewport().update()

    # --- In ---

    @property
    def may_show_cards(self) -> bool:
        """Whether cards can be shown and taken off from here."""
        return AssistantRight.PRODUCTS in self.rights

    @property
    def may_edit(self) -> bool:
        """Whether anything of a product can be changed from here."""
        return any(field.right in self.rights for field in ProductField)

    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        """Offer only what these rights allow; without this call, everything."""
        self.rights = frozenset(rights)
        self.on_air.show_rights(may_show_cards=self.may_show_cards)
        self._delegate.has_buttons_enabled = self.may_show_cards
        self.list.viewport().update()
        self.rights_changed.emit()

    def show_catalog(self, products: Sequence[Product]) -> None:
        """Show these products, in the host's order."""
        self._has_catalog = True
        self.model.set_products(products)
        self._show_page()

    def show_picture(self, image_url: str, picture: QPixmap) -> None:
        """Show this picture for the products that have this address."""
        self.model.set_picture(image_url, picture)

    def show_card(self, card: Card | None) -> None:
        """Follow a snapshot: this card is on air, or none."""
        self._card = card
        self.model.set_on_air(card.product.product_id if card else "")
        self.on_air.show_card(card)

    def show_explained(self, times: Mapping[str, int]) -> None:
        """Follow how long products were explained, without the card that is on air."""
        self._explained = times
        self.model.set_explained(times)

    def show_flash(self, prices: Mapping[str, int]) -> None:
        """Follow what products cost in the flash sale that is announced or open."""
        self.model.set_flash(prices)

    def show_requests(self, requests: Sequence[ProductRequest]) -> None:
        """Follow how many viewers ask for products to be explained."""
        self.model.set_asked({one.product_id: one.count for one in requests})

    def apply(self, event: Event) -> None:
        """Follow the room."""
        match event:
            case CardShown(card=card):
                self.show_card(card)
            case CardHidden():
                self.show_card(None)
            case ProductsExplained(times=times):
                self.show_explained(times)
            case RequestsChanged(requests=requests):
                self.show_requests(requests)
            case ProductsChanged():
                self.catalog_wanted.emit()
            case ProductChanged(product=product):
                self._put(product)
            case StockCounted(left=left):
                self._show_left(left)
            case StockChanged(products=products):
                # All that an assistant without the right to products hears; from there on it is coarse.
                self._show_left({one.spu_id: one.left for one in products if one.left < EXACT_BELOW})
            case _:
                pass

    def _put(self, product: Product) -> None:
        self.model.put(product)
        if self._card is not None and self._card.product.product_id == product.product_id:
            self.show_card(Card(product, self._card.shown_at_ms))

    def _show_left(self, left: Mapping[str, int]) -> None:
        for product in self.model.products:
            if product.product_id in left:
                self._put(replace(product, stock=left[product.product_id]))

    def show_time(self, server_time_ms: float) -> None:
        """Say how long the card has been on air by the server's clock; called once a second."""
        since_ms = 0.0 if self._card is None else max(0.0, server_time_ms - self._card.shown_at_ms)
        self.on_air.show_time(since_ms)
        if self._card is not None:
            product_id = self._card.product.product_id
            running = {product_id: self._explained.get(product_id, 0) + since_ms}
            self.model.set_explained({**self._explained, **running})

    # --- Out ---

    def toggle_card(self, product_id: str) -> None:
        """Ask for this product's card, or for none when it is the one on air."""
        if self.may_show_cards:
            self.command.emit(HideCard() if self._is_on_air(product_id) else ShowCard(product_id))

    def take_off(self) -> None:
        """Ask for no card on air."""
        if self.may_show_cards:
            self.command.emit(HideCard())

    def edit(self, product_id: str) -> None:
        """Ask to change this product."""
        product = self.model.find(product_id)
        if product is not None and self.may_edit:
            self.edit_wanted.emit(product)

    def menu(self, product_id: str) -> QMenu:
        """Everything that can be done with a product."""
        made = QMenu(self)
        card = made.addAction(
            self.tr("Take off") if self._is_on_air(product_id) else self.tr("Explain"),
            lambda: self.toggle_card(product_id),
        )
        card.setEnabled(self.may_show_cards)
        edit = made.addAction(self.tr("Edit…"), lambda: self.edit(product_id))
        edit.setShortcut(QKeySequence(Qt.Key.Key_F2))
        edit.setEnabled(self.may_edit)
        flash = made.addAction(self.tr("Flash sale…"), lambda: self.flash_sale_wanted.emit(product_id))
        flash.setEnabled(AssistantRight.CAMPAIGNS in self.rights)
        return made

    def _on_menu_wanted(self, product_id: str, place: QPoint) -> None:
        popup(self.menu(product_id), place)

    def _is_on_air(self, product_id: str) -> bool:
        return self._card is not None and self._card.product.product_id == product_id

    def toggle_number(self, number: int) -> None:
        """The same by the product's spoken number; a number that nobody has does nothing."""
        for product in self.model.products:
            if product.number == number:
                self.toggle_card(product.product_id)

    def _show_typed(self) -> None:
        """Ask for the card of the number that was typed, and make room for the next number."""
        typed = self.search.text().strip()
        for product in self.model.products:
            if typed == str(product.number) and self.may_show_cards:
                self.search.clear()
                if not self._is_on_air(product.product_id):
                    self.command.emit(ShowCard(product.product_id))

    def index_of(self, product_id: str) -> QModelIndex:
        """The row of this product in the list; invalid when it is not shown."""
        for number in range(self._filter.rowCount()):
            index = self._filter.index(number, 0)
            if index.data(ProductRole.PRODUCT).product_id == product_id:
                return index
        return QModelIndex()

    def _on_search_changed(self, text: str) -> None:
        self._filter.set_text(text)
        self._show_page()

    def _show_page(self) -> None:
        is_empty = self._filter.rowCount() == 0
        if not self._has_catalog:
            text = self.tr("The products come as soon as the server is there.")
        elif self.model.rowCount() == 0:
            text = self.tr("No products yet. Start with --demo for five demo products.")
        else:
            text = self.tr("Nothing found. Clear the search to see all products.")
        plain.set_text(self.empty, text)
        self._pages.setCurrentIndex(1 if is_empty else 0)
