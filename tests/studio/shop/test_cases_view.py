"""Cases as the host sees them: before a shop that the test plays, and before a backend that runs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.base import AssistantRight
from backend.contract.cases import Case, CaseState
from backend.contract.shop_events import OrderChanged
from studio.window.main_window import MainWindow
from tests.backend.http.api.shopping import answer, open_market
from tests.backend.http.api.test_case_routes import delivered, until_refunded
from tests.backend.shop.catalog.pictures.drawing import drawn
from tests.studio.shop.fake_shop import FakeShop, refusal
from tests.studio.shop.test_order_reader import Host
from tests.studio.shop.test_orders_view import Desk, brief_of
from tests.studio.staff.test_staff_view import until, working
from tests.widgets.cases import at, case
from tests.widgets.orders import shipped
from widgets.shop.case_pictures import CasePictures, LargePicture, large_path, small_path
from widgets.shop.case_states import CaseStep
from widgets.shop.order_states import Stage


@pytest.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    shop = FakeShop()
    made = Desk(window, shop, tmp_path)
    async with shop.serve(), working(made.background):
        yield made
        made.view.close()
        for opened in filter(None, [made.view._orders]):
            opened.deleteLater()


def hear_case(desk: Desk, state: CaseState, order_number: int = 1) -> None:
    """Let the room say that a case of an order is so now."""
    event = OrderChanged(brief_of(shipped(order_number)), case_state=state)
    desk.client.updated.emit(event)


async def test_cases_that_wait_are_counted_beside_the_menu_before_any_window_is_open(desk: Desk) -> None:
    desk.shop.cases = [case(3, 3), at(CaseState.APPROVED, 2, 2), at(CaseState.SENT_BACK, 1)]
    desk.view.go_to(desk.shop.place)
    await until(lambda: desk.window.orders_button.text() == "Orders · 2 cases")

    assert (desk.chimes, desk.toasts) == ([], [])


async def test_a_case_that_a_buyer_opens_is_told_heard_and_shown(desk: Desk) -> None:
    desk.shop.orders = [shipped(1)]
    desk.view.go_to(desk.shop.place)
    await until(lambda: desk.view._cases._has_read)
    desk.shop.cases = [case(1)]
    hear_case(desk, CaseState.REQUESTED)
    await until(lambda: bool(desk.toasts))

    assert desk.toasts == ["Case of order 261201 482852150: Return and refund"]
    assert len(desk.chimes) == 1
    assert desk.window.orders_button.text() == "Orders · 1 case"
    desk.window.toasts.shown[0].offer_button.click()
    await until(lambda: desk.orders.chosen_id == "o1")
    assert desk.orders.cases.isVisible()


async def test_a_step_is_taken_over_the_api_and_seen_at_once(desk: Desk) -> None:
    desk.shop.orders, desk.shop.cases = [shipped(1)], [case(1)]
    orders = await desk.open()
    orders.head.choose(Stage.CASES)
    await until(lambda: orders.chosen_id == "o1" and bool(orders.cases.model.cases))
    orders.case_actions.ask(case(1), shipped(1), CaseStep.APPROVE)
    orders.case_actions.open_dialogs[0].accept_button.click()
    await until(lambda: orders.case_actions.open_dialogs == [])

    assert orders.cases.model.cases[0].state is CaseState.APPROVED
    assert desk.window.orders_button.text() == "Orders"
    assert desk.toasts == []


async def test_a_refused_step_says_why_and_reads_the_case_as_it_is(desk: Desk) -> None:
    desk.shop.orders, desk.shop.cases = [shipped(1)], [case(1)]
    orders = await desk.open()
    await until(lambda: bool(orders.cases.model.cases))
    orders.case_actions.ask(case(1), shipped(1), CaseStep.APPROVE)
    dialog = orders.case_actions.open_dialogs[0]
    desk.shop.refusal = refusal(409, "no")
    dialog.accept_button.click()
    await until(lambda: dialog.problem.text() == "no")
    desk.shop.refusal = None


async def test_what_was_closed_while_the_line_was_down_is_read_again(desk: Desk) -> None:
    desk.shop.cases = [case(1)]
    desk.view.go_to(desk.shop.place)
    await until(lambda: desk.window.orders_button.text() == "Orders · 1 case")
    desk.shop.cases = [at(CaseState.WITHDRAWN, 1)]
    desk.view._cases.refresh()
    await until(lambda: desk.window.orders_button.text() == "Orders")


async def test_an_assistant_without_the_right_to_orders_asks_for_no_cases(desk: Desk) -> None:
    desk.may()
    desk.shop.cases = [case(1)]
    desk.view.go_to(desk.shop.place)
    desk.may(AssistantRight.ORDERS)
    await until(lambda: desk.window.orders_button.text() == "Orders · 1 case")


@pytest.fixture
async def host(window: MainWindow, tmp_path: Path) -> AsyncIterator[Host]:
    async with open_market(tmp_path) as market:
        made = Host(window, tmp_path, market)
        async with working(made.background):
            yield made
            made.view.close()
            made.orders.deleteLater()


async def take(host: Host, step: CaseStep, state: CaseState) -> None:
    """Take a step on the card of the only case, and wait until the shop has done it."""
    cases, actions = host.orders.cases.model.cases, host.orders.case_actions
    actions.ask(cases[0], host.orders.detail.order, step)
    [dialog] = actions.open_dialogs
    dialog.reason.setText("word")
    dialog.accept_button.click()
    await until(lambda: bool(dialog.problem.text()) or not actions.open_dialogs)
    assert not actions.open_dialogs, dialog.problem.text()
    assert host.orders.cases.model.cases[0].state is state


async def seen(host: Host, state: CaseState) -> None:
    """Read the cases again until the only one is there in this state."""
    host.view._cases.refresh()
    await until(lambda: [case.state for case in host.orders.cases.model.cases] == [state])


async def test_a_return_is_approved_received_and_refunded_at_a_backend_that_runs(host: Host) -> None:
    buyer = await host.market.buyer()
    order = await delivered(host.market, buyer)
    await host.open()
    body = {"kind": "return", "lines": [{"line": 1, "quantity": 1}], "reason": "another colour"}
    opened = answer(Case, await buyer.post(f"orders/{order.order_id}/cases", body), 201)
    await seen(host, CaseState.REQUESTED)
    host.orders.choose_case(order.order_id)
    await until(lambda: host.orders.detail.order is not None)
    await take(host, CaseStep.APPROVE, CaseState.APPROVED)
    sent = {"carrier": "SF", "tracking": "SF7"}
    answer(Case, await buyer.post(f"cases/{opened.case_id}/send-back", sent))
    await seen(host, CaseState.SENT_BACK)
    await take(host, CaseStep.RECEIVE, CaseState.RECEIVED)
    await take(host, CaseStep.REFUND, CaseState.REFUNDED)
    refunded = await until_refunded(buyer, order)

    assert refunded.lines[0].refunded == 1
    case = answer(Case, await buyer.get(f"cases/{opened.case_id}"))
    assert case.lines[0].restocked == 1
    assert [change.reason for change in case.changes][1::2] == ["word", "word"]


async def test_a_buyers_pictures_are_shown_in_the_case_and_one_large_by_a_click(desk: Desk) -> None:
    name = "a" * 40 + ".webp"
    one = case(1, pictures=[name])
    desk.shop.orders, desk.shop.cases = [shipped(1)], [one]
    desk.shop.pictures = {small_path(one, name): drawn(), large_path(one, name): drawn(size=(400, 300))}
    orders = await desk.open()
    orders.choose_case("o1")
    await until(lambda: orders.chosen_id == "o1")
    await until(lambda: orders.list.model.picture(small_path(one, name)) is not None)
    pictures = orders.detail.findChild(CasePictures)
    assert isinstance(pictures, CasePictures)
    [button] = pictures.buttons
    assert not button.icon().isNull()
    button.click()
    await until(lambda: orders.findChild(LargePicture) is not None)
    window = orders.findChild(LargePicture)
    assert isinstance(window, LargePicture)
    assert window.shown.pixmap().width() == 400
    window.close()


async def test_a_picture_that_does_not_come_leaves_the_list_of_cases_as_it_is(desk: Desk) -> None:
    one = case(1, pictures=["a" * 40 + ".webp"])
    desk.shop.orders, desk.shop.cases = [shipped(1)], [one]
    orders = await desk.open()
    orders.choose_case("o1")
    await until(lambda: orders.chosen_id == "o1")
    orders.case_picture_wanted.emit(large_path(one, one.pictures[0]))
    await until(lambda: bool(orders.toasts.shown))
    assert orders.cases.model.cases
