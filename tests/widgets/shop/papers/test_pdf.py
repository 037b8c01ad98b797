from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtPdf import QPdfDocument

from widgets.shop.papers.pdf import Cell, PdfPages, moment_text


def test_rows_go_on_to_the_next_page_where_there_is_no_room_and_pages_are_numbered() -> None:
    pages = PdfPages("foot")
    for number in range(120):
        pages.row([Cell(f"row {number}", 0.5), Cell("right", 0.5).right()], has_rule=True)
    pages.next_page()
    pages.row([Cell("last", 1.0).strong()])
    assert pages.content().startswith(b"%PDF")
    assert len(pages.drawn) > 2
    assert pages.drawn[0][:2] == ["foot · 1", "row 0"]
    assert "row 119" in pages.drawn[-2]
    assert pages.drawn[-1] == [f"foot · {len(pages.drawn)}", "last"]


def test_a_page_in_chinese_is_a_pdf_with_ink_on_it() -> None:
    pages = PdfPages("装箱单")
    pages.row([Cell("明前龙井 绿茶礼盒", 1.0, 40.0)])
    buffer = QBuffer()
    buffer.setData(QByteArray(pages.content()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.pageCount() == 1
    image = document.render(0, QSize(300, 424))
    dark = sum(image.pixelColor(x, y).alpha() > 128 for x in range(300) for y in range(80))
    document.close()
    assert dark > 200


def test_a_long_cell_takes_the_room_it_needs_and_no_sign_that_turns_what_follows() -> None:
    pages = PdfPages("f")
    pages.row([Cell("一" * 200 + "\u202e", 0.2), Cell("beside", 0.8)])
    for _ in range(20):
        pages.row([Cell("一" * 200, 0.2)])
    pages.content()
    assert pages.drawn[0][1:3] == ["一" * 200, "beside"]
    assert len(pages.drawn) > 2


def test_a_moment_on_paper_has_its_day() -> None:
    assert moment_text(1_796_000_400_000)[:8] == "2026-11-"
