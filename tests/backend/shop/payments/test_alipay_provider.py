"""Alipay alone: its codes and pages, and what only it does."""

from collections.abc import AsyncIterator, Iterator

import msgspec
import pytest

from backend.contract.payments import Device, ProviderFinding
from backend.shop.payments.alipay_provider import Alipay
from backend.shop.payments.provider import PaymentRequest, ProviderError, ProviderState
from tests.backend.shop.payments.linked import PAYER
from tests.support.alipay_gateway import AlipayGateway, running_alipay_gateway
from tests.support.gateways import private_pem_of

NOW_MS = 1_700_000_000_000
DESKTOP = PaymentRequest("a" * 32, 9_900, "CNY", NOW_MS + 900_000, order_number="261201482015730")
PHONE = msgspec.structs.replace(DESKTOP, attempt_id="b" * 32, device=Device.PHONE)


@pytest.fixture
def gateway() -> Iterator[AlipayGateway]:
    """Alipay's stand-in."""
    with running_alipay_gateway() as gateway:
        yield gateway


@pytest.fixture
async def provider(gateway: AlipayGateway) -> AsyncIterator[Alipay]:
    """The shop's app there."""
    notify_url = "https://shop.example.com/pay/webhooks/alipay"
    provider = Alipay(gateway.keys(), notify_url, clock_ms=lambda: NOW_MS)
    yield provider
    await provider.end()


async def test_alipay_on_a_computer_gives_a_code_and_a_page_for_the_same_trade(
    gateway: AlipayGateway, provider: Alipay
) -> None:
    assert (await provider.create(DESKTOP)).state is ProviderState.PENDING
    assert gateway.requests == []
    links, again = [await provider.links(DESKTOP, PAYER) for _ in range(2)]
    assert links.code.startswith("https://qr.alipay.com/")
    assert again.code == links.code
    assert gateway.requests == ["alipay.trade.precreate"]
    page = gateway.open_page(links.page)
    assert page["method"] == "alipay.trade.page.pay"
    assert page["return_url"] == PAYER.return_url
    assert page["notify_url"] == "https://shop.example.com/pay/webhooks/alipay"
    assert page["biz_content"] == {
        "out_trade_no": "a" * 32,
        "total_amount": "99.00",
        "subject": "订单 261201482015730",
        "time_expire": "2023-11-15 06:28:20",
        "product_code": "FAST_INSTANT_TRADE_PAY",
    }


async def test_alipay_on_a_phone_gives_a_page_that_opens_the_app(
    gateway: AlipayGateway, provider: Alipay
) -> None:
    links = await provider.links(PHONE, PAYER)
    assert links.code == ""
    page = gateway.open_page(links.page)
    assert page["method"] == "alipay.trade.wap.pay"
    assert page["biz_content"]["quit_url"] == PAYER.return_url
    assert gateway.requests == []


async def test_a_shop_without_a_contract_for_codes_has_alipays_page(
    gateway: AlipayGateway, provider: Alipay, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.has_codes = False
    links = await provider.links(DESKTOP, PAYER)
    assert links.code == ""
    assert gateway.open_page(links.page)["method"] == "alipay.trade.page.pay"
    assert "insufficient-isv-permissions" in caplog.text
    await provider.links(DESKTOP, PAYER)
    assert gateway.requests == ["alipay.trade.precreate"]


async def test_a_trade_that_nobody_scanned_is_unknown_and_not_closed(
    gateway: AlipayGateway, provider: Alipay
) -> None:
    await provider.links(DESKTOP, PAYER)
    assert (await provider.ask(DESKTOP.attempt_id, "")).state is ProviderState.UNKNOWN
    assert (await provider.close(DESKTOP.attempt_id, "")).state is ProviderState.UNKNOWN
    gateway.scan(DESKTOP.attempt_id)
    assert (await provider.ask(DESKTOP.attempt_id, "")).state is ProviderState.PENDING
    assert (await provider.close(DESKTOP.attempt_id, "")).state is ProviderState.CLOSED
    gateway.pay(DESKTOP.attempt_id)
    assert (await provider.ask(DESKTOP.attempt_id, "")).state is ProviderState.CLOSED


async def test_a_trade_that_was_given_back_whole_was_paid_all_the_same(
    gateway: AlipayGateway, provider: Alipay
) -> None:
    await provider.links(DESKTOP, PAYER)
    gateway.pay(DESKTOP.attempt_id)
    gateway.refund_by_hand(DESKTOP.attempt_id, 9_900)
    assert gateway.trades[DESKTOP.attempt_id]["trade_status"] == "TRADE_CLOSED"
    paid = await provider.ask(DESKTOP.attempt_id, "")
    assert (paid.state, paid.amount_minor) == (ProviderState.PAID, 9_900)
    [whole] = await provider.refunds_of(DESKTOP.attempt_id, paid.ref, 0)
    assert (whole.amount_minor, whole.is_done, whole.is_sum) == (9_900, True, True)


async def test_of_a_part_that_went_back_alipay_says_nothing_when_it_is_asked(
    gateway: AlipayGateway, provider: Alipay
) -> None:
    await provider.links(DESKTOP, PAYER)
    gateway.pay(DESKTOP.attempt_id)
    gateway.refund_by_hand(DESKTOP.attempt_id, 9_800)
    assert await provider.refunds_of(DESKTOP.attempt_id, "", 0) == []


async def test_a_check_of_alipay_proves_both_keys(gateway: AlipayGateway, provider: Alipay) -> None:
    await provider.check()
    gateway.signs_as = "somebody"
    assert await finding_of(provider) is ProviderFinding.NOT_GENUINE
    gateway.is_down = True
    assert await finding_of(provider) is ProviderFinding.UNREACHABLE
    gateway.is_down = False
    stranger = Alipay(gateway.keys(private_key=private_pem_of("somebody")), "", clock_ms=lambda: NOW_MS)
    assert await finding_of(stranger) is ProviderFinding.KEYS_REFUSED
    await stranger.end()


async def finding_of(provider: Alipay) -> ProviderFinding:
    """What a check finds that does not go well."""
    with pytest.raises(ProviderError) as raised:
        await provider.check()
    return raised.value.finding


async def test_a_refund_of_alipays_is_given_once_and_is_its_own_amount(
    gateway: AlipayGateway, provider: Alipay
) -> None:
    await provider.links(DESKTOP, PAYER)
    gateway.pay(DESKTOP.attempt_id)
    ref = (await provider.ask(DESKTOP.attempt_id, "")).ref
    assert await provider.find_refund("r2", ref) is None
    await provider.refund("r1", DESKTOP.attempt_id, 900, ref)
    second, again = [await provider.refund("r2", DESKTOP.attempt_id, 500, ref) for _ in range(2)]
    assert second == again
    assert (second.amount_minor, second.is_done) == (500, True)
    assert await provider.find_refund("r2", ref) == second
    assert gateway.given_back(DESKTOP.attempt_id) == [900, 500]
    with pytest.raises(ProviderError, match="does not refund"):
        await provider.refund("r3", DESKTOP.attempt_id, 9_000, ref)
