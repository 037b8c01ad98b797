"""The adapter of WeChat Pay's SDK: what of it is private, and what it makes of answers."""

import pytest
from wechatpayv3.async_ import AsyncWeChatPay, WeChatPayType

from backend.shop.payments.provider import ProviderError
from backend.shop.payments.wechat_api import Nothing, NotThereError, RefusedError, WeChatApi
from backend.shop.payments.wechat_keys import API
from tests.support.wechat_gateway import WeChatGateway


async def answered(status: int, text: str | bytes) -> tuple[int, str | bytes]:
    return status, text


async def test_the_address_of_wechats_sdk_is_where_the_adapter_changes_it() -> None:
    keys = WeChatGateway().keys(api="http://127.0.0.1:1")
    sdk = AsyncWeChatPay(
        WeChatPayType.NATIVE,
        keys.merchant_id,
        keys.private_key,
        keys.certificate_serial,
        keys.app_id,
        keys.api_key,
        public_key=keys.public_key,
        public_key_id=keys.public_key_id,
    )
    assert (sdk._core._gate_way, sdk._core._client) == (API, None)
    api = WeChatApi(keys, "https://shop.example.com/x")
    assert api.sdk._core._gate_way == "http://127.0.0.1:1"
    with pytest.raises(ProviderError, match="does not answer"):
        await api.read(api.sdk.query(out_trade_no="a"), Nothing)
    await api.end()


@pytest.mark.parametrize(
    ("status", "text", "error"),
    [
        (404, '{"code":"ORDER_NOT_EXIST"}', NotThereError),
        (404, '{"code":"RESOURCE_NOT_EXISTS"}', NotThereError),
        (404, "<html>", RefusedError),
        (403, '{"code":"NO_AUTH"}', RefusedError),
        (429, '{"code":"FREQUENCY_LIMITED"}', ProviderError),
        (500, '{"code":"SYSTEM_ERROR"}', ProviderError),
        (502, "Bad Gateway", ProviderError),
        (200, "[1", ProviderError),
        (200, "[]", ProviderError),
    ],
)
async def test_an_answer_of_wechats_that_is_no_good_is_an_error_of_its_kind(
    status: int, text: str, error: type[Exception]
) -> None:
    api = WeChatApi(WeChatGateway().keys(), "https://shop.example.com/x")
    with pytest.raises(error):
        await api.read(answered(status, text), Nothing)
    assert await api.read(answered(204, b""), Nothing) == Nothing()
    await api.end()
