"""A product's fields in words: names, values, limits, and what is wrong with an input."""

from PySide6.QtCore import QCoreApplication

from backend.contract.base import AssistantRight
from backend.contract.shop import MAX_PRICE_MINOR, MAX_STOCK, MAX_TITLE, Product
from widgets.common.text import money
from widgets.shop.product_draft import ProductField, Value, Wrong, title_length


def name(field: ProductField) -> str:
    """What a field is called."""
    translate = QCoreApplication.translate
    return {
        ProductField.TITLE: translate("Product", "Title"),
        ProductField.PRICE: translate("Product", "Price (¥)"),
        ProductField.STOCK: translate("Product", "Stock"),
    }[field]


def value(field: ProductField, value: Value | None) -> str:
    """A field's value as people read it; empty where there is none."""
    if isinstance(value, int):
        return money(value) if field is ProductField.PRICE else f"{value:,}"
    return value or ""


def price(product: Product) -> str:
    """What a product costs: of several SKUs, the lowest price."""
    text = money(product.price_minor)
    return (
        QCoreApplication.translate("Product", "from {price}").format(price=text) if product.is_from else text
    )


def hint(field: ProductField, text: str) -> str:
    """What a field takes, while nothing is wrong with what is typed."""
    translate = QCoreApplication.translate
    match field:
        case ProductField.TITLE:
            counted = translate("Product", "{n} of {most} characters")
            return counted.format(n=title_length(text), most=MAX_TITLE)
        case ProductField.PRICE:
            return translate("Product", "In yuan, such as 59.90")
        case ProductField.STOCK:
            return translate("Product", "With 0 it is sold out")


def wrong(found: Wrong, typed: str) -> str:
    """Why what was typed cannot be saved."""
    translate = QCoreApplication.translate
    text = {
        Wrong.EMPTY: translate("Product", "A product needs a title"),
        Wrong.TOO_LONG: translate("Product", "{n} characters: only {most_title} are possible"),
        Wrong.NO_PRICE: translate("Product", "Write yuan with at most two decimals, such as 59.90"),
        Wrong.TOO_DEAR: translate("Product", "At most {most_price}"),
        Wrong.NO_COUNT: translate("Product", "Write a whole number, such as 120"),
        Wrong.TOO_MANY: translate("Product", "At most {most_stock}"),
    }[found]
    return text.format(
        n=title_length(typed),
        most_title=MAX_TITLE,
        most_price=money(MAX_PRICE_MINOR),
        most_stock=f"{MAX_STOCK:,}",
    )


def missing(right: AssistantRight) -> str:
    """Why a field cannot be changed."""
    if right is AssistantRight.PRICES:
        return QCoreApplication.translate("Product", "You need the right to prices; ask the host for it")
    return QCoreApplication.translate("Product", "You need the right to products; ask the host for it")


def several_skus() -> str:
    """Why price and stock of a product cannot be changed as one."""
    return QCoreApplication.translate("Product", "It is sold in several specifications, each with its own")
