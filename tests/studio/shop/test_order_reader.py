"""The orders view before a backend that runs: what buyers do is seen, what staff do counts."""

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from backend.contract.base import AssistantRight
from backend.contract.orders import OrderState, ParcelState, PaymentState
from studio.background_tasks import BackgroundTasks
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.server_clock import ServerClock
from studio.settings import SavedSettings, SettingsStore
from studio.shop.orders_view import OrdersView
from studio.window.main_window import MainWindow
from tests.backend.http.api.shopping import CUP, Buyer, Market, line, open_market
from tests.backend.test_assist import joined
from tests.studio.staff.test_staff_view import until, working
from widgets.shop.order_dialog import OrderDialog
from widgets.shop.orders_window import OrdersWindow
from widgets.shop.reason_dialogs import CancelDialog, PaidDialog
from widgets.shop.refund_dialog import RefundDialog
from widgets.shop.ship_dialog import ShipDialog


class Host:
    """A host's orders window before a market."""

    def __init__(self, window: MainWindow, folder: Path, market: Market) -> None:
        self.market = market
        self.background = BackgroundTasks()
        client = RoomClient()
        settings = SavedSettings(SettingsStore(folder / "studio"))
        self.view = OrdersView(client, ServerClock(client, window), self.background, settings, window)
        self.view.go_to(Place(f"http://{market.backend.address}", "main", market.host.token))

    @property
    def orders(self) -> OrdersWindow:
        assert self.view._orders is not None
        return self.view._orders

    @property
    def dialog(self) -> OrderDialog:
        (dialog,) = self.orders.order_actions.open_dialogs
        return dialog

    async def open(self) -> None:
        self.view.open()
        await until(lambda: self.view._has_read)

    async def accept(self) -> None:
        """Press the dialog's button and wait until the shop has done it."""
        dialog = self.dialog
        dialog.accept_button.click()
        await until(lambda: bool(dialog.problem.text()) or not self.orders.order_actions.open_dialogs)
        assert self.orders.order_actions.open_dialogs == [], dialog.problem.text()


@pytest.fixture
async def host(window: MainWindow, tmp_path: Path) -> AsyncIterator[Host]:
    async with open_market(tmp_path) as market:
        made = Host(window, tmp_path, market)
        async with working(made.background):
            yield made
            made.view.close()
            made.orders.deleteLater()


async def buy(host: Host, buyer: Buyer, method: str = "online") -> str:
    """Order a cup, and return the order's id."""
    return (await buyer.order(line(CUP), method=method)).order_id


async def test_an_order_is_seen_paid_and_shipped_and_its_buyer_sees_the_parcel(host: Host) -> None:
    await host.open()
    assert host.orders.list.message.text() == "No orders yet"
    buyer = await host.market.buyer()
    order = await buyer.order(line(CUP))
    host.view.refresh()
    await until(lambda: host.orders.chosen_id == order.order_id)
    assert not host.orders.detail.ship_button.isEnabled()
    attempt = await buyer.attempt(order)
    await host.market.cashier(attempt, "pay")
    await host.market.until_paid(buyer, order)
    host.view.refresh()
    await until(host.orders.detail.ship_button.isEnabled)
    await until(lambda: len(host.orders.detail._attempts) == 1)
    host.orders.ask_to_ship()
    dialog = host.dialog
    assert isinstance(dialog, ShipDialog)
    dialog.tracking.setText("SF1439220877105")
    await host.accept()

    (parcel,) = (await buyer.see(order)).parcels
    assert (parcel.carrier, parcel.tracking, parcel.state) == (
        "SF Express",
        "SF1439220877105",
        ParcelState.SHIPPED,
    )
    assert host.orders.detail.order is not None
    # What staff note on an order is theirs.
    assert msgspec.structs.replace(host.orders.detail.order, mark=None) == await buyer.see(order)


async def test_an_unpaid_order_is_called_off_with_a_reason_that_its_buyer_sees(host: Host) -> None:
    buyer = await host.market.buyer()
    order_id = await buy(host, buyer)
    await host.open()
    host.orders.ask_to_cancel()
    dialog = host.dialog
    assert isinstance(dialog, CancelDialog)
    dialog.reason.setText("broken in the store")
    await host.accept()

    order = host.orders.detail.order
    assert order is not None
    assert order.order_id == order_id
    assert order.state is OrderState.CANCELLED
    assert [change.reason for change in (await buyer.see(order)).changes][-1] == "broken in the store"


async def test_a_paid_order_is_called_off_and_its_money_goes_back(host: Host) -> None:
    buyer = await host.market.buyer()
    await buy(host, buyer, "transfer")
    await host.open()
    host.orders.ask_if_paid()
    await host.accept()
    host.orders.ask_to_refund()
    dialog = host.dialog
    assert isinstance(dialog, RefundDialog)
    dialog.reason.setText("sold elsewhere")
    await host.accept()

    order = host.orders.detail.order
    assert order is not None
    assert (order.state, order.payment_state) == (OrderState.CANCELLED, PaymentState.REFUNDED)
    assert (await buyer.see(order)).state is OrderState.CANCELLED


async def test_the_money_of_a_transfer_is_confirmed_by_the_host(host: Host) -> None:
    buyer = await host.market.buyer()
    await buy(host, buyer, "transfer")
    await host.open()
    host.orders.ask_if_paid()
    dialog = host.dialog
    assert isinstance(dialog, PaidDialog)
    dialog.reason.setText("statement 7")
    await host.accept()

    order = host.orders.detail.order
    assert order is not None
    assert order.payment_state is PaymentState.PAID
    assert host.orders.detail.ship_button.isEnabled()


async def test_who_was_too_late_is_told_so_by_the_shop(host: Host) -> None:
    buyer = await host.market.buyer()
    order_id = await buy(host, buyer)
    await host.open()
    host.orders.ask_to_cancel()
    dialog = host.dialog
    assert isinstance(dialog, CancelDialog)
    dialog.reason.setText("x")
    order = host.orders.detail.order
    assert order is not None
    await host.market.cashier(await buyer.attempt(order), "pay")
    await host.market.until_paid(buyer, order)
    dialog.accept_button.click()
    await until(lambda: bool(dialog.problem.text()))
    await until(lambda: (shown := host.orders.detail.order) is not None and shown.payment_state == "paid")
    dialog.reject()
    assert host.orders.chosen_id == order_id


async def test_guests_do_not_see_the_rooms_orders(host: Host) -> None:
    await buy(host, await host.market.buyer())
    other = await host.market.buyer()
    host.view.go_to(Place(f"http://{host.market.backend.address}", "main", other.token))
    await host.open()
    assert host.orders.list.model.orders == ()


async def test_an_assistant_with_the_right_to_orders_ships_them(host: Host) -> None:
    order_id = await buy(host, await host.market.buyer(), "cash_on_delivery")
    async with host.market.backend.host() as line_of_host:
        admission = await joined(host.market.backend, line_of_host, AssistantRight.ORDERS)
    host.view.go_to(Place(f"http://{host.market.backend.address}", "main", admission.token))
    await host.open()
    assert host.orders.chosen_id == order_id
    host.orders.ask_to_ship()
    dialog = host.dialog
    assert isinstance(dialog, ShipDialog)
    dialog.tracking.setText("1")
    await host.accept()

    order = host.orders.detail.order
    assert order is not None
    assert order.changes[-1].actor == admission.user_id
