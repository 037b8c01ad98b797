import base64
import re

import msgspec
import pytest

from backend.http.cashier_page import draw, draw_missing
from backend.http.cashier_texts import TEXTS
from backend.http.cashier_view import CashierState, CashierView
from backend.http.qr import qr_svg
from backend.shop.money_text import amount_text
from backend.shop.payments.pay_links import PayLinks

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


# --- Places of providers ---

AT_WECHAT = msgspec.structs.replace(VIEW, place="wechat", has_outcomes=False, is_test=False)


@pytest.mark.parametrize("state", CashierState)
def test_a_page_of_a_place_in_any_state_has_no_button_of_the_sandboxs(state: CashierState) -> None:
    page = draw(msgspec.structs.replace(AT_WECHAT, state=state, links=PayLinks(code="weixin://a")))
    assert 'name="outcome"' not in page
    assert "no real money moves" not in page
    assert not re.search(r"style=|onclick|<script>|javascript:", page)


def test_a_code_to_scan_is_in_the_page_and_says_what_the_provider_said() -> None:
    page = draw(msgspec.structs.replace(AT_WECHAT, links=PayLinks(code="weixin://wxpay/bizpayurl?pr=1")))
    picture = base64.b64encode(qr_svg("weixin://wxpay/bizpayurl?pr=1")).decode()
    assert f'src="data:image/svg+xml;base64,{picture}"' in page
    assert "Scan with WeChat to pay" in page
    assert "cashier.js" in page


def test_a_way_to_an_app_tells_the_shops_site_and_no_more() -> None:
    links = PayLinks(page='https://wx.tenpay.com/x?a=1&b="2')
    page = draw(msgspec.structs.replace(AT_WECHAT, links=links))
    assert 'href="https://wx.tenpay.com/x?a=1&amp;b=&quot;2" referrerpolicy="origin"' in page
    assert "Pay in WeChat" in page
    assert "<img" not in page


def test_a_place_with_both_shows_the_code_first() -> None:
    links = PayLinks(code="https://qr.alipay.com/1", page="https://openapi.alipay.com/x")
    page = draw(msgspec.structs.replace(AT_WECHAT, place="alipay", links=links))
    assert page.index("Scan with Alipay") < page.index("Sign in to Alipay here")


@pytest.mark.parametrize("place", ["wechat", "alipay"])
@pytest.mark.parametrize(("language", "way"), [("zh", "在浏览器打开"), ("en", "Open in Browser")])
def test_within_wechat_the_page_leads_to_the_browser(place: str, language: str, way: str) -> None:
    texts = TEXTS["zh" if language == "zh" else "en"]
    view = msgspec.structs.replace(AT_WECHAT, place=place, texts=texts, is_in_wechat=True)
    assert way in draw(view)


def test_a_place_that_cannot_be_had_says_what_to_do() -> None:
    for links in (None, PayLinks()):
        page = draw(msgspec.structs.replace(AT_WECHAT, links=links))
        assert "nothing was charged" in page
        assert "Check now" in page
