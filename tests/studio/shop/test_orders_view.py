import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest

from backend.contract.audience import You, YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.orders import CancelOrder, MarkOrder, Order, OrderState
from backend.contract.payments import Attempt, AttemptState
from backend.contract.protocol import StaffSnapshot
from backend.contract.shop_events import OrderBrief, OrderChanged
from studio.background_tasks import BackgroundTasks
from studio.connection.room_client import LineState, LineStatus, RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import Synced
from studio.connection.server_clock import ServerClock
from studio.settings import SavedSettings, SettingsStore
from studio.shop.orders_view import POLL_MS, OrdersView
from studio.window.hotkeys import Hotkey
from studio.window.main_window import MainWindow
from tests.studio.shop.fake_shop import FakeShop, refusal
from tests.studio.staff.test_staff_view import until, working
from tests.widgets.orders import many, order, paid
from widgets.common.money import amount_text
from widgets.shop.order_states import Stage
from widgets.shop.order_texts import number_text
from widgets.shop.orders_window import OrdersWindow

POLLED_IN_TESTS_MS = 10


class Desk:
    """An orders view in a studio's window, and a shop that the test plays."""

    def __init__(self, window: MainWindow, shop: FakeShop, folder: Path) -> None:
        self.window = window
        self.shop = shop
        self.background = BackgroundTasks()
        self.settings = SavedSettings(SettingsStore(folder))
        self.client = RoomClient()
        clock = ServerClock(self.client, window)
        self.view = OrdersView(self.client, clock, self.background, self.settings, window)
        self.chimes: list[str] = []
        self.view.chime_wanted.connect(lambda: self.chimes.append("ding"))

    @property
    def orders(self) -> OrdersWindow:
        assert self.view._orders is not None
        return self.view._orders

    @property
    def ids(self) -> list[str]:
        return [each.order_id for each in self.orders.list.model.orders]

    @property
    def toasts(self) -> list[str]:
        return [toast.text.text() for toast in self.window.toasts.shown]

    async def open(self) -> OrdersWindow:
        """Go to the shop, open the window by its hotkey, and wait for the orders."""
        self.view.go_to(self.shop.place)
        self.window.menus.actions[Hotkey.ORDERS].trigger()
        await until(lambda: self.view._has_read)
        return self.orders

    def hear(self, *orders: Order, is_new: bool) -> None:
        """Let the room say this of orders."""
        for each in orders:
            self.client.updated.emit(OrderChanged(brief_of(each), is_new))

    def may(self, *rights: AssistantRight) -> None:
        you = You("a1", "Wang", Role.ASSISTANT, False, False, None, [], None, list(rights))  # noqa: FBT003
        self.client.updated.emit(YouChanged(you))


def brief_of(each: Order) -> OrderBrief:
    return OrderBrief(
        each.order_id, each.version, each.state, each.payment_state, each.total_minor, each.currency
    )


def staff_snapshot(orders: list[Order]) -> StaffSnapshot:
    briefs = [brief_of(each) for each in reversed(orders)]
    return StaffSnapshot(None, [], [], [], [], [], [], 0, orders=briefs)


@pytest.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    shop = FakeShop()
    made = Desk(window, shop, tmp_path)
    async with shop.serve(), working(made.background):
        yield made
        made.view.close()
        for opened in filter(None, [made.view._orders]):
            opened.deleteLater()


async def test_the_window_opens_on_all_orders_of_the_room(desk: Desk) -> None:
    desk.shop.orders, desk.shop.limit = many(7), 3
    orders = await desk.open()
    await until(lambda: len(desk.ids) == 7)

    assert desk.ids == [each.order_id for each in desk.shop.orders]
    assert orders.head.chips[next(iter(orders.head.chips))].text() == "All 7"
    assert desk.toasts == []
    assert desk.chimes == []


async def test_the_attempts_and_pictures_of_the_chosen_order_come_beside_it(desk: Desk) -> None:
    desk.shop.orders = [paid(1)]
    desk.shop.attempts = [Attempt("a", "o1", "sandbox", 16800, "CNY", AttemptState.PAID, "/pay/a", 0)]
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'
    desk.shop.pictures = {"tea.svg": svg}
    orders = await desk.open()
    await until(lambda: len(orders.detail._attempts) == 1)
    await until(lambda: orders.list.model.picture("/media/products/tea.svg") is not None)

    assert all("authorization" not in headers for headers in desk.shop.picture_headers)


async def test_a_window_that_can_be_seen_follows_the_shop_and_a_closed_one_asks_nothing(desk: Desk) -> None:
    assert POLL_MS == 5_000
    assert desk.view.timer.interval() == POLL_MS
    desk.view.timer.setInterval(POLLED_IN_TESTS_MS)
    desk.shop.orders = [order(1)]
    orders = await desk.open()
    desk.shop.put(paid(1))
    await until(lambda: orders.list.model.orders == (paid(1),))
    orders.close()
    await until(lambda: not desk.view._reader._is_reading)

    assert not desk.view.timer.isActive()
    desk.view.refresh()
    assert desk.view._reader._is_reading is False


async def test_a_new_order_is_told_heard_and_counted_until_it_is_looked_at(desk: Desk) -> None:
    desk.shop.orders = [paid(1)]
    orders = await desk.open()
    orders.close()
    desk.shop.put(paid(2))
    desk.hear(paid(2), is_new=True)
    await until(lambda: bool(desk.chimes))

    assert desk.toasts == ["New order 261201 483585260: ¥168.00"]
    assert desk.window.orders_button.text() == "Orders · 1 new"
    desk.window.toasts.shown[0].offer_button.click()
    await until(lambda: desk.orders.isVisible() and desk.orders.chosen_id == "o2")
    assert desk.window.orders_button.text() == "Orders"


async def test_an_open_window_shows_what_the_room_says_of_an_order_and_does_not_poll(desk: Desk) -> None:
    desk.view.timer.setInterval(POLLED_IN_TESTS_MS)
    desk.shop.orders = [order(1)]
    orders = await desk.open()
    desk.client._status = LineStatus(LineState.CONNECTED)
    await asyncio.sleep(0.1)
    reads = desk.shop.reads
    desk.shop.put(paid(1))
    desk.hear(paid(1), is_new=False)
    await until(lambda: orders.list.model.orders == (paid(1),))

    assert desk.shop.reads == reads
    assert (desk.chimes, desk.toasts) == ([], [])
    desk.client.updated.emit(Synced())
    await until(lambda: desk.shop.reads > reads)


async def test_a_flood_of_orders_is_read_as_a_page_and_told_in_one_line(desk: Desk) -> None:
    desk.shop.orders = many(2)
    await desk.open()
    reads = desk.shop.reads
    desk.client._status = LineStatus(LineState.CONNECTED)
    desk.shop.orders = many(9)
    desk.hear(*many(9)[:7], is_new=True)
    await until(lambda: len(desk.ids) == 9)

    assert desk.chimes == ["ding"]
    assert desk.shop.reads == reads + 1


async def test_orders_that_came_while_the_line_was_down_are_told_when_it_is_back(desk: Desk) -> None:
    desk.shop.orders = many(3)
    desk.view.go_to(desk.shop.place)
    desk.client.updated.emit(staff_snapshot(many(3)[1:]))
    desk.client.updated.emit(staff_snapshot(many(3)))
    await until(lambda: bool(desk.toasts))
    newest = desk.shop.orders[0]
    amount = amount_text(newest.total_minor, newest.currency)
    assert desk.toasts == [f"New order {number_text(newest.number)}: {amount}"]


async def test_many_new_orders_are_told_in_one_line(desk: Desk) -> None:
    desk.shop.orders = many(2)
    await desk.open()
    desk.window.activateWindow()
    desk.shop.orders = many(5)
    desk.view.refresh()
    await until(lambda: bool(desk.toasts))

    assert desk.toasts == ["3 new orders"]
    assert desk.chimes == ["ding"]


async def test_the_sound_can_be_switched_off_for_good(desk: Desk) -> None:
    desk.shop.orders = [paid(1)]
    orders = await desk.open()
    assert orders.head.sound_button.text() == "Sound on"
    orders.head.sound_button.click()
    desk.shop.put(paid(2))
    desk.view.refresh()
    await until(lambda: len(desk.ids) == 2)

    assert desk.chimes == []
    assert desk.settings.now.has_order_sound is False


async def test_more_new_orders_than_a_page_holds_leave_no_gap_and_close_no_dialog(desk: Desk) -> None:
    desk.shop.orders = many(60)
    orders = await desk.open()
    orders.choose("o59")
    orders.ask_to_cancel()
    desk.shop.orders, desk.shop.limit = many(70), 3
    desk.view.refresh()
    await until(lambda: len(desk.ids) == 70)

    assert desk.ids == [each.order_id for each in desk.shop.orders]
    assert len(orders.order_actions.open_dialogs) == 1
    orders.order_actions.close_all()


async def test_an_order_that_was_cancelled_shows_it_at_once(desk: Desk) -> None:
    desk.shop.orders = [order(1)]
    orders = await desk.open()
    orders.ask_to_cancel()
    (dialog,) = orders.order_actions.open_dialogs
    dialog.reason.setText("out of stock")  # type: ignore[attr-defined]
    dialog.accept_button.click()
    await until(lambda: not orders.order_actions.open_dialogs)

    assert orders.list.table.order is not None
    assert orders.list.table.order.state is OrderState.CANCELLED
    ((order_id, body, key),) = desk.shop.acts
    assert (order_id, body) == ("o1", CancelOrder("out of stock"))
    assert 1 <= len(key) <= 64


async def test_a_refused_action_is_told_in_the_dialog_in_the_shops_words(desk: Desk) -> None:
    desk.shop.orders = [order(1)]
    orders = await desk.open()
    orders.ask_to_cancel()
    (dialog,) = orders.order_actions.open_dialogs
    dialog.reason.setText("out of stock")  # type: ignore[attr-defined]
    desk.shop.refusal = refusal(409, "The order was paid a moment ago.")
    dialog.accept_button.click()
    await until(lambda: bool(dialog.problem.text()))
    assert dialog.problem.text() == "The order was paid a moment ago."
    desk.shop.refusal = None
    dialog.accept_button.click()
    await until(lambda: not orders.order_actions.open_dialogs)


async def test_an_action_without_an_answer_says_that_trying_again_is_safe(desk: Desk) -> None:
    desk.shop.orders = [order(1)]
    orders = await desk.open()
    orders.ask_to_cancel()
    (dialog,) = orders.order_actions.open_dialogs
    dialog.reason.setText("x")  # type: ignore[attr-defined]
    desk.shop.refusal = refusal(503, "Later.")
    dialog.accept_button.click()
    await until(lambda: bool(dialog.problem.text()))
    assert "not done twice" in dialog.problem.text()


async def test_a_shop_that_is_not_there_is_told_and_tried_again(desk: Desk) -> None:
    desk.view.open()
    assert desk.orders.list.message.text() == "Not connected to a room."
    desk.view.go_to(Place("http://127.0.0.1:9", "main", "t"))
    await until(lambda: "could not be read" in desk.orders.list.message.text())
    desk.shop.orders = [paid(1)]
    desk.view.go_to(desk.shop.place)
    await until(lambda: desk.ids == ["o1"])


@pytest.mark.parametrize(
    ("status", "says"), [(403, "not shown to you"), (404, "has no shop"), (503, "could not be read")]
)
async def test_why_orders_are_not_read_is_told_with_what_helps(desk: Desk, status: int, says: str) -> None:
    desk.shop.refusal = refusal(status, "No.")
    desk.view.go_to(desk.shop.place)
    desk.view.open()
    message = desk.orders.list.message
    await until(lambda: says in message.text())
    assert desk.orders.list.remedy.text()
    assert desk.orders.list.button.isVisible()


async def test_orders_that_are_there_stay_when_the_line_breaks(desk: Desk) -> None:
    desk.shop.orders = [paid(1)]
    orders = await desk.open()
    desk.shop.refusal = refusal(503, "Later.")
    desk.view.refresh()
    await until(orders.list.notice.isVisible)
    assert desk.ids == ["o1"]
    desk.shop.refusal = None
    orders.list.notice_button.click()
    await until(orders.list.notice.isHidden)


async def test_the_orders_of_another_room_take_the_place_of_the_first_ones(desk: Desk) -> None:
    desk.shop.orders = [paid(1)]
    await desk.open()
    other = FakeShop()
    other.orders = [paid(8)]
    async with other.serve():
        desk.view.go_to(other.place)
        await until(lambda: desk.ids == ["o8"])
    assert desk.toasts == []


async def test_an_assistant_sees_orders_only_with_the_right_to_them(desk: Desk) -> None:
    desk.shop.orders = [paid(1)]
    desk.may(AssistantRight.PRODUCTS)
    desk.view.go_to(desk.shop.place)
    desk.view.open()
    assert desk.orders.list.message.text() == "You need the right to orders."
    assert desk.shop.reads == 0
    desk.may(AssistantRight.ORDERS)
    await until(lambda: desk.ids == ["o1"])
    desk.may()
    assert desk.ids == []


async def test_the_window_comes_back_as_it_was_closed(desk: Desk) -> None:
    orders = await desk.open()
    orders.resize(1100, 600)
    desk.view.close()
    assert desk.settings.now.orders_layout == orders.layout_text()


async def test_an_answer_for_a_room_that_was_left_is_dropped(desk: Desk) -> None:
    desk.shop.orders = [paid(1)]
    await desk.open()
    desk.view.refresh()
    desk.view.go_to(None)
    async with httpx.AsyncClient() as http:
        await until(lambda: desk.shop.reads >= 2)
        await http.get(desk.shop.place.url)
    assert desk.ids == []


def test_the_settings_keep_the_sound_on_by_default(tmp_path: Path) -> None:
    assert SettingsStore(tmp_path).load().has_order_sound is True
    saved = msgspec.structs.replace(SettingsStore(tmp_path).load(), has_order_sound=False)
    SettingsStore(tmp_path).save(saved)
    assert SettingsStore(tmp_path).load().has_order_sound is False


async def test_a_remark_is_kept_by_the_shop_and_a_refused_one_says_why(desk: Desk) -> None:
    desk.shop.orders = [paid(1)]
    orders = await desk.open()
    await until(lambda: orders.chosen_id == "o1")
    orders.mark_wanted.emit("o1", MarkOrder("wrap it", is_flagged=True))
    await until(lambda: orders.detail.mark_bar.remark.text() == "wrap it")
    assert orders.detail.mark_bar.flag.isChecked()
    desk.shop.refusal = refusal(403, "no right")
    orders.mark_wanted.emit("o1", MarkOrder())
    await until(lambda: [toast.text.text() for toast in orders.toasts.shown] == ["no right"])


async def test_the_list_of_what_to_send_holds_what_no_page_was_read_of(desk: Desk) -> None:
    desk.shop.orders, desk.shop.limit = [order(number) for number in range(60, 1, -1)] + [paid(1)], 50
    orders = await desk.open()
    await until(lambda: len(desk.ids) == 50)
    orders.head.choose(Stage.TO_SHIP)
    await until(lambda: "o1" in desk.ids)
