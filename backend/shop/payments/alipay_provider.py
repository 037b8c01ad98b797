"""Alipay: a code to scan or its page on a computer, its app from a phone's browser."""

import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Final

import msgspec

from backend.contract.payments import Device, ProviderFinding
from backend.shop.payments.alipay_amounts import read_yuan, yuan_text
from backend.shop.payments.alipay_api import TIME_FORM, AlipayApi, NotThereError, RefusedError
from backend.shop.payments.alipay_keys import AlipayKeys
from backend.shop.payments.alipay_reading import CURRENCY, AlipayReading, Trade
from backend.shop.payments.china_time import china_time
from backend.shop.payments.link_cache import LinkCache
from backend.shop.payments.pay_links import Payer, PayLinks
from backend.shop.payments.provider import (
    NotTakenError,
    PaymentReport,
    PaymentRequest,
    ProviderError,
    ProviderState,
    RefundReport,
    WebhookEvent,
)
from backend.shop.payments.provider_names import ALIPAY

log = logging.getLogger("livestall.payments")

CODE_GOOD_FOR_MS: Final = 2 * 3_600_000
# So long Alipay is not asked again for a code that it gave none of.
REFUSED_FOR_MS: Final = 60_000


class Alipay:
    """A shop's app at Alipay, which hears of a trade only when the buyer scans or signs in.

    Args:
        notify_url: where webhooks are to go.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, keys: AlipayKeys, notify_url: str, *, clock_ms: Callable[[], int]) -> None:
        self.name = ALIPAY
        self.merchant = keys.seller_id or keys.app_id
        self._keys = keys
        self._api = AlipayApi(keys, notify_url, clock_ms)
        self._reading = AlipayReading(keys, self.merchant, self._api.is_genuine)
        self._links = LinkCache(clock_ms)

    @property
    def is_test(self) -> bool:
        """Whether no real money moves."""
        return not self._keys.is_live

    async def create(self, request: PaymentRequest) -> PaymentReport:
        """See `Provider.create`. Nothing is begun at Alipay: its codes and pages begin it."""
        if request.currency != CURRENCY:
            raise NotTakenError("Alipay takes yuan (CNY) only. Choose another way to pay.")
        return self._unknown(request.attempt_id, ProviderState.PENDING)

    async def links(self, request: PaymentRequest, payer: Payer) -> PayLinks:
        """See `LinkProvider.links`."""
        fields = _common(request)
        if request.device is Device.PHONE:
            fields |= {"product_code": "QUICK_WAP_WAY", "quit_url": payer.return_url}
            return PayLinks(page=await self._api.page("alipay.trade.wap.pay", fields, payer.return_url))
        page = await self._api.page(
            "alipay.trade.page.pay", fields | {"product_code": "FAST_INSTANT_TRADE_PAY"}, payer.return_url
        )
        return PayLinks(code=await self._code(request), page=page)

    async def ask(self, attempt_id: str, _ref: str, /) -> PaymentReport:
        """See `Provider.ask`."""
        try:
            trade = await self._api.read("alipay.trade.query", {"out_trade_no": attempt_id}, Trade)
        except NotThereError:
            return self._unknown(attempt_id, ProviderState.UNKNOWN)
        except RefusedError as error:
            raise ProviderError(f"Alipay refuses: {error}", _finding_of(error)) from error
        return self._reading.payment(trade)

    async def close(self, attempt_id: str, ref: str, /) -> PaymentReport:
        """See `Provider.close`. A code that nobody scanned cannot be closed: it runs out by itself."""
        with contextlib.suppress(NotThereError, RefusedError):  # it is paid, or closed: asked next
            await self._api.read("alipay.trade.close", {"out_trade_no": attempt_id}, _Closed)
        return await self.ask(attempt_id, ref)

    async def refund(self, refund_id: str, attempt_id: str, amount_minor: int, _ref: str, /) -> RefundReport:
        """See `Provider.refund`."""
        fields = {
            "out_trade_no": attempt_id,
            "out_request_no": refund_id,
            "refund_amount": yuan_text(amount_minor),
        }
        try:
            # Its amount is the sum of all refunds of the trade.
            await self._api.read("alipay.trade.refund", fields, _Closed)
        except (NotThereError, RefusedError) as error:
            raise ProviderError(f"Alipay does not refund: {error}") from error
        return self._given(refund_id, attempt_id, amount_minor)

    async def find_refund(self, refund_id: str, ref: str, /) -> RefundReport | None:
        """See `Provider.find_refund`."""
        fields = {"trade_no": ref, "out_request_no": refund_id}
        try:
            found = await self._api.read("alipay.trade.fastpay.refund.query", fields, _Found)
        except (NotThereError, RefusedError):
            return None
        if found.refund_status != "REFUND_SUCCESS":
            return None  # Alipay says nothing of one that it never had, or that failed
        try:
            return self._given(refund_id, found.out_trade_no, read_yuan(found.refund_amount))
        except ValueError as error:
            raise ProviderError("Alipay answers what it does not document.") from error

    async def refunds_of(self, attempt_id: str, _ref: str, _known_minor: int, /) -> list[RefundReport]:
        """See `RefundListing.refunds_of`. Alipay says only when all of the money went back."""
        try:
            trade = await self._api.read("alipay.trade.query", {"out_trade_no": attempt_id}, Trade)
        except (NotThereError, RefusedError) as error:
            raise ProviderError(f"Alipay refuses: {error}") from error
        return self._reading.given_back(trade)

    async def check(self) -> None:
        """See `Provider.check`: asks about a trade that is none, which Alipay answers and signs."""
        await self.ask("livestall-check", "")

    def verify(self, headers: Mapping[str, str], body: bytes, now_ms: int) -> WebhookEvent | None:
        """See `Provider.verify`; nothing in the headers is signed."""
        del headers
        return self._reading.event(body, now_ms)

    async def end(self) -> None:
        """Close the connections."""
        await self._api.end()

    async def _code(self, request: PaymentRequest) -> str:
        """Return what Alipay's app scans; empty where the shop has no contract for it: its page is enough."""
        known = self._links.find(request.attempt_id)
        if known is not None:
            return known
        try:
            code = (await self._api.read("alipay.trade.precreate", _common(request), _Code)).qr_code
        except (NotThereError, RefusedError, ProviderError) as error:
            log.warning("Alipay gives no code to scan: %s", error)
            return self._links.save(request.attempt_id, "", REFUSED_FOR_MS)
        return self._links.save(request.attempt_id, code, CODE_GOOD_FOR_MS)

    def _given(self, refund_id: str, attempt_id: str, amount_minor: int) -> RefundReport:
        return RefundReport(
            attempt_id=attempt_id,
            refund_id=refund_id,
            merchant=self.merchant,
            amount_minor=amount_minor,
            currency=CURRENCY,
            is_done=True,
        )

    def _unknown(self, attempt_id: str, state: ProviderState) -> PaymentReport:
        return PaymentReport(attempt_id, state, self.merchant, "", 0, CURRENCY)


class _Closed(msgspec.Struct, frozen=True):
    """Of what is only done, nothing is read."""


class _Code(msgspec.Struct, frozen=True):
    qr_code: str


class _Found(msgspec.Struct, frozen=True):
    out_trade_no: str = ""
    refund_amount: str = ""
    refund_status: str = ""


def _finding_of(error: RefusedError) -> ProviderFinding:
    is_forbidden = "permission" in str(error)
    return ProviderFinding.NOT_ALLOWED if is_forbidden else ProviderFinding.FAILS


def _common(request: PaymentRequest) -> dict[str, str]:
    return {
        "out_trade_no": request.attempt_id,
        "total_amount": yuan_text(request.amount_minor),
        "subject": f"订单 {request.order_number}".strip(),
        "time_expire": china_time(request.expires_at_ms).strftime(TIME_FORM),
    }
