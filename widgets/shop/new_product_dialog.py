"""Where a product is added: a title, a price, a stock, and a picture if there is one."""

import uuid

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.currency import sign_of
from widgets.common import plain
from widgets.common.forms import caption, column, form, label, row
from widgets.shop import product_texts
from widgets.shop.picture_well import PictureWell
from widgets.shop.product_draft import Wrong, read_price, read_stock, read_title
from widgets.shop.products_acts import AddProduct
from widgets.shop.shop_dialog import ShopDialog


class NewProductDialog(ShopDialog):
    """Asks for what a product needs at least; the rest is added in the table."""

    def __init__(self, parent: QWidget, currency: str) -> None:
        super().__init__(parent, self.tr("New product"), self.tr("Add it"), "primary")
        self._currency = currency
        self._key = uuid.uuid4().hex
        self.title, self.price, self.stock = QLineEdit(), QLineEdit(), QLineEdit()
        self.stock.setText("0")
        self.picture = PictureWell()
        self.picture.failed.connect(self.show_problem)
        self.picture.picked.connect(lambda: self.show_problem(""))
        price = self.tr("Price ({sign})").format(sign=sign_of(currency).strip())
        fields = form()
        for text, field in (
            (self.tr("Title"), self.title),
            (price, self.price),
            (self.tr("Stock"), self.stock),
        ):
            plain.set_name(field, text)
            fields.addRow(caption(text, field), field)
        heading = label(self.tr("New product"), "title")
        about = label(self.tr("It comes to the end of this room's list, and can be bought at once."), "dim")
        about.setWordWrap(True)
        body = row(self.picture, fields, spacing=16)
        body.setStretch(1, 1)
        self.setLayout(column(heading, about, body, self.problem, self.buttons, margin=20, spacing=14))
        self.title.setFocus()

    @override
    def wanted(self) -> AddProduct | None:
        title = read_title(self.title.text())
        price = read_price(self.price.text(), self._currency)
        stock = read_stock(self.stock.text())
        for field, read in ((self.title, title), (self.price, price), (self.stock, stock)):
            if isinstance(read, Wrong):
                self.show_problem(product_texts.wrong(read, field.text(), self._currency))
                field.setFocus()
                field.selectAll()
                return None
        if isinstance(title, Wrong) or isinstance(price, Wrong) or isinstance(stock, Wrong):
            return None
        return AddProduct(title, price, stock, self.picture.content, self._key)

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        for field in (self.title, self.price, self.stock, self.picture):
            field.setEnabled(self.waiting_for is None)
