"""What Alipay says, asked or by a webhook, as reports on payments of a shop."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import parse_qsl

import msgspec

from backend.shop.payments.alipay_amounts import read_yuan
from backend.shop.payments.alipay_keys import AlipayKeys
from backend.shop.payments.china_time import read_china_time
from backend.shop.payments.provider import (
    PaymentReport,
    ProviderError,
    ProviderState,
    RefundReport,
    WebhookError,
    WebhookEvent,
)

CURRENCY: Final = "CNY"
# Alipay sends what was not taken eight times within 25 hours; each event counts once all the same.
MAX_AGE_MS: Final = 26 * 3_600_000
MAX_AHEAD_MS: Final = 5 * 60_000
MAX_BYTES: Final = 16 * 1024
MOST_FIELDS: Final = 100
_STATES: Final = {
    "WAIT_BUYER_PAY": ProviderState.PENDING,
    "TRADE_SUCCESS": ProviderState.PAID,
    "TRADE_FINISHED": ProviderState.PAID,
    "TRADE_CLOSED": ProviderState.CLOSED,
}

IsGenuine = Callable[[Mapping[str, str], str], bool]
"""Whether Alipay signed fields so."""


class Trade(msgspec.Struct, frozen=True):
    """What is read of a trade that was asked about.

    Attributes:
        send_pay_date: when the money came; empty where it did not.
    """

    out_trade_no: str
    trade_status: str
    total_amount: str
    trade_no: str = ""
    send_pay_date: str = ""


class _Notice(msgspec.Struct, frozen=True):
    notify_id: str
    notify_time: str
    app_id: str
    out_trade_no: str
    trade_no: str
    trade_status: str
    total_amount: str
    seller_id: str = ""
    gmt_payment: str = ""
    refund_fee: str = ""
    out_biz_no: str = ""


class AlipayReading:
    """Reads what Alipay says.

    Args:
        merchant: what the shop's own account is called in reports.
        is_genuine: of the SDK.
    """

    def __init__(self, keys: AlipayKeys, merchant: str, is_genuine: IsGenuine) -> None:
        self._keys = keys
        self._merchant = merchant
        self._is_genuine = is_genuine

    def event(self, body: bytes, now_ms: int) -> WebhookEvent | None:
        """Read a webhook; see `Provider.verify`."""
        fields = self._fields(body)
        if fields.get("notify_type") != "trade_status_sync":
            return None
        try:
            notice = msgspec.convert(fields, _Notice)
            at_ms = read_china_time(notice.notify_time)
            report = self._report(notice)
        except ValueError as error:
            raise WebhookError("The webhook is not what Alipay sends.") from error
        if not -MAX_AHEAD_MS < now_ms - at_ms < MAX_AGE_MS:
            raise WebhookError("The webhook is older than 26 hours, or a clock is wrong.")
        return WebhookEvent(notice.notify_id, at_ms, report)

    def payment(self, trade: Trade) -> PaymentReport:
        """Return what a trade says of the attempt whose id it has."""
        try:
            amount_minor = read_yuan(trade.total_amount)
        except ValueError as error:
            raise ProviderError("Alipay answers what it does not document.") from error
        return PaymentReport(
            attempt_id=trade.out_trade_no,
            state=_state_of(trade.trade_status, trade.send_pay_date),
            merchant=self._merchant,
            ref=trade.trade_no,
            amount_minor=amount_minor,
            currency=CURRENCY,
        )

    def given_back(self, trade: Trade) -> list[RefundReport]:
        """Return what a trade says of refunds: one that closed after its money came was given back whole."""
        if trade.trade_status != "TRADE_CLOSED" or not trade.send_pay_date:
            return []
        paid = self.payment(trade)
        return [
            RefundReport(
                attempt_id=paid.attempt_id,
                refund_id=f"{paid.ref} closed",
                merchant=paid.merchant,
                amount_minor=paid.amount_minor,
                currency=CURRENCY,
                is_done=True,
                payment_ref=paid.ref,
                is_sum=True,
            )
        ]

    def _fields(self, body: bytes) -> dict[str, str]:
        """Return the fields of a webhook that Alipay signed."""
        try:
            if len(body) > MAX_BYTES:
                raise WebhookError("The webhook is longer than Alipay sends.")
            pairs = parse_qsl(
                body.decode(), keep_blank_values=True, strict_parsing=True, max_num_fields=MOST_FIELDS
            )
            fields = dict(pairs)
            signature = fields.pop("sign", "")
            has_form = len(pairs) == len(fields) + 1 and fields.get("sign_type") == "RSA2"
            is_good = has_form and self._is_genuine(fields, signature)
        except ValueError as error:
            raise WebhookError("The webhook is not what Alipay sends.") from error
        if not is_good:
            raise WebhookError("The webhook was not signed by Alipay, or was changed.")
        return fields

    def _report(self, notice: _Notice) -> PaymentReport | RefundReport:
        if notice.refund_fee and notice.out_biz_no:
            return RefundReport(
                attempt_id=notice.out_trade_no,
                refund_id=notice.out_biz_no,
                merchant=self._named(notice),
                amount_minor=read_yuan(notice.refund_fee),
                currency=CURRENCY,
                is_done=True,
                payment_ref=notice.trade_no,
                is_sum=True,
            )
        return PaymentReport(
            attempt_id=notice.out_trade_no,
            state=_state_of(notice.trade_status, notice.gmt_payment),
            merchant=self._named(notice),
            ref=notice.trade_no,
            amount_minor=read_yuan(notice.total_amount),
            currency=CURRENCY,
        )

    def _named(self, notice: _Notice) -> str:
        is_own = notice.app_id == self._keys.app_id
        is_own = is_own and (not self._keys.seller_id or notice.seller_id == self._keys.seller_id)
        return self._merchant if is_own else f"{notice.app_id} {notice.seller_id}"


def _state_of(status: str, paid_at: str) -> ProviderState:
    state = _STATES.get(status, ProviderState.PROCESSING)
    # One that closed after the money came was given back whole: it was paid all the same.
    return ProviderState.PAID if state is ProviderState.CLOSED and paid_at else state
