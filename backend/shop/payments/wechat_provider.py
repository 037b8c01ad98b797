"""WeChat Pay v3: a code to scan on a computer (Native), the app from a phone's browser (H5)."""

import contextlib
import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

import msgspec
from wechatpayv3.async_ import WeChatPayType

from backend.contract.payments import Device, ProviderFinding
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
from backend.shop.payments.provider_names import WECHAT
from backend.shop.payments.wechat_api import Nothing, NotThereError, RefusedError, WeChatApi
from backend.shop.payments.wechat_keys import WeChatKeys
from backend.shop.payments.wechat_reading import CURRENCY, GIVEN_UP, Refund, Transaction, WeChatReading

log = logging.getLogger("livestall.payments")

# A code is good for two hours; an order is not payable for so long.
CODE_GOOD_FOR_MS: Final = 2 * 3_600_000
# A page is good for five minutes, of which the buyer who looks at it has three at least.
PAGE_GOOD_FOR_MS: Final = 2 * 60_000
_FINDINGS: Final = {401: ProviderFinding.KEYS_REFUSED, 403: ProviderFinding.NOT_ALLOWED}


class WeChat:
    """A merchant's account at WeChat Pay.

    JSAPI, inside WeChat, would need the buyer's openid, which only an official account of the shop's gives:
    the cashier leads to the browser there.

    Args:
        notify_url: where webhooks are to go.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, keys: WeChatKeys, notify_url: str, *, clock_ms: Callable[[], int]) -> None:
        self.name = WECHAT
        self.merchant = keys.merchant_id
        self._keys = keys
        self._api = WeChatApi(keys, notify_url)
        self._reading = WeChatReading(keys, self._api.sdk.callback)
        self._links = LinkCache(clock_ms)

    @property
    def is_test(self) -> bool:
        """Whether no real money moves."""
        return not self._keys.is_live

    async def create(self, request: PaymentRequest) -> PaymentReport:
        """See `Provider.create`. On a phone it begins with the cashier's page, which knows the address."""
        if request.currency != CURRENCY:
            raise NotTakenError("WeChat Pay takes yuan (CNY) only. Choose another way to pay.")
        if request.device is Device.DESKTOP:
            try:
                await self._code(request)
            except RefusedError as error:
                # It was begun before this backend was killed, and went on since.
                asked = await self.ask(request.attempt_id, "")
                if asked.state is ProviderState.UNKNOWN:
                    raise _not_taken(error) from error
                return asked
        return self._unknown(request.attempt_id, ProviderState.PENDING)

    async def links(self, request: PaymentRequest, payer: Payer) -> PayLinks:
        """See `LinkProvider.links`."""
        try:
            if request.device is Device.PHONE:
                return PayLinks(page=await self._page(request, payer))
            return PayLinks(code=self._links.find(request.attempt_id) or await self._code(request))
        except RefusedError as error:
            raise _not_taken(error) from error

    async def ask(self, attempt_id: str, _ref: str, /) -> PaymentReport:
        """See `Provider.ask`."""
        try:
            found = await self._api.read(self._api.sdk.query(out_trade_no=attempt_id), Transaction)
        except NotThereError:
            return self._unknown(attempt_id, ProviderState.UNKNOWN)
        except RefusedError as error:
            raise _refused(error) from error
        return self._reading.payment(found)

    async def close(self, attempt_id: str, ref: str, /) -> PaymentReport:
        """See `Provider.close`."""
        with contextlib.suppress(NotThereError, RefusedError):  # it is paid, or closed: asked next
            await self._api.read(self._api.sdk.close(attempt_id), Nothing)
        report = await self.ask(attempt_id, ref)
        if report.state is ProviderState.UNKNOWN:
            # Nothing was begun that could be scanned, and the cashier begins nothing of what is closed.
            return msgspec.structs.replace(report, state=ProviderState.CLOSED)
        return report

    async def refund(self, refund_id: str, attempt_id: str, amount_minor: int, ref: str, /) -> RefundReport:
        """See `Provider.refund`."""
        paid = await self.ask(attempt_id, ref)
        amount = {"refund": amount_minor, "total": paid.amount_minor, "currency": CURRENCY}
        asking = self._api.sdk.refund(refund_id, amount, out_trade_no=attempt_id)
        try:
            return self._given(await self._api.read(asking, Refund))
        except (NotThereError, RefusedError) as error:
            raise ProviderError(f"WeChat Pay does not refund: {error}") from error

    async def find_refund(self, refund_id: str, _ref: str, /) -> RefundReport | None:
        """See `Provider.find_refund`."""
        try:
            return self._given(await self._api.read(self._api.sdk.query_refund(refund_id), Refund))
        except NotThereError:
            return None
        except RefusedError as error:
            raise _refused(error) from error

    async def refunds_of(self, attempt_id: str, _ref: str, known_minor: int, /) -> list[RefundReport]:
        """See `RefundListing.refunds_of`. WeChat Pay says that money went back, and not how much."""
        try:
            found = await self._api.read(self._api.sdk.query(out_trade_no=attempt_id), Transaction)
        except (NotThereError, RefusedError) as error:
            raise _refused(error) from error
        if found.trade_state == "REFUND" and not known_minor:
            raise ProviderError(
                "Money of this payment went back at WeChat Pay that the shop has not heard of: look in the "
                "merchant platform, under 交易中心 › 退款."
            )
        return []

    async def check(self) -> None:
        """See `Provider.check`: begins a payment that is shown to nobody, and closes it.

        Of all that is harmless, WeChat Pay signs the answer to this alone. The APIv3 key is proven by
        webhooks only.
        """
        name = f"check-{secrets.token_hex(8)}"
        amount = {"total": 1, "currency": CURRENCY}
        try:
            await self._api.read(self._api.sdk.pay("check", name, amount), _Native)
            await self._api.read(self._api.sdk.close(name), Nothing)
        except (NotThereError, RefusedError) as error:
            raise _refused(error) from error

    def verify(self, headers: Mapping[str, str], body: bytes, now_ms: int) -> WebhookEvent | None:
        """See `Provider.verify`."""
        return self._reading.event(headers, body, now_ms)

    async def end(self) -> None:
        """Close the connections."""
        await self._api.end()

    async def _code(self, request: PaymentRequest) -> str:
        """Begin a payment whose code is scanned; with the same words again it is the same payment."""
        asking = self._api.sdk.pay(**_common(request), pay_type=WeChatPayType.NATIVE)
        code = (await self._api.read(asking, _Native)).code_url
        return self._links.save(request.attempt_id, code, CODE_GOOD_FOR_MS)

    async def _page(self, request: PaymentRequest, payer: Payer) -> str:
        # WeChat Pay opens a page for the address alone that it was begun from.
        key = (request.attempt_id, payer.address)
        page = self._links.find(key) or self._links.save(
            key, await self._begin_page(request, payer), PAGE_GOOD_FOR_MS
        )
        return f"{page}&redirect_url={quote(payer.return_url, safe='')}"

    async def _begin_page(self, request: PaymentRequest, payer: Payer) -> str:
        scene = {"payer_client_ip": payer.address, "h5_info": {"type": "Wap"}}
        asking = self._api.sdk.pay(**_common(request), scene_info=scene, pay_type=WeChatPayType.H5)
        return (await self._api.read(asking, _H5)).h5_url

    def _unknown(self, attempt_id: str, state: ProviderState) -> PaymentReport:
        return PaymentReport(attempt_id, state, self.merchant, "", 0, CURRENCY)

    def _given(self, refund: Refund) -> RefundReport:
        if refund.status in GIVEN_UP:
            raise ProviderError(
                f"WeChat Pay gave up refund {refund.out_refund_no} ({refund.status}): finish it in the "
                "merchant platform, under 交易中心 › 退款."
            )
        return self._reading.refund(refund)


class _Native(msgspec.Struct, frozen=True):
    code_url: str


class _H5(msgspec.Struct, frozen=True):
    h5_url: str


def _common(request: PaymentRequest) -> dict[str, object]:
    return {
        "description": f"订单 {request.order_number}".strip(),
        "out_trade_no": request.attempt_id,
        "amount": {"total": request.amount_minor, "currency": request.currency},
        "time_expire": china_time(request.expires_at_ms).isoformat(),
    }


def _refused(error: RefusedError | NotThereError) -> ProviderError:
    status = error.status if isinstance(error, RefusedError) else 404
    return ProviderError(f"WeChat Pay refuses: {error}", _FINDINGS.get(status, ProviderFinding.FAILS))


def _not_taken(error: RefusedError) -> NotTakenError:
    # A shop that lacks the right product at WeChat Pay finds the code in the log.
    log.error("WeChat Pay refuses a payment: %s (%d)", error.code, error.status)
    return NotTakenError("WeChat Pay does not take this payment. Choose another way to pay.")
