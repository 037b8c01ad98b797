import msgspec
import pytest
from pytestqt.qtbot import QtBot

from backend.contract.payments import Suspense, SuspenseOutcome
from tests.widgets.conftest import Record
from tests.widgets.shop.books.entries import ITEM
from widgets.shop.books.suspense_page import PAGE, SuspensePage, WhichMoney

SETTLED = msgspec.structs.replace(
    ITEM,
    suspense_id=6,
    outcome=SuspenseOutcome.RETURNED,
    note="sent back",
    settled_by="anna",
    settled_at_ms=1,
)


@pytest.fixture
def page(qtbot: QtBot) -> SuspensePage:
    made = SuspensePage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_money_that_is_to_settle_is_asked_for_first(page: SuspensePage, record: Record) -> None:
    wanted = record(page.page_wanted)
    page.reload()
    assert wanted == [(WhichMoney.OPEN, None)]
    assert page.empty.text() == "Reading…"
    page.show_page(Suspense([]))
    assert "Nothing to settle" in page.empty.text()
    page.which.setCurrentIndex(2)
    assert wanted[1:] == [(WhichMoney.ALL, None)]


def test_a_line_says_whose_money_it_is_how_much_and_why(page: SuspensePage) -> None:
    page.show_page(Suspense([ITEM]))
    texts = page.texts(0)[1:]
    why = "The same payment was paid a second time.\n4200001"
    assert texts == ["WeChat Pay", "¥168.00", why, "to settle"]


def test_only_open_money_can_be_settled(page: SuspensePage, record: Record) -> None:
    wanted = record(page.settle_wanted)
    page.show_page(Suspense([ITEM, SETTLED]))
    page.settle_button.click()
    assert wanted == [(ITEM,)]
    page.table.selectRow(1)
    assert not page.settle_button.isEnabled()
    page.settle()
    assert len(wanted) == 1


def test_older_money_is_read_on_from_the_last_line(page: SuspensePage, record: Record) -> None:
    full = [msgspec.structs.replace(ITEM, suspense_id=1000 - number) for number in range(PAGE)]
    page.show_page(Suspense(full))
    wanted = record(page.page_wanted)
    page.more_button.click()
    assert wanted == [(WhichMoney.OPEN, 1001 - PAGE)]
    page.show_page(Suspense([ITEM]))
    assert page.table.rowCount() == PAGE + 1
    assert not page.more_button.isVisible()


def test_a_problem_of_the_books_leaves_what_is_there_and_can_be_tried_again(
    page: SuspensePage, record: Record
) -> None:
    page.show_problem("No line.")
    assert page.empty.text() == "No line."
    page.show_page(Suspense([ITEM]))
    page.show_problem("No line.")
    assert (page.note.text(), page.table.rowCount()) == ("No line.", 1)
    wanted = record(page.page_wanted)
    page.again_button.click()
    assert len(wanted) == 1
    assert not page.again_button.isVisible()
