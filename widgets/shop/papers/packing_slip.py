"""Packing slips: one page an order, which lies in its parcel."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from backend.contract.orders import Order, OrderLine
from widgets.shop import order_texts
from widgets.shop.order_states import units_to_ship
from widgets.shop.papers.pdf import SMALL_PT, TITLE_PT, Cell, PdfPages, moment_text


def packing_slips(orders: Sequence[Order]) -> PdfPages:
    """Return a page, or more, for each order, holding the units that are still to be sent.

    Of an order of which all is sent it holds all units.
    """
    title = QCoreApplication.translate("Papers", "Packing slip")
    pages = PdfPages(title)
    for place, order in enumerate(orders):
        if place:
            pages.next_page()
        _slip(pages, title, order)
    return pages


def _slip(pages: PdfPages, title: str, order: Order) -> None:
    translate = QCoreApplication.translate
    number = order_texts.number_text(order.number)
    pages.row([Cell(title, 0.5, TITLE_PT).strong(), Cell(number, 0.5, TITLE_PT).strong().right()])
    when = moment_text(order.created_at_ms)
    pages.row([Cell(translate("Papers", "Ordered {time}").format(time=when), 1.0, SMALL_PT)], has_rule=True)
    pages.row([Cell(order_texts.address_text(order.address), 1.0).strong()], has_rule=True)
    if order.note:
        pages.row([Cell(translate("Papers", "Note of the buyer"), 0.25, SMALL_PT), Cell(order.note, 0.75)])
    left = units_to_ship(order)
    # A slip may be printed once more after its parcel went.
    units = left if sum(left.values()) else {line.line: line.quantity for line in order.lines}
    shares = (0.08, 0.62, 0.3)
    heads = (translate("Papers", "Units"), translate("Papers", "Goods"), translate("Papers", "Code"))
    heading = [Cell(text, share, SMALL_PT) for text, share in zip(heads, shares, strict=True)]
    pages.row(heading, has_rule=True)
    for line in order.lines:
        if units[line.line] > 0:
            cells = [Cell(f"{units[line.line]} ×", shares[0]).strong(), Cell(_goods(line), shares[1])]
            pages.row([*cells, Cell(order_texts.code_text(line), shares[2], SMALL_PT)], has_rule=True)
    count = translate("Papers", "{n} pieces in all").format(n=sum(units.values()))
    pages.row([Cell(count, 1.0).strong()])


def _goods(line: OrderLine) -> str:
    specs = order_texts.specs_text(line)
    return f"{line.title}\n{specs}" if specs else line.title
