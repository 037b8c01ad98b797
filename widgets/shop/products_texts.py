"""The products window in words: columns, filters, states and movements of stock."""

from typing import Final

from PySide6.QtCore import QCoreApplication

from widgets.common.money import amount_text
from widgets.shop.products_entry import LOW, Movement, ProductEntry, Shelf
from widgets.shop.reason_texts import reason_text

# The reason of other movements is a word of the shop's that repeats the kind, or the number of a payment.
_WITH_REASON: Final = frozenset({"adjust", "count", "release", "unsale"})


def shelf_text(shelf: Shelf) -> str:
    """What a filter is called."""
    translate = QCoreApplication.translate
    return {
        Shelf.ALL: translate("Products", "All"),
        Shelf.IN_ROOM: translate("Products", "In this room"),
        Shelf.OFF_SHELF: translate("Products", "Off shelf"),
        Shelf.SOLD_OUT: translate("Products", "Sold out"),
        Shelf.LOW: translate("Products", "Low"),
    }[shelf]


def state_text(entry: ProductEntry) -> tuple[str, str]:
    """How a product stands, in a word, and the token of its colour."""
    translate = QCoreApplication.translate
    if not entry.is_on_shelf:
        return translate("Products", "Off shelf"), "faint"
    if entry.left == 0:
        return translate("Products", "Sold out"), "fault"
    if entry.left < LOW:
        return translate("Products", "Low"), "warn"
    if not entry.is_in_room:
        return translate("Products", "On shelf"), "accent"
    return translate("Products", "On sale"), "ok"


def specs_text(entry: ProductEntry) -> str:
    """What one can choose from: the specifications of the one SKU, or how many SKUs there are."""
    if entry.sku is not None:
        return " · ".join(value for _, value in entry.sku.specs)
    return QCoreApplication.translate("Products", "{n} SKUs").format(n=len(entry.skus))


def price_text(entry: ProductEntry) -> str:
    """The price; where SKUs differ, from which on."""
    amount = amount_text(entry.cheapest.price_minor, entry.currency)
    if not entry.has_several_prices:
        return amount
    return QCoreApplication.translate("Products", "from {amount}").format(amount=amount)


def below_title(entry: ProductEntry) -> str:
    """The small line under a title: the code, or where the product is."""
    code = entry.skus[0].code
    if entry.is_in_room:
        return code
    elsewhere = QCoreApplication.translate("Products", "not in this room")
    return f"{code} · {elsewhere}" if code else elsewhere


def below_left(entry: ProductEntry) -> str:
    """The small line under what is left: how much is held for orders."""
    if not entry.reserved:
        return ""
    return QCoreApplication.translate("Products", "{n} reserved").format(n=f"{entry.reserved:,}")


def movement_text(move: Movement) -> str:
    """What moved the stock, by how much, and why where people said it."""
    translate = QCoreApplication.translate
    kinds = {
        "opening": translate("Products", "Opening stock"),
        "adjust": translate("Products", "Moved by hand"),
        "count": translate("Products", "Counted"),
        "reserve": translate("Products", "Held for an order"),
        "release": translate("Products", "Given up by an order"),
        "sale": translate("Products", "Sold"),
        "unsale": translate("Products", "Cancelled"),
        "return": translate("Products", "Sent back"),
        "replacement": translate("Products", "Sent in exchange"),
        "flash_carve": translate("Products", "Taken for a flash sale"),
        "flash_order": translate("Products", "Bought in a flash sale"),
        "flash_return": translate("Products", "Back from a flash sale"),
        "auction_carve": translate("Products", "Taken for an auction"),
        "auction_order": translate("Products", "Won in an auction"),
        "auction_return": translate("Products", "Back from an auction"),
    }
    sign = "+" if move.units > 0 else "−" if move.units < 0 else "±"
    text = f"{kinds.get(move.kind, move.kind)} {sign}{abs(move.units):,}"
    reason = reason_text(move.reason) if move.kind in _WITH_REASON else ""
    return f"{text} · {reason}" if reason else text
