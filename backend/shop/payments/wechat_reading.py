"""What WeChat Pay says, asked or by a webhook, as reports on payments of a shop."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from backend.shop.payments.provider import (
    PaymentReport,
    ProviderState,
    RefundReport,
    WebhookError,
    WebhookEvent,
)
from backend.shop.payments.wechat_keys import WeChatKeys

CURRENCY: Final = "CNY"
MAX_AGE_MS: Final = 5 * 60_000
_STATES: Final = {
    "SUCCESS": ProviderState.PAID,
    "REFUND": ProviderState.PAID,  # it came before a part of it went back
    "NOTPAY": ProviderState.PENDING,
    "USERPAYING": ProviderState.PROCESSING,
    "PAYERROR": ProviderState.FAILED,
    "CLOSED": ProviderState.CLOSED,
    "REVOKED": ProviderState.CLOSED,
}

# A refund that WeChat Pay gave up: asking again changes nothing.
GIVEN_UP: Final = frozenset({"CLOSED", "ABNORMAL"})

OpenNotice = Callable[[Mapping[str, str], str], Any]
"""Checks the signature of headers and body, and opens what is encrypted: the SDK's `callback`."""


class Amount(msgspec.Struct, frozen=True):
    """What a payment costs in all."""

    total: int
    currency: str = CURRENCY


class Transaction(msgspec.Struct, frozen=True):
    """What is read of a payment."""

    out_trade_no: str
    trade_state: str
    mchid: str
    appid: str
    transaction_id: str = ""
    amount: Amount | None = None


class RefundAmount(msgspec.Struct, frozen=True):
    """What goes back; webhooks name no currency, as there is one only."""

    refund: int
    currency: str = CURRENCY


class Refund(msgspec.Struct, frozen=True):
    """What is read of a refund that was asked for, or about."""

    out_trade_no: str
    out_refund_no: str
    status: str
    amount: RefundAmount


class _RefundNotice(msgspec.Struct, frozen=True):
    mchid: str
    out_trade_no: str
    out_refund_no: str
    refund_status: str
    amount: RefundAmount
    transaction_id: str = ""


class _Notice(msgspec.Struct, frozen=True):
    id: str
    create_time: datetime
    event_type: str
    resource: dict[str, Any]


class WeChatReading:
    """Reads what WeChat Pay says.

    Args:
        open_notice: of the SDK.
    """

    def __init__(self, keys: WeChatKeys, open_notice: OpenNotice) -> None:
        self._keys = keys
        self._signer = keys.signer
        self._open = open_notice

    def event(self, headers: Mapping[str, str], body: bytes, now_ms: int) -> WebhookEvent | None:
        """Read a webhook; see `Provider.verify`."""
        self._check(headers, now_ms)
        try:
            # What it raises where a header or the body is nonsense differs with the nonsense.
            opened = self._open(headers, body.decode())
        except Exception as error:
            raise WebhookError("The webhook is not what WeChat Pay sends.") from error
        if opened is None:
            raise WebhookError(
                "The webhook was not signed by WeChat Pay, or not for the shop's APIv3 key, or was changed."
            )
        try:
            notice = msgspec.convert(opened, _Notice)
            report = self._report(notice)
        except msgspec.ValidationError as error:
            raise WebhookError("The webhook is not what WeChat Pay sends.") from error
        return WebhookEvent(notice.id, int(notice.create_time.timestamp() * 1000), report) if report else None

    def payment(self, transaction: Transaction) -> PaymentReport:
        """Return what a payment says of the attempt whose id it has."""
        amount = transaction.amount or Amount(0)
        return PaymentReport(
            attempt_id=transaction.out_trade_no,
            state=_STATES.get(transaction.trade_state, ProviderState.PROCESSING),
            merchant=self._named(transaction.mchid, transaction.appid),
            ref=transaction.transaction_id,
            amount_minor=amount.total,
            currency=amount.currency,
        )

    def refund(self, refund: Refund) -> RefundReport:
        """Return what a refund of the shop's says."""
        return RefundReport(
            attempt_id=refund.out_trade_no,
            refund_id=refund.out_refund_no,
            merchant=self._keys.merchant_id,
            amount_minor=refund.amount.refund,
            currency=refund.amount.currency,
            is_done=refund.status == "SUCCESS",
            has_failed=refund.status in GIVEN_UP,
        )

    def _check(self, headers: Mapping[str, str], now_ms: int) -> None:
        """Refuse what is too old, which the SDK takes, and keys for which it would go and fetch others."""
        if headers.get("wechatpay-serial", "") != self._signer:
            raise WebhookError("The webhook was signed with another key than the shop has of WeChat Pay.")
        sent_s = headers.get("wechatpay-timestamp", "")
        if not (sent_s.isascii() and sent_s.isdigit() and abs(now_ms - int(sent_s[:15]) * 1000) < MAX_AGE_MS):
            raise WebhookError("The webhook is older than 5 minutes, or a clock is wrong.")

    def _report(self, notice: _Notice) -> PaymentReport | RefundReport | None:
        if notice.event_type.startswith("TRANSACTION."):
            return self.payment(msgspec.convert(notice.resource, Transaction))
        if not notice.event_type.startswith("REFUND."):
            return None
        refund = msgspec.convert(notice.resource, _RefundNotice)
        return RefundReport(
            attempt_id=refund.out_trade_no,
            refund_id=refund.out_refund_no,
            merchant=self._named(refund.mchid, self._keys.app_id),
            amount_minor=refund.amount.refund,
            currency=refund.amount.currency,
            is_done=refund.refund_status == "SUCCESS",
            has_failed=refund.refund_status in GIVEN_UP,
            payment_ref=refund.transaction_id,
        )

    def _named(self, merchant_id: str, app_id: str) -> str:
        is_own = merchant_id == self._keys.merchant_id and app_id == self._keys.app_id
        return merchant_id if is_own else f"{merchant_id} {app_id}"
