"""A product's fields in words: names, values, limits, and what is wrong with an input."""

from PySide6.QtCore import QCoreApplication

from backend.contract.base import AssistantRight
from backend.contract.currency import decimals_of, sign_of
from backend.contract.shop import MAX_PRICE_MINOR, MAX_STOCK, MAX_TITLE, Product
from widgets.common.money import amount_text, list_price
from widgets.shop.product_draft import ProductField, Value, Wrong, title_length


def name(field: ProductField, currency: str) -> str:
    """What a field is called; a price with the sign of its currency."""
    translate = QCoreApplication.translate
    return {
        ProductField.TITLE: translate("Product", "Title"),
        ProductField.PRICE: translate("Product", "Price ({sign})").format(sign=sign_of(currency).strip()),
        ProductField.STOCK: translate("Product", "Stock"),
    }[field]


def value(field: ProductField, value: Value | None, currency: str) -> str:
    """A field's value as people read it; empty where there is none."""
    if isinstance(value, int):
        return list_price(value, currency) if field is ProductField.PRICE else f"{value:,}"
    return value or ""


def price(product: Product, flash_minor: int | None = None) -> str:
    """What a product costs, in a flash sale where it is in one: of several SKUs, the lowest price."""
    if flash_minor is not None:
        flash = QCoreApplication.translate("Product", "Flash {price}")
        return flash.format(price=list_price(flash_minor, product.currency))
    text = list_price(product.price_minor, product.currency)
    return (
        QCoreApplication.translate("Product", "from {price}").format(price=text) if product.is_from else text
    )


def hint(field: ProductField, text: str, currency: str) -> str:
    """What a field takes, while nothing is wrong with what is typed."""
    translate = QCoreApplication.translate
    match field:
        case ProductField.TITLE:
            counted = translate("Product", "{n} of {most} characters")
            return counted.format(n=title_length(text), most=MAX_TITLE)
        case ProductField.PRICE:
            return translate("Product", "Such as {example}").format(example=_example(currency))
        case ProductField.STOCK:
            return translate("Product", "With 0 it is sold out")


def wrong(found: Wrong, typed: str, currency: str) -> str:
    """Why what was typed cannot be saved, and what can."""
    translate = QCoreApplication.translate
    text = {
        Wrong.EMPTY: translate("Product", "A product needs a title"),
        Wrong.TOO_LONG: translate("Product", "{n} characters: only {most_title} are possible"),
        Wrong.NO_PRICE: translate("Product", "Write a price such as {example}"),
        Wrong.TOO_DEAR: translate("Product", "At most {most_price}"),
        Wrong.NO_COUNT: translate("Product", "Write a whole number, such as 120"),
        Wrong.TOO_MANY: translate("Product", "At most {most_stock}"),
        Wrong.CODE_TOO_LONG: translate("Product", "A code has at most 64 characters"),
        Wrong.NO_LIMIT: translate(
            "Product", "Write how many a buyer may have, such as 2; empty for no limit"
        ),
    }[found]
    return text.format(
        n=title_length(typed),
        most_title=MAX_TITLE,
        example=_example(currency),
        most_price=amount_text(MAX_PRICE_MINOR, currency),
        most_stock=f"{MAX_STOCK:,}",
    )


def _example(currency: str) -> str:
    """A price as one types it, with the decimals of the currency."""
    decimals = decimals_of(currency)
    return f"59.{'90'.ljust(decimals, '0')}" if decimals else "59"


def missing(right: AssistantRight) -> str:
    """Why a field cannot be changed."""
    if right is AssistantRight.PRICES:
        return QCoreApplication.translate("Product", "You need the right to prices; ask the host for it")
    return QCoreApplication.translate("Product", "You need the right to products; ask the host for it")


def several_skus() -> str:
    """Why price and stock of a product cannot be changed as one."""
    return QCoreApplication.translate("Product", "It is sold in several specifications, each with its own")
