import pytest
from pytestqt.qtbot import QtBot

from backend.contract.bookkeeping import MismatchKind, Reconciliation
from tests.widgets.conftest import Record
from tests.widgets.shop.books.entries import mismatch
from widgets.shop.books.reconciliation_page import ReconciliationPage


@pytest.fixture
def page(qtbot: QtBot) -> ReconciliationPage:
    made = ReconciliationPage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_payments_are_compared_when_somebody_says_so(page: ReconciliationPage, record: Record) -> None:
    wanted = record(page.compare_wanted)
    assert "Nothing was compared yet" in page.empty.text()
    page.since.setCurrentIndex(2)
    page.compare_button.click()
    assert wanted == [(7,)]
    assert not page.compare_button.isEnabled()
    page.show_found(Reconciliation(12, is_all=True, mismatches=[], suspense=[]))
    assert page.empty.text() == "All 12 payments match."
    page.show_found(Reconciliation(0, is_all=True, mismatches=[], suspense=[]))
    assert "No online payment" in page.empty.text()


def test_what_differs_is_listed_with_what_to_do(page: ReconciliationPage) -> None:
    found = Reconciliation(12, is_all=False, mismatches=[mismatch(MismatchKind.PAID_ONLY_HERE)], suspense=[])
    page.show_found(found)
    texts = page.texts(0)
    assert texts[:4] == ["Paid here, not there", "WeChat Pay", "¥168.00", "order"]
    assert "before anything is sent" in texts[4]
    assert page.note.text().startswith("12 payments compared, 1 do not match.")
    assert "choose a shorter time" in page.note.text()


def test_payments_that_could_not_be_compared_are_no_match(page: ReconciliationPage) -> None:
    found = Reconciliation(0, is_all=True, mismatches=[mismatch(MismatchKind.NOT_ASKED)], suspense=[])
    page.show_found(found)
    assert page.texts(0)[0] == "Could not be compared"
