import re

import msgspec
import pytest

from backend.http.cashier_page import CashierState, CashierView, draw, draw_missing
from backend.http.cashier_texts import TEXTS
from backend.http.money_text import amount_text

VIEW = CashierView(
    state=CashierState.WAITING,
    texts=TEXTS["en"],
    amount=amount_text(38_700, "CNY"),
    number="261201482015730",
    here="/live/pay/abc",
    assets="/live/pay/assets/1",
    room_path="/live/r/main",
    language="en",
    other="zh",
    left_s=872,
)


@pytest.mark.parametrize("state", CashierState)
def test_a_page_of_any_state_leads_back_and_runs_nothing_of_its_own(state: CashierState) -> None:
    page = draw(msgspec.structs.replace(VIEW, state=state))
    assert 'href="/live/r/main"' in page
    assert 'href="?lang=zh"' in page
    assert 'lang="en"' in page
    assert not re.search(r"style=|onclick|<script>|javascript:|https?://", page)
    assert page.count("<main") == page.count("</main>") == 1


def test_the_page_that_waits_says_what_is_to_pay_and_until_when() -> None:
    page = draw(VIEW)
    assert "<i>¥</i>387<small>.00</small>" in page
    assert "<b>14</b>:<b>32</b>" in page
    assert "no real money moves" in page
    assert page.count('name="outcome"') == 7
    assert 'action="/live/pay/abc/outcome?lang=en"' in page


def test_a_page_moves_on_by_itself_while_something_can_change() -> None:
    for state in CashierState:
        page = draw(msgspec.structs.replace(VIEW, state=state))
        is_moving = state in {CashierState.WAITING, CashierState.CHECKING}
        assert ("cashier.js" in page) == ('http-equiv="refresh"' in page) == is_moving


def test_what_others_wrote_stays_text() -> None:
    page = draw(msgspec.structs.replace(VIEW, room_path='/r/"><b>x', number="<i>", state=CashierState.PAID))
    assert "<b>x" not in page
    assert "<i>" not in page.partition("<main")[2].replace("<i>¥</i>", "")


def test_a_payment_that_is_not_there_is_told_in_the_readers_language() -> None:
    assert "没有这笔付款" in draw_missing(TEXTS["zh"], "/pay/assets/1", "/")
