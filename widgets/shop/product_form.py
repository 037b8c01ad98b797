"""The form of a product: a new one, or one that the shop has, with pictures and SKUs."""

import uuid
from collections.abc import Collection, Mapping
from typing import Final

from msgspec import UNSET
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.products import (
    MAX_DESCRIPTION,
    MAX_LABEL,
    MOST_TAGS,
    ChangeProduct,
    NewProduct,
    StaffProduct,
)
from widgets.common import plain
from widgets.common.forms import caption, column, form, label, row
from widgets.shop import product_texts
from widgets.shop.picture_gallery import PictureGallery
from widgets.shop.product_draft import Wrong, read_title
from widgets.shop.products_acts import AddProduct, ChangeDetails
from widgets.shop.shop_dialog import ShopDialog
from widgets.shop.sku_matrix import SkuMatrix
from widgets.shop.sku_rows import split_values

SIZE: Final = QSize(880, 700)
MINIMUM: Final = QSize(720, 480)
TEXT_HEIGHT: Final = 64


class ProductForm(ShopDialog):
    """What the forms of a new and of an old product share."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        accept: str,
        *,
        currency: str,
        rights: Collection[AssistantRight],
        product: StaffProduct | None = None,
    ) -> None:
        super().__init__(parent, title, accept, "primary")
        self._currency = currency
        self.has_products = AssistantRight.PRODUCTS in rights
        self.title, self.category, self.tags = QLineEdit(), QLineEdit(), QLineEdit()
        self.category.setMaxLength(MAX_LABEL)
        self.tags.setPlaceholderText(self.tr("with commas"))
        self.description = QPlainTextEdit()
        self.description.setFixedHeight(TEXT_HEIGHT)
        self.description.setTabChangesFocus(True)
        self.gallery = PictureGallery()
        self.gallery.failed.connect(self.show_problem)
        self.matrix = SkuMatrix(
            currency,
            product.skus if product is not None else (),
            has_prices=AssistantRight.PRICES in rights,
            has_products=self.has_products,
        )
        self.fields: tuple[QWidget, ...] = (
            self.title, self.category, self.tags, self.description, self.gallery,
        )  # fmt: skip
        self.setMinimumSize(MINIMUM)
        self.resize(SIZE.boundedTo(parent.screen().availableSize() * 0.92))

    def lay_out(self, *switches: QWidget) -> None:
        """Put the fields in their places."""
        fields = form()
        named: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Title"), self.title),
            (self.tr("Description"), self.description),
            (self.tr("Pictures"), self.gallery),
        )
        for text, field in named:
            plain.set_name(field, text)
            fields.addRow(caption(text, field), field)
        plain.set_name(self.category, self.tr("Category"))
        plain.set_name(self.tags, self.tr("Tags"))
        sorting = row(self.category, caption(self.tr("Tags"), self.tags), self.tags, spacing=12)
        sorting.setStretch(0, 1)
        sorting.setStretch(2, 2)
        fields.insertRow(1, caption(self.tr("Category"), self.category), sorting)
        heading = label(self.windowTitle(), "title")
        heading.setWordWrap(True)
        body, area = QWidget(), QScrollArea()
        upper = column(fields, self.matrix, spacing=14)
        upper.setStretch(1, 1)
        upper.setContentsMargins(0, 0, 6, 0)
        body.setLayout(upper)
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        below = row(*switches, spacing=16)
        below.addStretch(1)
        layout = column(heading, area, below, self.problem, self.buttons, margin=20, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        for field in self.fields:
            field.setEnabled(self.has_products)
        self.title.setFocus()

    def read_title(self) -> str | None:
        """The title; None where something in the form is wrong, which it then says."""
        title = read_title(self.title.text())
        problem = ""
        if isinstance(title, Wrong):
            self.title.setFocus()
            problem = product_texts.wrong(title, self.title.text(), self._currency)
        elif len(self.description.toPlainText()) > MAX_DESCRIPTION:
            self.description.setFocus()
            problem = self.tr("A description has at most {n} characters.").format(n=f"{MAX_DESCRIPTION:,}")
        elif len(split_values(self.tags.text())) > MOST_TAGS:
            self.tags.setFocus()
            problem = self.tr("A product has at most {n} tags.").format(n=MOST_TAGS)
        problem = problem or self.matrix.problem()
        self.show_problem(problem)
        return None if problem else str(title)

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        is_free = self.waiting_for is None
        self.matrix.setEnabled(is_free)
        for field in self.fields:
            field.setEnabled(is_free and self.has_products)


class NewProductForm(ProductForm):
    """Asks for a product: a title and a price are enough."""

    def __init__(self, parent: QWidget, currency: str, rights: Collection[AssistantRight]) -> None:
        title, accept = self.tr("New product"), self.tr("Add it")
        super().__init__(parent, title, accept, currency=currency, rights=rights)
        self._last: AddProduct | None = None
        self.on_shelf, self.in_room = QCheckBox(self.tr("On the shelf")), QCheckBox(self.tr("In this room"))
        for switch in (self.on_shelf, self.in_room):
            switch.setChecked(True)
        self.lay_out(self.on_shelf, self.in_room)

    @override
    def wanted(self) -> AddProduct | None:
        title = self.read_title()
        if title is None:
            return None
        product = NewProduct(
            title,
            self.matrix.new_skus(),
            description=self.description.toPlainText().strip(),
            category=self.category.text().strip(),
            tags=split_values(self.tags.text()),
            is_on_shelf=self.on_shelf.isChecked(),
            is_in_room=self.in_room.isChecked(),
        )
        pictures = tuple(one for one in self.gallery.pictures if isinstance(one, bytes))
        last = self._last
        # The same again is the same request: the first may have been carried out without an answer.
        if last is None or (last.product, last.pictures) != (product, pictures):
            self._last = AddProduct(product, pictures, uuid.uuid4().hex)
        return self._last


class EditProductForm(ProductForm):
    """Changes a product that the shop has; only what was touched is sent.

    Args:
        known: pictures that are there, by their addresses.
    """

    def __init__(
        self,
        parent: QWidget,
        product: StaffProduct,
        currency: str,
        rights: Collection[AssistantRight],
        known: Mapping[str, QPixmap],
    ) -> None:
        title, save = self.tr("Edit product"), self.tr("Save")
        super().__init__(parent, title, save, currency=currency, rights=rights, product=product)
        self.product = product
        self.on_shelf = QCheckBox(self.tr("On the shelf"))
        self.on_shelf.setChecked(product.is_on_shelf)
        self.on_shelf.setEnabled(self.has_products)
        plain.set_text(self.title, product.title)
        plain.set_text(self.category, product.category)
        plain.set_text(self.tags, ", ".join(product.tags))
        self.description.setPlainText(product.description)
        self.gallery.show_pictures(product.pictures, known)
        self.lay_out(self.on_shelf)

    @override
    def wanted(self) -> ChangeDetails | None:
        title = self.read_title()
        if title is None:
            return None
        before, pictures = self.product, self.gallery.pictures
        now = {
            "title": title,
            "description": self.description.toPlainText().strip(),
            "category": self.category.text().strip(),
            "tags": split_values(self.tags.text()),
            "is_on_shelf": self.on_shelf.isChecked(),
        }
        sent = {name: value if value != getattr(before, name) else UNSET for name, value in now.items()}
        change = ChangeProduct(
            before.version,
            skus=self.matrix.changes(),
            new_skus=self.matrix.new_skus(),
            **sent,  # type: ignore[arg-type]  # each value has the type of its field
        )
        has_other_pictures = pictures != tuple(one.name for one in before.pictures)
        if change == ChangeProduct(before.version) and not has_other_pictures:
            self.reject()
            return None
        return ChangeDetails(before.spu_id, change, pictures if has_other_pictures else None)
