"""Gifts sent for real: from two tabs at once, by many at once, over a backend that is killed meanwhile."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest

from backend.contract.base import RejectReason, Role
from backend.contract.gifts import (
    ClaimDemoCoins,
    GiftCatalog,
    GiftsSent,
    Ranking,
    RankingChanged,
    SendGift,
    WalletChanged,
)
from backend.contract.http import Admission
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted, Rejected, Resumed, Sampled, Snapshot
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.log.entries import SessionBegan
from backend.money.wallet import Purse
from backend.options import ServeOptions
from backend.room.hub import SKIP_SAMPLED_BYTES
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.kinds import as_type
from tests.backend.room.lines import FakeLine
from tests.backend.room.test_processor import told
from tests.backend.running import Client, RunningBackend, running_backend
from tests.backend.test_serve import Child, child
from tests.support.adults import say_age
from tests.support.coin_books import house, wallets
from tests.support.gift_room import GiftRoom
from tests.support.migrated import open_migrated

ANNA = Actor("anna", Role.VIEWER)


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    """A demo on air."""
    async with running_backend(tmp_path, ServeOptions(has_demo=True)) as running:
        running.are_adults = True
        async with running.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)
        yield running


async def joined(client: Client) -> str:
    """Come in, and return the live session's id."""
    return as_type(Snapshot, await client.join()).live.session_id


async def purse(backend: RunningBackend | Child, token: str) -> WalletChanged:
    """What somebody who comes in is told of their coins."""
    async with backend.client(token) as tab:
        await tab.join()
        return await told(tab, WalletChanged)


async def test_a_gift_from_one_tab_reaches_everybody_and_the_purse_of_the_other_tab(
    backend: RunningBackend,
) -> None:
    token = (await backend.enter()).token
    async with backend.client(token) as one, backend.client(token) as two, backend.host() as host:
        session_id = await joined(one)
        await joined(two)
        assert isinstance(await one.act(ClaimDemoCoins()), Accepted)
        assert isinstance(await one.act(SendGift(session_id, "key-0001", "bear", 2)), Accepted)

        gift = as_type(GiftsSent, await host.hears(GiftsSent)).gifts[0]
        assert (gift.gift_id, gift.count, gift.coins, gift.combo) == ("bear", 2, 104, 2)
        wallets = [await told(two, WalletChanged) for _ in range(3)]
        assert [(wallet.coins, wallet.given) for wallet in wallets] == [(0, 0), (3000, 0), (2896, 104)]
        ranking = (await told(two, RankingChanged)).ranking
        assert [(best.author.user_id, best.coins) for best in ranking.contributors] == [
            (gift.author.user_id, 104)
        ]
        async with backend.client() as late:
            assert as_type(Snapshot, await late.join()).ranking == ranking


async def test_who_was_away_for_the_last_gift_comes_back_to_the_true_ranking(
    backend: RunningBackend,
) -> None:
    async with backend.client() as giver:
        session_id = await joined(giver)
        await giver.act(ClaimDemoCoins())
        token = (await backend.enter()).token
        async with backend.client(token) as viewer:
            snapshot = as_type(Snapshot, await viewer.join())
        await giver.act(SendGift(session_id, "key-0001", "bear", 2))
        ranking = (await told(giver, RankingChanged)).ranking
        async with backend.client(token) as viewer:
            assert isinstance(await viewer.join(snapshot.epoch, snapshot.seq), Resumed)
            assert (await told(viewer, RankingChanged)).ranking == ranking


async def test_who_was_too_slow_for_the_last_ranking_is_told_it_when_there_is_room(
    backend: RunningBackend,
) -> None:
    room, slow = backend.backend.local["main"], FakeLine()
    room.enter(slow, ANNA)
    async with backend.client() as giver:
        session_id = await joined(giver)
        await giver.act(ClaimDemoCoins())
        slow.waiting_bytes = SKIP_SAMPLED_BYTES + 1
        await giver.act(SendGift(session_id, "key-0001", "bear", 2))
        ranking = (await told(giver, RankingChanged)).ranking
        assert ranking not in rankings(slow)
        slow.waiting_bytes = 0
        async with asyncio.timeout(5):
            while ranking not in rankings(slow):
                slow.arrival.clear()
                await slow.arrival.wait()
    room.leave(slow, ANNA)


def rankings(line: FakeLine) -> list[Ranking]:
    """All rankings that a line was told."""
    events = [event for message in line.messages if isinstance(message, Sampled) for event in message.events]
    return [event.ranking for event in events if isinstance(event, RankingChanged)]


async def test_the_same_key_from_two_tabs_at_once_counts_once(backend: RunningBackend) -> None:
    token = (await backend.enter()).token
    async with backend.client(token) as one, backend.client(token) as two:
        session_id = await joined(one)
        await joined(two)
        await one.act(ClaimDemoCoins())
        command = SendGift(session_id, "key-the-same", "crown")
        answers = await asyncio.gather(*(tab.act(command) for tab in (one, two)))
        assert all(isinstance(answer, Accepted) for answer in answers)
        wallet = await purse(backend, token)
        assert (wallet.coins, wallet.given) == (2801, 199)


async def test_a_forged_gift_is_refused_in_words(backend: RunningBackend) -> None:
    async with backend.client() as one:
        session_id = await joined(one)
        for command, reason in (
            (SendGift(session_id, "key-0001", "rose"), RejectReason.NOT_ENOUGH_COINS),
            (SendGift("other", "key-0001", "rose"), RejectReason.NOT_LIVE),
            (SendGift(session_id, "key-0001", "../rose"), RejectReason.UNKNOWN_GIFT),
            (SendGift(session_id, "k", "rose"), RejectReason.MALFORMED),
            (SendGift(session_id, "key-0001", "rose", 10**15), RejectReason.MALFORMED),
        ):
            assert as_type(Rejected, await one.act(command)).reason is reason
        for count in ("1.5", '"9"', "null", "1e99"):
            await one.socket.send(
                '{"type":"act","request_id":99,"command":{"type":"send_gift","key":"key-0001",'
                f'"session_id":"{session_id}","gift_id":"rose","count":{count}}}}}'
            )
            if count != "1e99":
                assert as_type(Rejected, await one.next_answer()).reason is RejectReason.MALFORMED


async def test_without_demo_there_are_no_coins_for_nothing(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as running, running.host() as host, running.client() as one:
        await host.act(GoLive())
        await joined(one)
        assert as_type(Rejected, await one.act(ClaimDemoCoins())).reason is RejectReason.FORBIDDEN


async def test_the_catalogue_and_its_drawings_are_served(backend: RunningBackend) -> None:
    catalog = msgspec.json.decode((await backend.http.get("/api/gifts")).content, type=GiftCatalog)
    assert len(catalog.gifts) >= 8
    for gift in catalog.gifts:
        drawing = await backend.http.get(gift.image_url)
        assert (drawing.status_code, drawing.headers["content-type"]) == (200, "image/svg+xml")
    for name in ("gifts.toml", "..%2fgifts.toml", "nothing.svg"):
        assert (await backend.http.get(f"/media/gifts/{name}")).status_code == 404


# --- Many at once, on both engines ---


@pytest.fixture
async def studio(database: Database) -> AsyncIterator[GiftRoom]:
    shop = Shop(database, clock_ms=lambda: 1000)
    room = GiftRoom(database, shop)
    room.processor.record(SessionBegan("s1"))
    async with room.running():
        yield room
    await asyncio.to_thread(shop.close)


async def test_sixty_four_sends_at_once_never_spend_more_than_there_is(
    studio: GiftRoom, database: Database
) -> None:
    assert await studio.processor.execute(ClaimDemoCoins(), ANNA) is None
    sends = [SendGift("s1", f"key-{number:04}", "beer", 30) for number in range(64)]
    answers = await asyncio.gather(*(studio.processor.execute(send, ANNA) for send in sends))

    counted = Counter(answer.reason if answer else None for answer in answers)
    assert (counted[None], counted.total()) == (3, 64)
    assert set(counted) <= {None, RejectReason.NOT_ENOUGH_COINS, RejectReason.TOO_FAST}
    assert wallets(database) == {"anna": 100}


async def test_sixty_four_times_the_same_key_is_one_gift(studio: GiftRoom, database: Database) -> None:
    await studio.processor.execute(ClaimDemoCoins(), ANNA)
    send = SendGift("s1", "key-again", "rocket")
    answers = await asyncio.gather(*(studio.processor.execute(send, ANNA) for _ in range(64)))

    # Who asks again before the answer came takes a turn of their pace.
    assert {answer and answer.reason for answer in answers} <= {None, RejectReason.TOO_FAST}
    assert await studio.processor.execute(send, ANNA) is None
    assert wallets(database) == {"anna": 300}


async def test_a_crowd_may_give_at_once_and_the_books_stay_right(
    studio: GiftRoom, database: Database
) -> None:
    people = [Actor(f"guest-{number}", Role.VIEWER) for number in range(64)]

    async def claim_and_give(person: Actor) -> list[Rejection | None]:
        claimed = await studio.processor.execute(ClaimDemoCoins(), person)
        sends = [SendGift("s1", f"key-{step:04}", "beer", 9) for step in range(5)]
        return [claimed, *[await studio.processor.execute(send, person) for send in sends]]

    answers = await asyncio.gather(*map(claim_and_give, people))
    assert answers == [[None] * 6] * 64
    assert set(wallets(database).values()) == {1000 - 5 * 90}
    assert house(database) == {"grants": -64_000, "gift_income": 64 * 5 * 90}
    features = await asyncio.to_thread(studio.store.load)
    assert {features.gifts.wallet(person.user_id).coins for person in people} == {1000 - 5 * 90}


async def test_the_ranking_is_told_at_most_once_a_second(
    studio: GiftRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[object] = []
    await studio.processor.execute(ClaimDemoCoins(), ANNA)
    studio.now_ms = 4500
    await studio.processor.settled()
    monkeypatch.setattr(studio.processor._deliveries._sampler, "offer", offered.append)
    for step in range(8):
        studio.now_ms = 5000 + step * 250
        await studio.processor.execute(SendGift("s1", f"key-{step:04}", "rose"), ANNA)
    studio.processor.tick(7000)
    studio.processor.tick(9000)

    rankings = [event.ranking.coins for event in offered if isinstance(event, RankingChanged)]
    assert rankings == [2, 6, 8]


async def test_where_the_shop_says_no_nothing_is_kept(studio: GiftRoom, database: Database) -> None:
    await studio.processor.execute(ClaimDemoCoins(), ANNA)
    # Another room spent it meanwhile, and this one did not hear of it yet.
    studio.processor.features.gifts._purses.hear(Purse("anna", 1_000_000, 1_000))
    rejection = await studio.processor.execute(SendGift("s1", "key-0001", "rocket", 9), ANNA)
    assert rejection is not None
    assert rejection.reason is RejectReason.NOT_ENOUGH_COINS
    assert wallets(database) == {"anna": 1000}
    assert studio.processor.features.gifts.ranking().coins == 0


# --- kill -9 ---


async def send_until_killed(served: Child, token: str, start: int) -> list[int]:
    """Send one gift after the other until the backend is gone; return those that were confirmed."""
    confirmed: list[int] = []
    async with served.client(token) as viewer:
        session_id = await joined(viewer)
        await viewer.act(ClaimDemoCoins())

        async def give() -> None:
            for number in range(start, start + 10_000):
                answer = await viewer.act(SendGift(session_id, f"key-{number:06}", "rose"))
                if isinstance(answer, Accepted):
                    confirmed.append(number)
                if len(confirmed) == 9:
                    served.process.kill()

        with pytest.raises(Exception, match=r"close|reset|eof|broken|received"):
            await give()
    return confirmed


async def test_a_killed_backend_loses_no_confirmed_gift_and_doubles_none(tmp_path: Path) -> None:
    token, confirmed, tried = "", set[int](), 0
    for round_number in range(3):
        async with child(tmp_path, "--demo") as served:
            if not round_number:
                await served.act(GoLive())
                async with served.client() as viewer:
                    await viewer.join()
            token = token or await guest_token(served)
            confirmed |= set(await send_until_killed(served, token, tried))
            tried = max(confirmed) + 2  # the one after the last may or may not have been kept
            await served.ended()
    async with child(tmp_path, "--demo") as served, served.client(token) as viewer:
        session_id = await joined(viewer)
        for number in range(tried):  # all again, as a client does that got no answer
            while isinstance(
                answer := await viewer.act(SendGift(session_id, f"key-{number:06}", "rose")), Rejected
            ):
                assert answer.reason is RejectReason.TOO_FAST
                await asyncio.sleep(answer.retry_ms / 1000)
        wallet = await purse(served, token)
    assert (wallet.coins, wallet.given) == (3000 - tried, tried)
    database = open_migrated(tmp_path)
    assert list(wallets(database).values()) == [3000 - tried]
    database.close()


async def guest_token(served: Child) -> str:
    async with httpx.AsyncClient(base_url=served.ready["url"], trust_env=False) as http:
        response = await http.post("/api/rooms/main/enter")
        token = msgspec.json.decode(response.content, type=Admission).token
        await say_age(http, token)
    return token
