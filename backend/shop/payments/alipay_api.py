"""Alipay's gateway by the SDK's signatures, at the address that the keys name."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

import httpx
import msgspec

from backend.contract.payments import ProviderFinding
from backend.shop.payments.alipay_keys import AlipayKeys
from backend.shop.payments.china_time import china_time
from backend.shop.payments.provider import ProviderError
from backend.shop.payments.rsa_keys import private_pem, public_pem

if TYPE_CHECKING:
    from alipay import AliPay

TIMEOUT_S: Final = 10.0
TIME_FORM: Final = "%Y-%m-%d %H:%M:%S"
_DONE: Final = "10000"
_NOT_THERE: Final = frozenset({"ACQ.TRADE_NOT_EXIST"})
_MAY_WORK_LATER: Final = frozenset({"20000"})
_SYSTEM: Final = frozenset({"ACQ.SYSTEM_ERROR", "aop.ACQ.SYSTEM_ERROR"})

Read = TypeVar("Read")


class NotThereError(Exception):
    """Alipay knows no such trade, or not yet."""


class RefusedError(Exception):
    """Alipay does not do what was asked; the message is its code."""


class AlipayApi:
    """An app's line to Alipay.

    Args:
        notify_url: where webhooks are to go.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, keys: AlipayKeys, notify_url: str, clock_ms: Callable[[], int]) -> None:
        self._api = keys.api
        self._clock_ms = clock_ms
        self._http = httpx.AsyncClient(timeout=TIMEOUT_S)
        self._sdk = _open_sdk(keys, notify_url)

    async def read(self, method: str, fields: Mapping[str, str], kind: type[Read]) -> Read:
        """Return what Alipay answers.

        Raises:
            NotThereError: there is no such trade.
            RefusedError: it does not do that.
            ProviderError: it cannot be reached, fails, or the answer is not its own.
        """
        signed = await asyncio.to_thread(self._signed, method, fields, {})
        try:
            # All in the body: an address may be written down on its way.
            response = await self._http.post(
                self._api,
                params={"charset": "utf-8"},
                content=signed,
                headers={"Content-Type": "application/x-www-form-urlencoded;charset=utf-8"},
            )
            response.raise_for_status()
        except httpx.HTTPError as error:
            raise ProviderError(
                f"Alipay does not answer: {type(error).__name__}", ProviderFinding.UNREACHABLE
            ) from error
        answer = await asyncio.to_thread(self._verified, response.text, method)
        _check_code(answer)
        try:
            return msgspec.convert(answer, kind)
        except msgspec.ValidationError as error:
            raise ProviderError("Alipay answers what it does not document.") from error

    async def page(self, method: str, fields: Mapping[str, str], return_url: str) -> str:
        """Return the address of a page of Alipay's on which one pays; Alipay is not asked for it."""
        signed = await asyncio.to_thread(self._signed, method, fields, {"return_url": return_url})
        return f"{self._api}?{signed}"

    def is_genuine(self, fields: Mapping[str, str], signature: str) -> bool:
        """Whether Alipay signed the fields of a webhook; those without `sign`."""
        return bool(self._sdk.verify(dict(fields), signature))

    async def end(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def _signed(self, method: str, fields: Mapping[str, str], more: Mapping[str, str]) -> str:
        # The SDK would write the server's own time, which Alipay takes for China's.
        now = china_time(self._clock_ms()).strftime(TIME_FORM)
        return str(self._sdk.client_api(method, dict(fields), timestamp=now, **more))

    def _verified(self, text: str, method: str) -> dict[str, Any]:
        """Return an answer that Alipay signed."""
        from alipay.exceptions import AliPayException, AliPayValidationError

        try:
            # Private in 3.4.0, which would send by itself, and hold up all else; a test fails where it moves.
            answer: dict[str, Any] = self._sdk._verify_and_return_sync_response(  # noqa: SLF001
                text, f"{method.replace('.', '_')}_response"
            )
        except AliPayException as error:
            # Not signed: good for words alone.
            raise ProviderError(f"Alipay refuses: {_code_in(text)}", ProviderFinding.KEYS_REFUSED) from error
        except AliPayValidationError as error:
            raise ProviderError(
                "Alipay's answer is not signed with the public key that the shop has of it.",
                ProviderFinding.NOT_GENUINE,
            ) from error
        except (ValueError, AttributeError, TypeError) as error:
            raise ProviderError("Alipay's answer cannot be read.") from error
        return answer


def _open_sdk(keys: AlipayKeys, notify_url: str) -> "AliPay":
    # Only shops that use it wait for it. It configures logging once more, which opens log files again.
    from alipay import AliPay

    return AliPay(
        appid=keys.app_id,
        app_notify_url=notify_url,
        app_private_key_string=private_pem(keys.private_key),
        alipay_public_key_string=public_pem(keys.public_key),
        sign_type="RSA2",
    )


def _check_code(answer: Mapping[str, Any]) -> None:
    code, sub_code = str(answer.get("code", "")), str(answer.get("sub_code", ""))
    if code == _DONE:
        return
    if code in _MAY_WORK_LATER or sub_code in _SYSTEM:
        raise ProviderError(f"Alipay fails: {sub_code or code}")
    raise NotThereError(sub_code) if sub_code in _NOT_THERE else RefusedError(sub_code or code)


class _Refusal(msgspec.Struct, frozen=True):
    code: str = ""
    sub_code: str = ""


def _code_in(text: str) -> str:
    try:
        answers = msgspec.json.decode(text, type=dict[str, Any])
        answer = next(one for one in answers.values() if isinstance(one, dict))
        refusal = msgspec.convert(answer, _Refusal)
    except (msgspec.DecodeError, StopIteration):
        return "in words that cannot be read"
    return refusal.sub_code or refusal.code
