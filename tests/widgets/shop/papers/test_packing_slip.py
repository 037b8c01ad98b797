import msgspec

from tests.widgets.orders import ADDRESS, line, paid, parcel, shipped
from widgets.shop.papers.packing_slip import packing_slips
from widgets.shop.papers.pdf import PdfPages


def texts_of(pages: PdfPages) -> list[str]:
    """What stands on each page; the file is made too."""
    assert pages.content().startswith(b"%PDF")
    return ["\n".join(texts) for texts in pages.drawn]


def test_each_order_has_a_page_with_address_and_goods_in_chinese() -> None:
    first, second = texts_of(packing_slips([paid(1, note="请轻放"), paid(2)]))
    for part in ("Packing slip", "261201 482852150", "小雨", "文三路", "明前龙井", "main:demo-tea", "请轻放"):
        assert part in first
    assert "261201 483585260" in second


def test_only_what_is_still_to_be_sent_lies_in_the_parcel() -> None:
    half = paid(1, lines=[line(1, 0, 2), line(2, 1)], parcels=[parcel(line=1, quantity=2)])
    [page] = texts_of(packing_slips([half]))
    assert "口红" in page
    assert "龙井" not in page
    assert "1 pieces in all" in page
    assert "龙井" in texts_of(packing_slips([shipped(1)]))[0]


def test_markup_in_what_others_wrote_is_printed_letter_by_letter() -> None:
    person = msgspec.structs.replace(ADDRESS, name="<b>Bob</b>")
    [page] = texts_of(packing_slips([paid(1, address=person, note="<img src=x>\u202e")]))
    assert "<b>Bob</b>" in page
    assert "<img src=x>" in page
    assert "\u202e" not in page


def test_an_order_of_many_lines_goes_on_to_further_pages() -> None:
    long = paid(1, lines=[line(number, number) for number in range(1, 80)])
    pages = texts_of(packing_slips([long]))
    assert len(pages) > 1
    assert "79 pieces in all" in pages[-1]
