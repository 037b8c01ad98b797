"""Webhooks of WeChat Pay's that only it can send."""

from typing import Any

import pytest

from backend.shop.payments.provider import PaymentReport, ProviderState, RefundReport, WebhookError
from backend.shop.payments.wechat_provider import WeChat
from tests.support.wechat_gateway import APP, MERCHANT, PUBLIC_KEY_ID, Signing, WeChatGateway, signed

AT_S = 1_700_000_000
NOW = Signing(AT_S)
PAYMENT = {
    "mchid": MERCHANT,
    "appid": APP,
    "out_trade_no": "a" * 32,
    "transaction_id": "42000",
    "trade_state": "SUCCESS",
    "amount": {"total": 9_900, "payer_total": 9_800, "currency": "CNY", "payer_currency": "CNY"},
}
REFUND = {
    "mchid": MERCHANT,
    "out_trade_no": "a" * 32,
    "transaction_id": "42000",
    "out_refund_no": "r1",
    "refund_id": "50300",
    "refund_status": "SUCCESS",
    "amount": {"total": 9_900, "refund": 900, "payer_total": 9_900, "payer_refund": 900},
}


def read(kind: str, told: dict[str, Any], signing: Signing = NOW) -> PaymentReport | RefundReport | None:
    """What a shop reads in a webhook."""
    headers, body = signed("EV-1", kind, told, signing)
    provider = WeChat(WeChatGateway().keys(), "https://shop.example.com/x", clock_ms=lambda: AT_S * 1000)
    event = provider.verify(headers, body, AT_S * 1000)
    if event is None:
        return None
    assert (event.event_id, event.at_ms) == ("EV-1", AT_S * 1000)
    return event.report


def test_the_whole_amount_counts_whatever_a_coupon_of_wechats_took_off() -> None:
    expected = PaymentReport("a" * 32, ProviderState.PAID, MERCHANT, "42000", 9_900, "CNY")
    assert read("TRANSACTION.SUCCESS", PAYMENT) == expected


def test_a_payment_of_another_app_or_merchant_is_not_the_shops() -> None:
    for field in ("mchid", "appid"):
        report = read("TRANSACTION.SUCCESS", {**PAYMENT, field: "other"})
        assert isinstance(report, PaymentReport)
        assert report.merchant != MERCHANT


def test_a_refund_is_done_only_when_wechat_says_so() -> None:
    done = RefundReport("a" * 32, "r1", MERCHANT, 900, "CNY", is_done=True, payment_ref="42000")
    assert read("REFUND.SUCCESS", REFUND) == done
    given_up = read("REFUND.ABNORMAL", {**REFUND, "refund_status": "ABNORMAL"})
    assert isinstance(given_up, RefundReport)
    assert (given_up.is_done, given_up.has_failed) == (False, True)


def test_other_events_of_wechats_say_nothing_of_payments() -> None:
    assert read("COUPON.USE", {"stock_id": "1"}) is None


@pytest.mark.parametrize(
    "signing",
    [
        NOW._replace(serial="PUB_KEY_ID_OTHER"),
        NOW._replace(serial="5157F09EFDC096DE15EBE81A47057A72"),
        NOW._replace(serial=""),
        NOW._replace(api_key="another-api-key-of-32-characters"),
        NOW._replace(owner="somebody", serial=PUBLIC_KEY_ID),
        NOW._replace(at_s=AT_S - 86_400),
    ],
)
def test_a_webhook_of_another_key_is_refused_without_fetching_it(signing: Signing) -> None:
    with pytest.raises(WebhookError):
        read("TRANSACTION.SUCCESS", PAYMENT, signing)


@pytest.mark.parametrize("told", [{}, {**PAYMENT, "amount": {"total": "many"}}, {**PAYMENT, "mchid": 1}])
def test_a_webhook_that_wechat_does_not_document_is_refused(told: dict[str, Any]) -> None:
    with pytest.raises(WebhookError, match="not what WeChat Pay sends"):
        read("TRANSACTION.SUCCESS", told)
