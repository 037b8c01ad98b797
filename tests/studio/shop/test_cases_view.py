from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.base import AssistantRight
from backend.contract.cases import CaseState
from backend.contract.shop_events import OrderChanged
from studio.window.main_window import MainWindow
from tests.studio.shop.fake_shop import FakeShop, refusal
from tests.studio.shop.test_orders_view import Desk, brief_of
from tests.studio.staff.test_staff_view import until, working
from tests.widgets.cases import at, case
from tests.widgets.orders import shipped
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
