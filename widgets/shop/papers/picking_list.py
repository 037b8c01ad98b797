"""The picking list: how many of each SKU the chosen orders need, and for which orders."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.contract.orders import Order, OrderLine
from widgets.shop import order_texts
from widgets.shop.order_states import units_to_ship
from widgets.shop.papers.pdf import SMALL_PT, TITLE_PT, Cell, PdfPages, moment_text

_MOST_NUMBERS: Final = 12


@dataclass
class _Pick:
    """A SKU to be picked."""

    line: OrderLine
    units: int = 0
    numbers: list[str] = field(default_factory=list)


def picking_list(orders: Sequence[Order], now_ms: float) -> PdfPages:
    """Return pages with a row for each SKU of which units are still to be sent, by title."""
    translate = QCoreApplication.translate
    title = translate("Papers", "Picking list")
    pages = PdfPages(title)
    pages.row([Cell(title, 1.0, TITLE_PT).strong()])
    picks = _picks(orders)
    units, when = sum(pick.units for pick in picks), moment_text(now_ms)
    about = translate("Papers", "{orders} orders · {units} pieces · {time}")
    about = about.format(orders=len(orders), units=units, time=when)
    pages.row([Cell(about, 1.0, SMALL_PT)], has_rule=True)
    for pick in picks:
        _row(pages, pick)
    return pages


def _picks(orders: Sequence[Order]) -> list[_Pick]:
    picks: dict[str, _Pick] = {}
    for order in orders:
        left = units_to_ship(order)
        for line in order.lines:
            if left[line.line] > 0:
                pick = picks.setdefault(line.sku_id, _Pick(line))
                pick.units += left[line.line]
                pick.numbers.append(f"{order_texts.number_text(order.number)} ×{left[line.line]}")
    return sorted(picks.values(), key=lambda pick: (pick.line.title, pick.line.sku_id))


def _row(pages: PdfPages, pick: _Pick) -> None:
    specs = order_texts.specs_text(pick.line)
    goods = "\n".join(filter(None, (pick.line.title, specs, order_texts.code_text(pick.line))))
    numbers = ", ".join(pick.numbers[:_MOST_NUMBERS])
    if len(pick.numbers) > _MOST_NUMBERS:
        more = QCoreApplication.translate("Papers", "and {n} more")
        numbers = f"{numbers}, {more.format(n=len(pick.numbers) - _MOST_NUMBERS)}"
    cells = [Cell("☐", 0.05), Cell(f"{pick.units} ×", 0.1).strong(), Cell(goods, 0.45)]
    pages.row([*cells, Cell(numbers, 0.4, SMALL_PT)], has_rule=True)
