"""The books against a backend that runs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.payments import SuspenseOutcome
from studio.background_tasks import BackgroundTasks
from studio.connection.room_http import Place
from studio.shop.books_view import BooksView
from studio.window.assistant_window import AssistantWindow
from studio.window.menus import Entry
from tests.backend.http.api.shopping import Market, line, open_market
from tests.studio.staff.test_staff_view import until, working
from widgets.shop.books.books_dialog import BooksDialog
from widgets.shop.books.settle_dialog import SettleDialog


class Desk:
    """The books of a window."""

    def __init__(self, window: AssistantWindow) -> None:
        self.window = window
        self.background = BackgroundTasks()
        self.view = BooksView(self.background, window)
        window.show_rights([AssistantRight.PAYMENTS])

    def go_to(self, market: Market, token: str | None = None) -> None:
        url, token = f"http://{market.backend.address}", token or market.backend.signer.host("main")
        self.view.go_to(Place(url, "main", token))

    def open(self) -> BooksDialog:
        self.window.menus.entries[Entry.BOOKS].trigger()
        (dialog,) = self.window.findChildren(BooksDialog)
        return dialog


@pytest.fixture
async def desk(qtbot: QtBot, themed: QApplication) -> AsyncIterator[Desk]:
    window = AssistantWindow(QIcon())
    qtbot.addWidget(window, before_close_func=lambda _widget: window.close_for_good())
    made = Desk(window)
    async with working(made.background):
        yield made


@pytest.fixture
async def market(tmp_path: Path) -> AsyncIterator[Market]:
    async with open_market(tmp_path) as market:
        yield market


async def test_money_that_matches_nothing_is_compared_and_settled(desk: Desk, market: Market) -> None:
    buyer = await market.buyer()
    await market.cashier(await buyer.attempt(await buyer.order(line())), "wrong_amount")
    desk.go_to(market)
    dialog = desk.open()
    reconciliation, suspense = dialog.reconciliation, dialog.suspense
    await until(lambda: "Nothing to settle" in suspense.empty.text() or bool(suspense.items))
    reconciliation.compare_button.click()
    await until(lambda: reconciliation.table.rowCount() == 1)
    assert reconciliation.texts(0)[0] == "Another amount"
    suspense.reload()
    await until(lambda: len(suspense.items) == 1)
    suspense.settle_button.click()
    (settling,) = dialog.findChildren(SettleDialog)
    settling.outcome.setCurrentIndex(settling.outcome.findData(SuspenseOutcome.KEPT.value))
    settling.note.setText("a tip")
    settling.accept_button.click()
    await until(lambda: "Nothing to settle" in suspense.empty.text())
    suspense.which.setCurrentIndex(1)
    await until(lambda: len(suspense.items) == 1)
    assert suspense.items[0].note == "a tip"


async def test_who_compares_too_often_is_asked_to_wait(desk: Desk, market: Market) -> None:
    for _ in range(5):
        assert (await market.host.post("reconciliations", {"since_ms": 0})).status_code == 200
    desk.go_to(market)
    page = desk.open().reconciliation
    page.compare_button.click()
    await until(lambda: "Wait a minute" in page.empty.text())


async def test_sums_of_days_are_read_and_saved(desk: Desk, market: Market, tmp_path: Path) -> None:
    buyer = await market.buyer()
    order = await buyer.order(line())
    await market.cashier(await buyer.attempt(order), "pay")
    await market.until_paid(buyer, order)
    desk.go_to(market)
    dialog = desk.open()
    page = dialog.settlements
    dialog.tabs.setCurrentWidget(page)
    await until(lambda: page.table.rowCount() == 1)
    assert page.texts(0)[1:3] == ["Sandbox (play money)", "¥168.00"]
    path = tmp_path / "sums.csv"
    page.csv_wanted.emit(page.days, path)
    await until(lambda: "Saved as" in page.note.text())
    assert ",sandbox,CNY,168.00," in path.read_text("utf-8-sig")
    page.csv_wanted.emit(page.days, tmp_path / "nowhere" / "sums.csv")
    await until(lambda: "could not be written" in page.note.text())


async def test_who_may_not_see_the_books_learns_who_gives_the_right(desk: Desk, market: Market) -> None:
    desk.window.show_rights([AssistantRight.ORDERS])
    assert not desk.window.menus.entries[Entry.BOOKS].isEnabled()
    desk.window.show_rights([AssistantRight.PAYMENTS])
    desk.go_to(market, market.backend.signer.viewer("main", "guest-1"))
    dialog = desk.open()
    await until(lambda: "gives the right to payments" in dialog.suspense.empty.text())


async def test_the_books_close_with_their_room(desk: Desk) -> None:
    dialog = desk.open()
    await until(lambda: "no room" in dialog.suspense.empty.text())
    desk.window.books_wanted.emit()
    assert len(desk.window.findChildren(BooksDialog)) == 1
    desk.view.go_to(None)
    assert not dialog.isVisible()
