"""WeChat Pay alone: its two ways to begin, its keys, and what only it does."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import msgspec
import pytest

from backend.contract.payments import Device, ProviderFinding
from backend.shop.payments.provider import NotTakenError, PaymentRequest, ProviderError, ProviderState
from backend.shop.payments.wechat_keys import WeChatKeys
from backend.shop.payments.wechat_provider import PAGE_GOOD_FOR_MS, WeChat
from tests.backend.shop.payments.linked import PAYER
from tests.support.gateways import private_pem_of
from tests.support.wechat_gateway import WeChatGateway, platform_certificate, running_wechat_gateway

DESKTOP = PaymentRequest("a" * 32, 9_900, "CNY", 1_900_000_000_000, order_number="261201482015730")
NOW_MS = 1_700_000_000_000
PHONE = msgspec.structs.replace(DESKTOP, attempt_id="b" * 32, device=Device.PHONE)


@pytest.fixture
def gateway() -> Iterator[WeChatGateway]:
    """WeChat Pay's stand-in."""
    with running_wechat_gateway() as gateway:
        yield gateway


@asynccontextmanager
async def opened(keys: WeChatKeys, clock_ms: Callable[[], int] = lambda: NOW_MS) -> AsyncIterator[WeChat]:
    """A merchant's account, for as long as the block runs."""
    notify_url = "https://shop.example.com/api/v1/webhooks/wechat"
    provider = WeChat(keys, notify_url, clock_ms=clock_ms)
    yield provider
    await provider.end()


@pytest.fixture
async def provider(gateway: WeChatGateway) -> AsyncIterator[WeChat]:
    """The shop's account there."""
    async with opened(gateway.keys()) as provider:
        yield provider


async def test_wechat_on_a_computer_gives_a_code_that_stays_the_same(
    gateway: WeChatGateway, provider: WeChat
) -> None:
    begun = await provider.create(DESKTOP)
    assert (begun.state, begun.attempt_id, begun.ref) == (ProviderState.PENDING, "a" * 32, "")
    first, second = [await provider.links(DESKTOP, PAYER) for _ in range(2)]
    assert first.code.startswith("weixin://")
    assert first == second
    assert gateway.requests == ["POST /v3/pay/transactions/native"]
    async with opened(gateway.keys()) as restarted:
        assert await restarted.links(DESKTOP, PAYER) == first


async def test_wechat_on_a_phone_begins_with_the_page_and_leads_back_to_it(
    gateway: WeChatGateway, provider: WeChat
) -> None:
    assert (await provider.create(PHONE)).state is ProviderState.PENDING
    assert gateway.requests == []
    assert (await provider.ask(PHONE.attempt_id, "")).state is ProviderState.UNKNOWN
    links = await provider.links(PHONE, PAYER)
    assert links.page.startswith("https://wx.tenpay.com/")
    assert links.page.endswith("&redirect_url=https%3A%2F%2Fshop.example.com%2Fpay%2F1")
    assert (await provider.ask(PHONE.attempt_id, "")).state is ProviderState.PENDING


async def test_wechats_page_for_a_phone_is_begun_once_for_each_address_and_again_before_it_runs_out(
    gateway: WeChatGateway,
) -> None:
    now_ms = NOW_MS
    async with opened(gateway.keys(), lambda: now_ms) as provider:
        elsewhere = msgspec.structs.replace(PAYER, address="203.0.113.8")
        other_language = msgspec.structs.replace(PAYER, return_url=f"{PAYER.return_url}?lang=en")
        pages = [(await provider.links(PHONE, payer)).page for payer in (PAYER, PAYER, other_language)]
        assert pages[0] == pages[1] != pages[2]
        assert len(gateway.requests) == 1
        await provider.links(PHONE, elsewhere)
        assert len(gateway.requests) == 2
        now_ms += PAGE_GOOD_FOR_MS
        await provider.links(PHONE, PAYER)
        assert len(gateway.requests) == 3


async def test_a_payment_that_wechat_knows_from_before_a_kill_goes_on(
    gateway: WeChatGateway, provider: WeChat
) -> None:
    await provider.create(DESKTOP)
    assert (await provider.create(DESKTOP)).state is ProviderState.PENDING
    gateway.pay(DESKTOP.attempt_id)
    assert (await provider.create(DESKTOP)).state is ProviderState.PAID


async def test_a_payment_that_was_never_begun_at_wechat_is_closed(provider: WeChat) -> None:
    assert (await provider.close("c" * 32, "")).state is ProviderState.CLOSED


async def test_money_on_its_way_at_wechat_cannot_be_closed(gateway: WeChatGateway, provider: WeChat) -> None:
    await provider.create(DESKTOP)
    gateway.delay(DESKTOP.attempt_id)
    assert (await provider.close(DESKTOP.attempt_id, "")).state is ProviderState.PROCESSING
    gateway.decline(DESKTOP.attempt_id)
    assert (await provider.ask(DESKTOP.attempt_id, "")).state is ProviderState.FAILED


async def test_a_payment_begun_on_a_computer_is_not_begun_on_a_phone_too(provider: WeChat) -> None:
    await provider.create(DESKTOP)
    with pytest.raises(NotTakenError, match="another way"):
        await provider.links(msgspec.structs.replace(DESKTOP, device=Device.PHONE), PAYER)


async def test_a_refund_on_its_way_at_wechat_is_not_done_and_one_given_up_is_told(
    gateway: WeChatGateway, provider: WeChat
) -> None:
    await provider.create(DESKTOP)
    gateway.pay(DESKTOP.attempt_id)
    gateway.gives_back_at_once = False
    begun = await provider.refund("r1", DESKTOP.attempt_id, 900, "")
    assert (begun.is_done, begun.amount_minor, begun.refund_id) == (False, 900, "r1")
    assert await provider.find_refund("r1", "") == begun
    gateway.finish_refund("r1")
    found = await provider.find_refund("r1", "")
    assert found is not None
    assert found.is_done
    gateway.finish_refund("r1", "ABNORMAL")
    with pytest.raises(ProviderError, match="merchant platform"):
        await provider.find_refund("r1", "")


async def test_money_that_went_back_at_wechat_unheard_of_keeps_a_refund_from_being_made_again(
    gateway: WeChatGateway, provider: WeChat
) -> None:
    await provider.create(DESKTOP)
    gateway.pay(DESKTOP.attempt_id)
    assert await provider.refunds_of(DESKTOP.attempt_id, "", 0) == []
    await provider.refund("r1", DESKTOP.attempt_id, 900, "")
    assert await provider.refunds_of(DESKTOP.attempt_id, "", 900) == []
    with pytest.raises(ProviderError, match="has not heard of"):
        await provider.refunds_of(DESKTOP.attempt_id, "", 0)


async def test_a_wrong_merchant_key_is_told_without_showing_it(
    gateway: WeChatGateway, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keys = gateway.keys(private_key=private_pem_of("somebody"))
    async with opened(keys) as provider:
        with pytest.raises(ProviderError, match="SIGN_ERROR") as raised:
            await provider.ask("a" * 32, "")
    assert "PRIVATE KEY" not in f"{raised.value!r} {raised.value.__cause__!r} {caplog.text} {keys!r}"
    assert gateway.keys().api_key not in caplog.text


async def test_a_check_of_wechat_proves_both_keys_and_the_contract_and_leaves_nothing_open(
    gateway: WeChatGateway, provider: WeChat
) -> None:
    await provider.check()
    assert [one["trade_state"] for one in gateway.payments.values()] == ["CLOSED"]
    gateway.forbids = True
    assert await finding_of(provider) is ProviderFinding.NOT_ALLOWED
    gateway.forbids, gateway.signs_as = False, "somebody"
    assert await finding_of(provider) is ProviderFinding.NOT_GENUINE
    async with opened(gateway.keys(private_key=private_pem_of("somebody"))) as stranger:
        assert await finding_of(stranger) is ProviderFinding.KEYS_REFUSED
    async with opened(gateway.keys(api="http://127.0.0.1:9")) as far:
        assert await finding_of(far) is ProviderFinding.UNREACHABLE


async def finding_of(provider: WeChat) -> ProviderFinding:
    """What a check finds that does not go well."""
    with pytest.raises(ProviderError) as raised:
        await provider.check()
    return raised.value.finding


async def test_a_payment_that_a_shop_may_not_take_sends_the_buyer_another_way(
    gateway: WeChatGateway, provider: WeChat, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.forbids = True
    with pytest.raises(NotTakenError, match="another way"):
        await provider.create(DESKTOP)
    assert "NO_AUTH" in caplog.text


async def test_a_platform_certificate_serves_as_wechats_public_key(gateway: WeChatGateway) -> None:
    keys = gateway.keys(public_key=platform_certificate(), public_key_id="")
    assert keys.problem() == ""
    assert keys.signer == "5157F09EFDC096DE15EBE81A47057A72"
    gateway.signer = keys.signer
    async with opened(keys) as provider:
        assert (await provider.create(DESKTOP)).state is ProviderState.PENDING
