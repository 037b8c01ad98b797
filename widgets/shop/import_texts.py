"""What lines of a file of products change, or why they are left out, in the host's language."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.contract.exchange import FieldChange, LineProblem, LineRefusal

MOST_LETTERS: Final = 40
"""Of a value that is shown."""
_SWITCHES: Final = {"is_on_shelf", "is_active"}


def refusal_text(refusal: LineRefusal) -> str:
    """Return why a line is left out; in the backend's words where it has none here."""
    texts = {**_texts_of_cells(), **_texts_of_products(), **_texts_of_prices()}
    try:
        return texts[refusal.problem].format(**refusal.values)
    except (KeyError, IndexError, ValueError):
        return refusal.why  # of a newer backend


def _texts_of_cells() -> dict[LineProblem, str]:
    translate = QCoreApplication.translate
    return {
        LineProblem.TEXT_TOO_LONG: translate(
            "Import", "The text has {count} characters. It can have {most}."
        ),
        LineProblem.NOT_WHOLE: translate(
            "Import", 'Expected a whole number from {least} to {most}, not "{text}".'
        ),
        LineProblem.TOO_MANY_DECIMALS: translate("Import", '"{text}" has more decimals than can be kept.'),
        LineProblem.TOO_LARGE: translate("Import", '"{text}" is more than {most}.'),
        LineProblem.NOT_YES_OR_NO: translate("Import", 'Expected yes or no, not "{text}".'),
        LineProblem.WORD_TOO_LONG: translate("Import", "Each text can have {most} characters."),
        LineProblem.TOO_MANY_WORDS: translate("Import", "There are {count} texts. There can be {most}."),
        LineProblem.NOT_A_NUMBER: translate("Import", 'Expected a number such as 49 or 49.90, not "{text}".'),
    }


def _texts_of_products() -> dict[LineProblem, str]:
    translate = QCoreApplication.translate
    return {
        LineProblem.NAMES_NO_PRODUCT: translate(
            "Import", "A line needs a product, a title or a code. Fill in one of them."
        ),
        LineProblem.HALF_AN_OPTION: translate(
            "Import", "An option is a name and a value. Fill in both, or none."
        ),
        LineProblem.OTHER_LINE_REFUSED: translate(
            "Import", "Another line of its product is refused, and a product is taken whole."
        ),
        LineProblem.CODE_TWICE: translate(
            "Import", "Another product of the file has the code {code} too. Change one."
        ),
        LineProblem.NO_HANDLE: translate("Import", "A line needs a handle: it says which product it is of."),
        LineProblem.NO_PARENT: translate(
            "Import", "A variation needs its parent: a code, or id: and a number."
        ),
        LineProblem.KIND_NOT_TAKEN: translate("Import", 'Products of the type "{text}" are not taken.'),
        LineProblem.NEW_WITHOUT_LINE: translate("Import", "A new product needs a line with a price."),
        LineProblem.NEW_WITHOUT_TITLE: translate("Import", "A new product needs a title. Fill it in."),
        LineProblem.HELD_BY_ORDERS: translate(
            "Import", "Orders hold more of {sku} than would be left. Count again."
        ),
        LineProblem.CODE_TAKEN: translate(
            "Import", 'A SKU of "{title}" has the code {code}. Give this one another.'
        ),
        LineProblem.ROOM_FULL: translate("Import", "The room shows {most} products already. Take some out."),
        LineProblem.CHANGED_MEANWHILE: translate(
            "Import", "The product changed meanwhile. Import the line again."
        ),
        LineProblem.SEVERAL_PRODUCTS: translate(
            "Import", "The lines of the product have codes of several products. Part them."
        ),
        LineProblem.SKU_TWICE: translate("Import", "The SKU stands in two lines. Leave one of them out."),
    }


def _texts_of_prices() -> dict[LineProblem, str]:
    translate = QCoreApplication.translate
    return {
        LineProblem.NO_PRICE: translate("Import", "There is no price. Fill it in."),
        LineProblem.NEW_WITHOUT_PRICE: translate("Import", "A new SKU needs a price. Fill it in."),
        LineProblem.REFERENCE_OFFERED: translate(
            "Import",
            "The reference price must be the lowest price of the 30 days before this one: {price}. "
            "Enter that, or leave it empty.",
        ),
        LineProblem.REFERENCE_SOLD: translate(
            "Import",
            "The reference price must be the lowest price that was paid in the 7 days before this one, "
            "else the last one that was paid: {price}. Enter that, or leave it empty.",
        ),
        LineProblem.REFERENCE_NONE: translate(
            "Import",
            "Before this price no higher one was asked for or paid that may be crossed out. "
            "Leave the reference price empty.",
        ),
    }


def change_text(change: FieldChange) -> str:
    """Return what becomes of a field, old and new."""
    name = _fields().get(change.field, change.field)
    was, now = (_value(change, value) for value in (change.before, change.after))
    return f"{name} {was} → {now}"


def _value(change: FieldChange, value: str) -> str:
    translate = QCoreApplication.translate
    if change.field in _SWITCHES:
        return translate("Import", "yes") if value == "yes" else translate("Import", "no")
    cut = value if len(value) <= MOST_LETTERS else f"{value[:MOST_LETTERS]}…"
    return cut or translate("Import", "(empty)")


def _fields() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "title": translate("Import", "Title"),
        "description": translate("Import", "Description"),
        "category": translate("Import", "Category"),
        "tags": translate("Import", "Tags"),
        "pictures": translate("Import", "Pictures"),
        "is_on_shelf": translate("Import", "On the shelf"),
        "code": translate("Import", "Code"),
        "specs": translate("Import", "Specifications"),
        "price_minor": translate("Import", "Price"),
        "reference_minor": translate("Import", "Reference price"),
        "floor_minor": translate("Import", "Floor price"),
        "limit_per_buyer": translate("Import", "Limit per buyer"),
        "weight_g": translate("Import", "Weight in g"),
        "tax_rate_bp": translate("Import", "Tax in 1/100 %"),
        "is_active": translate("Import", "On sale"),
        "stock": translate("Import", "Stock"),
    }


def field_texts(fields: Sequence[str]) -> str:
    """Return the names of fields, with commas."""
    comma = QCoreApplication.translate("Products", ", ")
    return comma.join(_fields().get(field, field) for field in fields)
