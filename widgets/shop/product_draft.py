"""A product being edited while others may change it too; without a widget, so a test needs no window."""

import unicodedata
from enum import StrEnum

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.shop import MAX_PRICE_MINOR, MAX_STOCK, MAX_TITLE, EditProduct, Product
from widgets.common.money import read_amount, typed_amount
from widgets.common.text import read_count

Value = str | int


class ProductField(StrEnum):
    """What can be changed of a product; the value is its name in `Product` and `EditProduct`."""

    TITLE = "title"
    PRICE = "price_minor"
    STOCK = "stock"

    @property
    def right(self) -> AssistantRight:
        """What one needs to change it."""
        return AssistantRight.PRICES if self is ProductField.PRICE else AssistantRight.PRODUCTS

    def of(self, source: Product | EditProduct) -> Value | None:
        """Its value there; None where a command leaves it as it is."""
        value: Value | None = getattr(source, self.value)
        return value

    def text(self, product: Product) -> str:
        """Its value as one types it."""
        if self is ProductField.PRICE:
            return typed_amount(product.price_minor, product.currency)
        return str(self.of(product))


class Wrong(StrEnum):
    """Why what was typed cannot be saved."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_PRICE = "no_price"
    TOO_DEAR = "too_dear"
    NO_COUNT = "no_count"
    TOO_MANY = "too_many"
    CODE_TOO_LONG = "code_too_long"
    NO_LIMIT = "no_limit"


def read(field: ProductField, text: str, currency: str) -> Value | Wrong:
    """What a text means in a field, or why it means nothing."""
    match field:
        case ProductField.TITLE:
            return read_title(text)
        case ProductField.PRICE:
            return read_price(text, currency)
        case ProductField.STOCK:
            return read_stock(text)


def title_length(text: str) -> int:
    """How many characters of a title count."""
    return len(" ".join(unicodedata.normalize("NFC", text).split()))


def read_title(text: str) -> str | Wrong:
    """A typed title, or what is wrong with it."""
    length = title_length(text)
    if not length:
        return Wrong.EMPTY
    return text.strip() if length <= MAX_TITLE else Wrong.TOO_LONG


def read_price(text: str, currency: str) -> int | Wrong:
    """A typed price in the minor unit, or what is wrong with it."""
    price_minor = read_amount(text, currency)
    if price_minor is None:
        return Wrong.NO_PRICE
    return price_minor if price_minor <= MAX_PRICE_MINOR else Wrong.TOO_DEAR


def read_stock(text: str) -> int | Wrong:
    """A typed count of units, or what is wrong with it."""
    stock = read_count(text)
    if stock is None:
        return Wrong.NO_COUNT
    return stock if stock <= MAX_STOCK else Wrong.TOO_MANY


class Draft:
    """What is typed, beside the product as it was seen and as it is now.

    An untouched field follows the product. A touched one keeps its text; while another editor
    has changed that very field, the version to be sent stays that of before: the room then asks who wins.
    """

    def __init__(self, product: Product) -> None:
        self.texts = {field: field.text(product) for field in ProductField}
        self._seen = product
        self._version = product.version
        self.now = product

    def type(self, field: ProductField, text: str) -> None:
        """Take in what is typed."""
        self.texts[field] = text

    def follow(self, product: Product) -> None:
        """The product is this now; an older one changes nothing."""
        if product.version < self.now.version:
            return
        self.now = product
        for field in ProductField:
            if self.texts[field] == field.text(self._seen):
                self.take_theirs(field)
        if all(field.of(self._seen) == field.of(product) for field in ProductField):
            self._version = product.version

    def take_theirs(self, field: ProductField) -> None:
        """Let go of what was typed here."""
        self.texts[field] = field.text(self.now)
        self._seen = msgspec.structs.replace(self._seen, **{field.value: field.of(self.now)})

    def value(self, field: ProductField) -> Value | Wrong:
        """What the field holds, or what is wrong with it; what was there before may stay."""
        text = self.texts[field]
        kept = field.of(self.now)
        if kept is not None and text == field.text(self.now):
            return kept
        return read(field, text, self.now.currency)

    def is_changed(self, field: ProductField) -> bool:
        """Whether saving would change the field."""
        return self.value(field) != field.of(self.now)

    def is_contested(self, field: ProductField) -> bool:
        """Whether another editor changed this field meanwhile."""
        return self.is_changed(field) and field.of(self._seen) != field.of(self.now)

    def command(self) -> EditProduct | None:
        """What is to be sent; None while nothing is changed, or something is wrong."""
        values = {field: self.value(field) for field in ProductField if self.is_changed(field)}
        if not values or any(isinstance(value, Wrong) for value in values.values()):
            return None
        is_contested = any(self.is_contested(field) for field in values)
        made = EditProduct(self.now.product_id, self._version if is_contested else self.now.version)
        if ProductField.STOCK in values:
            made = msgspec.structs.replace(made, stock_from=self._seen.stock)
        return msgspec.structs.replace(made, **{field.value: value for field, value in values.items()})
