"""Webhooks of Alipay's that only it can send."""

import pytest

from backend.shop.payments.alipay_provider import Alipay
from backend.shop.payments.provider import PaymentReport, ProviderState, RefundReport, WebhookError
from tests.support.alipay_gateway import APP, SELLER, AlipayGateway, Signing, signed

AT_S = 1_700_000_000
TRADE = {
    "notify_id": "N1",
    "out_trade_no": "a" * 32,
    "trade_no": "T1",
    "trade_status": "TRADE_SUCCESS",
    "total_amount": "99.00",
    "gmt_payment": "2023-11-15 06:13:19",
}


def read(**changes: str) -> PaymentReport | RefundReport | None:
    """What a shop reads in a webhook."""
    headers, body = signed({**TRADE, **changes}, Signing(AT_S))
    event = shop().verify(headers, body, AT_S * 1000)
    if event is None:
        return None
    assert (event.event_id, event.at_ms) == ("N1", AT_S * 1000)
    return event.report


def shop(**keys: str) -> Alipay:
    return Alipay(AlipayGateway().keys(**keys), "https://shop.example.com/x", clock_ms=lambda: AT_S * 1000)


def test_a_trade_that_is_done_is_paid() -> None:
    for status in ("TRADE_SUCCESS", "TRADE_FINISHED"):
        report = read(trade_status=status)
        assert report == PaymentReport("a" * 32, ProviderState.PAID, SELLER, "T1", 9_900, "CNY")


def test_a_trade_whose_time_ran_out_is_closed() -> None:
    report = read(trade_status="TRADE_CLOSED", gmt_payment="")
    assert isinstance(report, PaymentReport)
    assert report.state is ProviderState.CLOSED


def test_a_refund_tells_what_went_back_in_all() -> None:
    report = read(refund_fee="12.00", out_biz_no="r1", gmt_refund="2023-11-15 06:13:20")
    assert report == RefundReport(
        "a" * 32, "r1", SELLER, 1_200, "CNY", is_done=True, payment_ref="T1", is_sum=True
    )


def test_a_trade_of_another_app_or_seller_is_not_the_shops() -> None:
    for changes in ({"app_id": "2099"}, {"seller_id": "2088000000000000"}):
        report = read(**changes)
        assert isinstance(report, PaymentReport)
        assert report.merchant != SELLER


def test_a_shop_that_names_no_seller_goes_by_its_app() -> None:
    headers, body = signed({**TRADE, "seller_id": "2088000000000000"}, Signing(AT_S))
    event = shop(seller_id="").verify(headers, body, AT_S * 1000)
    assert event is not None
    assert event.report.merchant == APP


def test_other_notices_of_alipays_say_nothing_of_payments() -> None:
    assert read(notify_type="dut_user_sign") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"total_amount": "1e3"},
        {"total_amount": ""},
        {"notify_time": "soon"},
        {"refund_fee": "x", "out_biz_no": "r"},
    ],
)
def test_a_notice_that_alipay_does_not_document_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(WebhookError, match="not what Alipay sends"):
        read(**changes)


def test_a_field_that_stands_twice_or_another_kind_of_signature_is_refused() -> None:
    headers, body = signed(TRADE, Signing(AT_S))
    for changed in (body + b"&total_amount=99.00", body.replace(b"RSA2", b"RSA"), body + b"&sign=x"):
        with pytest.raises(WebhookError):
            shop().verify(headers, changed, AT_S * 1000)
