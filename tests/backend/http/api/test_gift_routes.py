"""Gifts over HTTP: decided like those over the socket, paid once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.coins import GivenGift
from backend.contract.gifts import ClaimDemoCoins, GiftsSent, SendGift, WalletChanged
from backend.contract.live import EndLive, GoLive
from backend.contract.protocol import Accepted, Snapshot
from backend.options import ServeOptions
from backend.storage.database import Database
from tests.backend.http.api.shopping import Buyer, Market, answer, open_market, refused
from tests.backend.kinds import as_type
from tests.backend.room.test_processor import told
from tests.support.adults import say_age
from tests.support.coin_books import wallets


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Market]:
    """A demo on air."""
    async with open_market(tmp_path, ServeOptions(has_demo=True)) as market:
        async with market.backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)
        yield market


async def giver(demo: Market) -> tuple[Buyer, str]:
    """Somebody with demo coins, and the live session."""
    buyer = await demo.buyer()
    async with demo.backend.client(buyer.token) as client:
        session_id = as_type(Snapshot, await client.join()).live.session_id
        assert isinstance(await client.act(ClaimDemoCoins()), Accepted)
    return buyer, session_id


async def test_a_gift_over_http_is_seen_by_all_and_paid_once_by_its_key(demo: Market) -> None:
    buyer, session_id = await giver(demo)
    await say_age(demo.http, buyer.token)
    body = {"session_id": session_id, "gift_id": "bear", "count": 2}
    async with demo.backend.client() as viewer:
        await viewer.join()
        answers = await asyncio.gather(*(buyer.post("gifts", body, "once") for _ in range(4)))
        assert {answer(GivenGift, one) for one in answers} == {GivenGift(session_id, "bear", 2)}
        gift = as_type(GiftsSent, await viewer.hears(GiftsSent)).gifts[0]
        assert (gift.author.user_id, gift.coins) == (buyer.user_id, 104)
    assert refused(await buyer.post("gifts", {**body, "count": 3}, "once")) == (422, "key_reused")
    async with demo.backend.host() as host:
        assert isinstance(await host.act(EndLive()), Accepted)
    # Whatever became of the session, what was given stays so.
    assert answer(GivenGift, await buyer.post("gifts", body, "once")).count == 2
    assert refused(await buyer.post("gifts", body)) == (409, "not_live")
    async with demo.backend.client(buyer.token) as tab:
        await tab.join()
        assert (await told(tab, WalletChanged)).coins == 3000 - 104


async def test_a_gift_is_refused_by_its_reason_over_http_as_over_the_socket(
    demo: Market, tmp_path: Path
) -> None:
    buyer, session_id = await giver(demo)
    body = {"session_id": session_id, "gift_id": "rose"}
    assert refused(await buyer.post("gifts", body)) == (403, "age_unconfirmed")
    async with demo.backend.client(buyer.token) as tab:
        await tab.join()
        rejected = await tab.act(SendGift(session_id, "key-0001", "rose"))
        assert not isinstance(rejected, Accepted)
        assert rejected.reason == "age_unconfirmed"
    await say_age(demo.http, buyer.token)
    for changed, told_so in (
        ({"gift_id": "moon"}, (404, "unknown_gift")),
        ({"session_id": "another"}, (409, "not_live")),
        ({"gift_id": "rocket", "count": 999}, (409, "not_enough_coins")),
    ):
        assert refused(await buyer.post("gifts", {**body, **changed})) == told_so
    for count in (0, -1, 1000, "2"):
        assert (await buyer.post("gifts", {**body, "count": count})).status_code == 422
    assert refused(await demo.host.post("gifts", body)) == (403, "forbidden")
    database = await asyncio.to_thread(Database, tmp_path)
    assert set(wallets(database).values()) == {3000}
    database.close()
