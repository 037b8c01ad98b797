"""The payment providers as the host sees them, at a backend that runs."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest

from backend.contract.payments import Attempt, ProviderCheck, ProviderFinding, ProviderStatuses
from tests.backend.http.api.shopping import Market, answer, line, open_market, refused
from tests.support.alipay_gateway import AlipayGateway, running_alipay_gateway

PROVIDERS = "payments/providers"


@pytest.fixture
def alipay() -> Iterator[AlipayGateway]:
    """Alipay's stand-in."""
    with running_alipay_gateway() as gateway:
        yield gateway


@pytest.fixture
async def alipay_market(tmp_path: Path, alipay: AlipayGateway) -> AsyncIterator[Market]:
    """A backend that takes Alipay."""
    lines = [f'{name} = """{value}"""' for name, value in msgspec.to_builtins(alipay.keys()).items()]
    file = tmp_path / "payments.toml"
    file.write_text("\n".join(["[alipay]", *lines]))
    file.chmod(0o600)
    async with open_market(tmp_path) as market:
        yield market


async def test_the_host_sees_which_providers_are_on_and_where_keys_go(market: Market, tmp_path: Path) -> None:
    found = answer(ProviderStatuses, await market.host.get(PROVIDERS))
    shown = [(one.provider, one.is_on, one.has_keys, one.is_test) for one in found.providers]
    assert shown == [
        ("sandbox", True, True, True),
        ("wechat", False, False, False),
        ("alipay", False, False, False),
        ("stripe", False, False, False),
    ]
    assert found.keys_file == str(tmp_path / "payments.toml")


async def test_the_host_sees_when_a_webhook_came_last(alipay_market: Market, alipay: AlipayGateway) -> None:
    first = answer(ProviderStatuses, await alipay_market.host.get(PROVIDERS)).providers[0]
    assert (first.provider, first.is_on, first.last_webhook_at_ms) == ("alipay", True, None)
    assert first.webhook_url.endswith("/pay/webhooks/alipay")
    buyer = await alipay_market.buyer()
    order = await buyer.order(line())
    attempt = answer(Attempt, await buyer.post(f"orders/{order.order_id}/attempts", {}), 201)
    await alipay_market.http.get(attempt.pay_path)
    alipay.pay(attempt.attempt_id)
    headers, body = alipay.told(attempt.attempt_id)
    await alipay_market.http.post("/pay/webhooks/alipay", headers=headers, content=body)
    first = answer(ProviderStatuses, await alipay_market.host.get(PROVIDERS)).providers[0]
    assert first.last_webhook_at_ms is not None


async def test_the_host_hears_whether_a_provider_works_and_what_is_in_the_way(
    alipay_market: Market, alipay: AlipayGateway
) -> None:
    path = f"{PROVIDERS}/alipay/check"
    good = answer(ProviderCheck, await alipay_market.host.post(path, {}))
    assert good == ProviderCheck("alipay", ProviderFinding.WORKS, "")
    alipay.is_down = True
    bad = answer(ProviderCheck, await alipay_market.host.post(path, {}))
    assert bad.finding is ProviderFinding.UNREACHABLE
    assert "Alipay does not answer" in bad.detail
    assert refused(await alipay_market.host.post(f"{PROVIDERS}/stripe/check", {})) == (404, "not_found")


async def test_a_buyer_sees_nothing_of_the_providers_keys(market: Market) -> None:
    buyer = await market.buyer()
    assert refused(await buyer.get(PROVIDERS))[0] == 403
    assert refused(await buyer.post(f"{PROVIDERS}/sandbox/check", {}))[0] == 403
