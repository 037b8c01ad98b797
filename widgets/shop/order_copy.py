"""Orders as a table for other programs: cells apart by tabs, none of which a spreadsheet would run."""

import re
from collections.abc import Iterable
from typing import Final

from backend.contract.orders import Order
from widgets.common.money import amount_text
from widgets.shop import order_texts

# What makes a cell a formula (OWASP, CSV injection); the full-width forms count where a program folds them.
_FORMULA: Final = tuple("=+-@＝＋－＠")
_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


def cell(text: str) -> str:
    """A cell of one line that a spreadsheet takes for text."""
    line = _BREAKS.sub(" ", text).strip()
    return f"'{line}" if line.startswith(_FORMULA) else line


def table(orders: Iterable[Order]) -> str:
    """One row an order: number, sum, currency, buyer, phone, address, goods, note."""
    return "\n".join("\t".join(map(cell, _cells(order))) for order in orders)


def _cells(order: Order) -> tuple[str, ...]:
    goods = "; ".join(
        f"{line.title} {order_texts.specs_text(line)} ×{line.quantity}".replace("  ", " ")
        for line in order.lines
    )
    amount = amount_text(order.total_minor, order.currency)
    address = order.address
    place = ", ".join(order_texts.place_lines(address))
    # Short enough for a spreadsheet to keep every digit of it as a number.
    return (order.number, amount, order.currency, address.name, address.phone, place, goods, order.note)
