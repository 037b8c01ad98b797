"""WeChat Pay's API by its SDK, at the address that the keys name, and its answers as values or errors."""

from collections.abc import Awaitable
from typing import Final, TypeVar

import httpx
import msgspec
from wechatpayv3.async_ import AsyncWeChatPay, WeChatPayType

from backend.contract.payments import ProviderFinding
from backend.shop.payments.provider import ProviderError
from backend.shop.payments.rsa_keys import private_pem, public_pem
from backend.shop.payments.wechat_keys import WeChatKeys

TIMEOUT_S: Final = 10.0
_TOO_MANY: Final = 429
_NOT_THERE: Final = frozenset({"ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS"})

Read = TypeVar("Read")


class Nothing(msgspec.Struct, frozen=True):
    """An answer without a body."""


class NotThereError(Exception):
    """WeChat Pay knows no such payment or refund."""


class RefusedError(Exception):
    """WeChat Pay does not do what was asked; the message is its code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class WeChatApi:
    """A merchant's line to WeChat Pay.

    Args:
        notify_url: where webhooks are to go.

    Attributes:
        sdk: builds, signs and sends requests; `read` is for what it returns.
    """

    def __init__(self, keys: WeChatKeys, notify_url: str) -> None:
        self._http = httpx.AsyncClient(timeout=TIMEOUT_S)
        self.sdk = AsyncWeChatPay(
            WeChatPayType.NATIVE,
            mchid=keys.merchant_id,
            private_key=private_pem(keys.private_key),
            cert_serial_no=keys.certificate_serial,
            appid=keys.app_id,
            apiv3_key=keys.api_key,
            notify_url=notify_url,
            public_key=public_pem(keys.public_key),
            public_key_id=keys.signer,
        )
        # 2.0.4 has its address fixed, and its client only within a block; a test fails where these move.
        core = self.sdk._core  # noqa: SLF001
        core._gate_way = keys.api  # noqa: SLF001
        core._client = self._http  # noqa: SLF001

    async def read(self, asking: Awaitable[tuple[int, str | bytes]], kind: type[Read]) -> Read:
        """Return what WeChat Pay answers.

        Raises:
            NotThereError: there is nothing of that name.
            RefusedError: it does not do that.
            ProviderError: it cannot be reached, fails, or the answer is not its own.
        """
        try:
            status, text = await asking
        except httpx.HTTPError as error:
            raise ProviderError(
                f"WeChat Pay does not answer: {type(error).__name__}", ProviderFinding.UNREACHABLE
            ) from error
        except Exception as error:
            # The SDK has no type of its own for an answer whose signature is not WeChat Pay's.
            is_forged = "verify the signature" in str(error)
            fault = "is not signed with the key that the shop has of it" if is_forged else "cannot be read"
            finding = ProviderFinding.NOT_GENUINE if is_forged else ProviderFinding.FAILS
            raise ProviderError(f"WeChat Pay's answer {fault}.", finding) from error
        if status >= httpx.codes.BAD_REQUEST:
            raise _refusal(status, text)
        try:
            return msgspec.json.decode(text or b"{}", type=kind)
        except msgspec.DecodeError as error:
            raise ProviderError("WeChat Pay answers what it does not document.") from error

    async def end(self) -> None:
        """Close the connections."""
        await self._http.aclose()


class _Refusal(msgspec.Struct, frozen=True):
    code: str = ""


def _refusal(status: int, text: str | bytes) -> Exception:
    try:
        code = msgspec.json.decode(text, type=_Refusal).code
    except msgspec.DecodeError:
        code = ""
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status == _TOO_MANY:
        return ProviderError(f"WeChat Pay fails: {code or status}")
    return NotThereError(code) if code in _NOT_THERE else RefusedError(status, code or str(status))
