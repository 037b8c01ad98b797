"""The products view before a backend that runs: what staff change counts, and who was too late is told."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from backend.contract.audience import You, YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.protocol import Accepted
from backend.contract.shop import EditProduct
from studio.background_tasks import BackgroundTasks
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.server_clock import ServerClock
from studio.settings import SavedSettings, SettingsStore
from studio.shop.product_view import ProductView
from studio.shop.products_view import ProductsView
from studio.window.hotkeys import Hotkey
from studio.window.main_window import MainWindow
from tests.backend.http.api.shopping import Market, line, open_market
from tests.backend.kinds import as_type
from tests.studio.staff.test_staff_view import until, working
from widgets.shop.products_cell import CellEdit
from widgets.shop.products_entry import ProductEntry
from widgets.shop.products_foot import Step
from widgets.shop.products_model import Column
from widgets.shop.products_window import ProductsWindow
from widgets.shop.stock_dialog import StockDialog, StockMode

TEA = "demo-tea"  # as it is in the room from the start
EDITABLE = Qt.ItemFlag.ItemIsEditable


class Host:
    """A host's products window before a market."""

    def __init__(self, window: MainWindow, folder: Path, market: Market) -> None:
        self.window, self.market = window, market
        self.background = BackgroundTasks()
        self.client = RoomClient()
        self.settings = SavedSettings(SettingsStore(folder / "studio"))
        clock = ServerClock(self.client, window)
        editor = ProductView(self.client, clock, window).editor
        self.view = ProductsView(self.client, clock, self.background, self.settings, editor)
        self.place = Place(f"http://{market.backend.address}", "main", market.host.token)

    @property
    def products(self) -> ProductsWindow:
        assert self.view._products is not None
        return self.view._products

    def row(self, spu_id: str = TEA) -> ProductEntry:
        found = self.products.list.model.find(spu_id)
        assert found is not None
        return found

    @property
    def toasts(self) -> list[str]:
        return [toast.text.text() for toast in self.products.toasts.shown]

    async def open(self) -> None:
        """Go to the market, open the window by its hotkey, and wait for the rows."""
        self.view.go_to(self.place)
        self.client.go_to(self.place)
        self.window.menus.actions[Hotkey.PRODUCTS].trigger()
        await until(lambda: self.products.list.filter.rowCount() > 0 and bool(self.view._known))

    def type_into(self, column: Column, text: str) -> None:
        """Edit a cell of the tea, and press Enter."""
        self.products.list.edit(TEA, column)
        (edit,) = [one for one in self.products.findChildren(CellEdit) if one.isVisible()]
        QTest.keyClicks(edit, text)
        QTest.keyClick(edit, Qt.Key.Key_Return)

    def stock_dialog(self) -> StockDialog:
        self.products.list.choose(TEA)
        self.products.do(Step.STOCK)
        (dialog,) = self.products.dialogs.open_dialogs
        assert isinstance(dialog, StockDialog)
        return dialog


@pytest.fixture
async def host(window: MainWindow, tmp_path: Path) -> AsyncIterator[Host]:
    async with open_market(tmp_path) as market:
        made = Host(window, tmp_path, market)
        async with working(made.background), asyncio.TaskGroup() as tasks:
            running = tasks.create_task(made.client.run())
            yield made
            running.cancel()
            made.view.close()
            for opened in filter(None, [made.view._products]):
                opened.deleteLater()


async def test_a_price_that_was_typed_counts_for_buyers_and_can_be_taken_back(host: Host) -> None:
    await host.open()
    before = host.row().cheapest.price_minor
    host.type_into(Column.PRICE, "77.70")
    await until(lambda: host.row().cheapest.price_minor == 7770)
    buyer = await host.market.buyer()
    assert (await buyer.quote(line(TEA))).goods_minor == 7770
    await until(lambda: bool(host.toasts))
    host.products.toasts.shown[-1].offer_button.click()
    await until(lambda: host.row().cheapest.price_minor == before)


async def test_a_title_that_was_typed_is_shown_in_the_room(host: Host) -> None:
    await host.open()
    host.type_into(Column.TITLE, "Black tea")
    await until(lambda: host.row().title == "Black tea")
    await until(lambda: any(one.title == "Black tea" for one in host.window.products.model.products))


async def test_stock_moves_by_a_difference_and_is_set_by_a_count(host: Host) -> None:
    await host.open()
    before = host.row().left
    dialog = host.stock_dialog()
    dialog.amount.setText("+5")
    dialog.reason.setText("delivery")
    dialog.accept_button.click()
    await until(lambda: host.row().left == before + 5)
    await until(lambda: not host.products.dialogs.open_dialogs)
    dialog = host.stock_dialog()
    dialog.set_mode(StockMode.COUNT)
    dialog.amount.setText("7")
    dialog.reason.setText("stock-taking")
    dialog.accept_button.click()
    await until(lambda: host.row().left == 7)


async def test_what_sells_is_seen_in_the_open_window(host: Host) -> None:
    await host.open()
    before = host.row().left
    await (await host.market.buyer()).order(line(TEA, 2))
    await until(lambda: host.row().left == before - 2)


async def test_a_price_that_lost_the_race_is_told_and_saved_at_the_second_try(host: Host) -> None:
    await host.open()
    stale = host.view._known[TEA]
    async with host.market.backend.host() as other:
        as_type(Accepted, await other.act(EditProduct(TEA, stale.version, price_minor=6600)))
    await until(lambda: host.view._known[TEA] != stale)
    host.view._known[TEA] = stale  # as if the news were still on its way
    host.type_into(Column.PRICE, "55")
    await until(lambda: bool(host.toasts))
    assert host.toasts[-1].endswith("was faster; it is ¥66.00 now.")
    assert host.window.toasts.shown == ()
    host.type_into(Column.PRICE, "55")
    await until(lambda: host.row().cheapest.price_minor == 5500)


async def test_an_assistant_without_the_right_is_told_who_gives_it(host: Host) -> None:
    await host.open()
    host.client.updated.emit(YouChanged(_assistant()))
    assert host.products.list.message.text() == "You need the right to products or to prices."
    host.client.updated.emit(YouChanged(_assistant(AssistantRight.PRICES)))
    await until(lambda: host.products.list.filter.rowCount() > 0)
    host.products.list.choose(TEA)
    assert not host.products.foot.may(Step.STOCK)
    assert host.products.list.table.currentIndex().siblingAtColumn(Column.PRICE).flags() & EDITABLE


async def test_a_catalogue_that_is_not_there_is_told_and_tried_again(host: Host) -> None:
    host.view.open()
    assert host.products.list.message.text() == "Not connected to a room."
    host.view.go_to(Place("http://127.0.0.1:9", "main", "t"))
    await until(lambda: "could not be read" in host.products.list.message.text())
    host.view.go_to(host.place)
    await until(lambda: host.products.list.filter.rowCount() > 0)
    host.type_into(Column.PRICE, "9")
    await until(lambda: bool(host.toasts))
    assert "Not connected" in host.toasts[-1]


async def test_the_products_come_back_where_they_were_closed(host: Host) -> None:
    await host.open()
    host.products.resize(1100, 600)
    host.view.close()
    assert host.settings.now.products_layout == host.products.layout_text()


def _assistant(*rights: AssistantRight) -> You:
    return You("a1", "Wang", Role.ASSISTANT, False, False, None, [], None, list(rights))  # noqa: FBT003
