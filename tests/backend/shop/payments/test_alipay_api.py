"""The adapter of Alipay's SDK: what of it is private, and what it makes of answers."""

import json
from collections.abc import Iterator

import msgspec
import pytest
from alipay import AliPay

from backend.shop.payments.alipay_api import AlipayApi, NotThereError, RefusedError
from backend.shop.payments.alipay_keys import API
from backend.shop.payments.provider import ProviderError
from tests.support.alipay_gateway import AlipayGateway, running_alipay_gateway
from tests.support.gateways import Asked, Reply, private_pem_of, serving

NOW_MS = 1_700_000_000_000


class Any(msgspec.Struct):
    """An answer of which nothing is read."""


@pytest.fixture
def gateway() -> Iterator[AlipayGateway]:
    """Alipay's stand-in."""
    with running_alipay_gateway() as gateway:
        yield gateway


def test_what_the_adapter_takes_from_alipays_sdk_is_there() -> None:
    keys = AlipayGateway().keys()
    sdk = AliPay(
        appid=keys.app_id,
        app_private_key_string=keys.private_key,
        alipay_public_key_string=keys.public_key,
    )
    assert sdk._gateway == API
    told = sdk._verify_and_return_sync_response
    with pytest.raises(Exception, match="40002"):
        told('{"a_response": {"code": "40002"}}', "a_response")


async def test_a_request_to_alipay_carries_chinas_time_and_nothing_in_its_address() -> None:
    asked: list[Asked] = []

    def answer(one: Asked) -> Reply:
        asked.append(one)
        return Reply(200, "{}")

    with serving(answer) as url:
        api = AlipayApi(AlipayGateway().keys(api=url), "https://shop.example.com/x", lambda: NOW_MS)
        with pytest.raises(ProviderError):
            await api.read("alipay.trade.query", {"out_trade_no": "a"}, Any)
        await api.end()
    assert asked[0].path == "/?charset=utf-8"
    assert "timestamp=2023-11-15+06%3A13%3A20" in asked[0].body


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"alipay_trade_query_response": 1, "sign": "x"}', '{"sign": 1}', "<html>"],
)
async def test_an_answer_of_alipays_that_makes_no_sense_is_a_failure(text: str) -> None:
    with serving(lambda _asked: Reply(200, text)) as url:
        api = AlipayApi(AlipayGateway().keys(api=url), "https://shop.example.com/x", lambda: NOW_MS)
        with pytest.raises(ProviderError):
            await api.read("alipay.trade.query", {"out_trade_no": "a"}, Any)
        await api.end()


async def test_a_refusal_that_alipay_did_not_sign_is_not_taken_at_its_word() -> None:
    told = {"code": "40004", "sub_code": "ACQ.TRADE_NOT_EXIST"}
    with serving(lambda _asked: Reply(200, json.dumps({"alipay_trade_query_response": told}))) as url:
        api = AlipayApi(AlipayGateway().keys(api=url), "https://shop.example.com/x", lambda: NOW_MS)
        with pytest.raises(ProviderError, match="TRADE_NOT_EXIST"):
            await api.read("alipay.trade.query", {"out_trade_no": "a"}, Any)
        await api.end()


async def test_a_refusal_that_alipay_signed_is_an_error_of_its_kind(gateway: AlipayGateway) -> None:
    api = AlipayApi(gateway.keys(), "https://shop.example.com/x", lambda: NOW_MS)
    with pytest.raises(NotThereError):
        await api.read("alipay.trade.query", {"out_trade_no": "a"}, Any)
    with pytest.raises(RefusedError, match="invalid-method"):
        await api.read("alipay.nothing", {}, Any)
    gateway.is_down = True
    with pytest.raises(ProviderError, match="does not answer"):
        await api.read("alipay.trade.query", {"out_trade_no": "a"}, Any)
    await api.end()


async def test_a_wrong_app_key_is_told_without_showing_it(gateway: AlipayGateway) -> None:
    keys = gateway.keys(private_key=private_pem_of("somebody"))
    api = AlipayApi(keys, "https://shop.example.com/x", lambda: NOW_MS)
    with pytest.raises(ProviderError, match="invalid-signature") as raised:
        await api.read("alipay.trade.query", {"out_trade_no": "a"}, Any)
    await api.end()
    assert "PRIVATE" not in f"{raised.value!r}"
