"""Why lines of a file are not taken, in words for people who read them over the API."""

from collections.abc import Mapping
from typing import Final

from backend.contract.exchange import LineProblem

_TEXTS: Final[Mapping[LineProblem, str]] = {
    LineProblem.TEXT_TOO_LONG: "The text has {count} characters. It can have {most}.",
    LineProblem.NOT_WHOLE: 'Expected a whole number from {least} to {most}, not "{text}".',
    LineProblem.TOO_MANY_DECIMALS: '"{text}" has more decimals than can be kept.',
    LineProblem.TOO_LARGE: '"{text}" is more than {most}.',
    LineProblem.NOT_YES_OR_NO: 'Expected yes or no, not "{text}".',
    LineProblem.WORD_TOO_LONG: "Each text can have {most} characters.",
    LineProblem.TOO_MANY_WORDS: "There are {count} texts. There can be {most}.",
    LineProblem.NOT_A_NUMBER: 'Expected a number such as 49 or 49.90, not "{text}".',
    LineProblem.NAMES_NO_PRODUCT: "A line needs a product, a title or a code. Fill in one of them.",
    LineProblem.HALF_AN_OPTION: "An option is a name and a value. Fill in both, or none.",
    LineProblem.OTHER_LINE_REFUSED: "Another line of its product is refused, and a product is taken whole.",
    LineProblem.CODE_TWICE: "Another product of the file has the code {code} too. Change one.",
    LineProblem.NO_HANDLE: "A line needs a handle: it says which product it is of.",
    LineProblem.NO_PARENT: "A variation needs its parent: a code, or id: and a number.",
    LineProblem.KIND_NOT_TAKEN: 'Products of the type "{text}" are not taken.',
    LineProblem.NO_PRICE: "There is no price. Fill it in.",
    LineProblem.NEW_WITHOUT_PRICE: "A new SKU needs a price. Fill it in.",
    LineProblem.NEW_WITHOUT_LINE: "A new product needs a line with a price.",
    LineProblem.NEW_WITHOUT_TITLE: "A new product needs a title. Fill it in.",
    LineProblem.HELD_BY_ORDERS: "Orders hold more of {sku} than would be left. Count again.",
    LineProblem.CODE_TAKEN: 'A SKU of "{title}" has the code {code}. Give this one another.',
    LineProblem.REFERENCE_OFFERED: "The reference price must be the lowest price of the 30 days before this "
    "one: {price}. Enter that, or leave it empty.",
    LineProblem.REFERENCE_SOLD: "The reference price must be the lowest price that was paid in the 7 days "
    "before this one, else the last one that was paid: {price}. Enter that, or leave it empty.",
    LineProblem.REFERENCE_NONE: "Before this price no higher one was asked for or paid that may be crossed "
    "out. Leave the reference price empty.",
    LineProblem.ROOM_FULL: "The room shows {most} products already. Take some out.",
    LineProblem.CHANGED_MEANWHILE: "The product changed meanwhile. Import the line again.",
    LineProblem.SEVERAL_PRODUCTS: "The lines of the product have codes of several products. Part them.",
    LineProblem.SKU_TWICE: "The SKU stands in two lines. Leave one of them out.",
}


def text_of(problem: LineProblem, values: Mapping[str, object]) -> str:
    """Return cause and remedy of a problem that has words here."""
    return _TEXTS[problem].format(**values)
