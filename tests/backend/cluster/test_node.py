"""Two real nodes over a real bus and a real database: one room, viewers on both, and an owner that dies."""

import asyncio
import contextlib
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path

import aioice.ice
import httpx
import msgspec
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.contract.audience import Follow
from backend.contract.audit import AuditPage
from backend.contract.base import RejectReason
from backend.contract.cards import CardShown, HideCard, ShowCard
from backend.contract.chat import DanmuSent, SendDanmu, StaffDanmuSent
from backend.contract.erasing import PersonErased
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.contract.live import GoLive, LiveChanged, LivePhase
from backend.contract.protocol import Accepted, Rejected, Reliable, Snapshot, StaffSnapshot, encode
from backend.contract.shop_events import OrderChanged
from backend.features.audience.people import ERASED
from backend.log.event_log import EventLog
from backend.log.shop_entries import ShopOrderPlaced
from backend.room.audience import SIGNED_OUT
from backend.storage.database import Database
from backend.storage.engines import PostgresServer
from tests.backend.cluster.nodes import PATIENCE_S, Follower, running_nodes
from tests.backend.kinds import as_type
from tests.backend.room.test_processor import told
from tests.backend.running import Client, as_admission
from tests.support.aiortc_peers import pictures, publishing, watching
from tests.support.nats import Nats, running_nats
from tests.support.postgres import Postgres
from tests.support.programs import ROOT

CARDS = (ShowCard("demo-tea"), ShowCard("demo-lipstick"))
LAST = ShowCard("demo-hoodie")
EVENTS = 8  # with those around them fewer than a client may send at once


async def test_viewers_on_any_node_share_one_room(tmp_path: Path, postgres: Postgres, nats: Nats) -> None:
    nodes = running_nodes(tmp_path, postgres.new_database(), nats.url)
    async with nodes as (owner, other), owner.host() as host, owner.client() as near, other.client() as far:
        as_type(Snapshot, await near.join())
        as_type(Snapshot, await far.join())
        assert isinstance(await host.act(ShowCard("demo-tea")), Accepted)
        cards = [as_type(CardShown, await client.hears(CardShown)).card for client in (near, far)]
        assert cards[0] == cards[1]
        await far.send_command(SendDanmu("在另一台上"))
        assert (await told(near, DanmuSent)).danmu[0].text == "在另一台上"
        await host.send_command(SendDanmu("欢迎"))
        assert (await told(far, StaffDanmuSent)).danmu.text == "欢迎"
        async with other.client() as late:
            # A node's snapshot may be 2 s old; what was told since follows it.
            snapshot = as_type(Snapshot, await late.join())
            assert (snapshot.card or as_type(CardShown, await late.hears(CardShown)).card) == cards[0]
            assert snapshot.epoch


async def test_money_that_moved_on_any_node_is_in_the_audit_log_of_each(
    tmp_path: Path, postgres: Postgres, nats: Nats
) -> None:
    nodes = running_nodes(tmp_path, postgres.new_database(), nats.url)
    async with (
        nodes as (owner, other),
        owner.host() as host,
        other.client(await other.adult()) as far,
    ):
        await far.join()
        await host.send_command(GoLive())
        session_id = as_type(LiveChanged, await host.hears(LiveChanged)).live.session_id
        assert isinstance(await far.act(ClaimDemoCoins()), Accepted)
        assert isinstance(await far.act(SendGift(session_id, "key-0001", "bear", 2)), Accepted)
        for node in (owner, other):
            page = msgspec.json.decode(await node.audit("kind=money"), type=AuditPage)
            assert [(line.what, line.new) for line in page.lines] == [("gift", "104"), ("coins", "3000")]
            assert b",money,gift,bear \xc3\x972,,104," in await node.audit("kind=money&format=csv")


async def test_an_order_on_any_node_is_heard_in_the_room_of_the_owner(
    tmp_path: Path, postgres: Postgres, nats: Nats
) -> None:
    nodes = running_nodes(tmp_path, postgres.new_database(), nats.url)
    async with nodes as (owner, other), owner.host() as host:
        buyer = await other.enter()
        async with owner.client(buyer.token) as near, other.client(buyer.token) as far:
            for client in (near, far):
                await client.join()
            order = await other.buy(buyer, "demo-tea")
            for client in (near, far, host):
                heard = await told(client, OrderChanged)
                assert (heard.order.order_id, heard.is_new) == (order.order_id, True)


async def test_an_owner_killed_in_a_flood_of_orders_loses_and_doubles_none(
    tmp_path: Path, postgres: Postgres, nats: Nats
) -> None:
    url = postgres.new_database()
    async with running_nodes(tmp_path, url, nats.url) as (owner, other):
        buyers = [await other.enter() for _ in range(12)]

        async def kill() -> None:
            await owner.buy(buyers[0], "demo-tea")
            await owner.program.kill()

        async with asyncio.TaskGroup() as tasks:
            killing = tasks.create_task(kill())
            placing = [tasks.create_task(other.buy(one, "demo-tea", "key-2")) for one in buyers]
        placed = {task.result().order_id for task in placing}
        assert killing.done()
        async with other.client(other.host_token) as host:
            await host.join()
            shown = {one.order_id for one in (await told(host, StaffSnapshot)).orders}
            while not placed <= shown:
                shown.add((await told(host, OrderChanged)).order.order_id)
    database = Database(PostgresServer(url))
    entries = [record.entry for record in EventLog(database, "main").after(0)]
    orders = [entry.order_id for entry in entries if isinstance(entry, ShopOrderPlaced)]
    assert len(orders) == len(set(orders)) == 1 + len(placed)
    database.close()


async def test_a_ticket_of_one_node_opens_a_socket_on_the_other_and_only_once(
    tmp_path: Path, postgres: Postgres, nats: Nats
) -> None:
    async with running_nodes(tmp_path, postgres.new_database(), nats.url) as (owner, other):
        admission = await owner.enter()
        async with connect(other.socket_url(admission), compression=None, proxy=None) as socket:
            as_type(Snapshot, await Client(socket).join())
        for node in (owner, other):
            with pytest.raises(InvalidStatus):
                async with connect(node.socket_url(admission), compression=None, proxy=None):
                    pass
        again = await other.enter(admission.token)
        assert again.user_id == admission.user_id


async def test_what_ends_tokens_on_one_node_cuts_the_sockets_of_the_other(
    tmp_path: Path, postgres: Postgres, nats: Nats
) -> None:
    async with running_nodes(tmp_path, postgres.new_database(), nats.url) as (owner, other):
        guest, password = await owner.enter(), "correct horse"
        made = as_admission(await owner.post("account", guest.token, name="小王", password=password))
        async with other.client(made.token) as thief, other.host() as leaked, other.client() as viewer:
            await thief.join()
            await viewer.join()
            await owner.post("account/password", made.token, old=password, new="another one")
            assert await thief.close_code() == SIGNED_OUT
            renewed = as_admission(await owner.post("host-token", owner.host_token))
            assert await leaked.close_code() == SIGNED_OUT
            assert isinstance(await viewer.act(Follow()), Accepted)
        refused = await other.post("host-token", owner.host_token)
        assert refused.status_code == 401
        async with other.client(renewed.token) as host:
            await host.join()
            assert isinstance(await host.act(GoLive()), Accepted)


async def test_who_is_erased_on_one_node_leaves_all_of_them(
    tmp_path: Path, postgres: Postgres, nats: Nats
) -> None:
    database, secret = postgres.new_database(), "密语"
    async with running_nodes(tmp_path, database, nats.url) as (owner, other):
        guest = await other.enter()
        name = f"{secret}小王"
        made = as_admission(await other.post("account", guest.token, name=name, password="correct horse"))
        async with other.client(made.token) as erased, owner.client() as near, other.client() as far:
            for client in (erased, near, far):
                await client.join()
            await erased.send_command(SendDanmu(f"{secret}在吗"))
            for client in (near, far):
                assert (await told(client, DanmuSent)).danmu[0].author.name == name
            headers = {"Authorization": f"Bearer {made.token}", "Idempotency-Key": "once"}
            async with httpx.AsyncClient(trust_env=False, base_url=other.url, headers=headers) as http:
                assert (await http.post("/api/v1/me/erase")).json()["has_account"]
                assert (await http.get("/api/v1/me/data")).status_code == 401
            for client in (near, far):
                assert await told(client, PersonErased) == PersonErased(made.user_id)
            assert await erased.close_code() == ERASED
        for node in (owner, other):
            async with node.client() as late:
                assert secret not in encode(await late.join()).decode()


async def test_an_owner_that_dies_is_followed_and_no_event_is_lost_or_doubled(
    tmp_path: Path, postgres: Postgres, nats: Nats
) -> None:
    async with running_nodes(tmp_path, postgres.new_database(), nats.url) as (owner, other):
        followers = [Follower([owner, other]), Follower([other]), Follower([other, owner])]
        async with asyncio.TaskGroup() as tasks:
            following = [tasks.create_task(follower.run()) for follower in followers]
            for follower in followers:
                await follower.is_in.wait()
            async with other.host() as host:
                for number in range(EVENTS):
                    assert isinstance(await host.act(CARDS[number % 2]), Accepted)
                await owner.program.kill()
                while not isinstance(await host.act(HideCard()), Accepted):
                    pass
                for number in range(EVENTS):
                    assert isinstance(await host.act(CARDS[number % 2]), Accepted)
                assert isinstance(await host.act(LAST), Accepted)
            async with asyncio.timeout(PATIENCE_S):
                for follower in followers:
                    await follower.until_card(LAST.product_id)
            for task in following:
                task.cancel()
        # Cards, one taken off, cards again, the last; what was refused meanwhile told nobody anything.
        for follower in followers:
            assert follower.seqs == list(range(1, 2 * EVENTS + 3))
            assert follower.snapshots == [0]


async def test_a_viewer_on_one_node_watches_the_stream_that_another_one_gets(
    tmp_path: Path, postgres: Postgres, nats: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda **_: ["127.0.0.1"])
    nodes = running_nodes(tmp_path, postgres.new_database(), nats.url)
    async with nodes as (owner, other), owner.client() as viewer, other.client() as far:
        await viewer.join()
        await far.join()
        with_token = {"Authorization": f"Bearer {owner.host_token}"}
        async with (
            httpx.AsyncClient(base_url=other.url, headers=with_token, trust_env=False) as studio,
            httpx.AsyncClient(base_url=owner.url, trust_env=False) as player,
            publishing(studio, "main"),
        ):
            for client in (viewer, far):
                assert as_type(LiveChanged, await client.hears(LiveChanged)).live.is_publishing
            async with watching(player, "main") as tracks:
                assert len(await pictures(tracks["video"], 10)) == 10


async def test_a_stream_that_died_with_its_node_is_told_to_the_viewers_of_the_others(
    tmp_path: Path, postgres: Postgres, nats: Nats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aioice.ice, "get_host_addresses", lambda **_: ["127.0.0.1"])
    nodes = running_nodes(tmp_path, postgres.new_database(), nats.url)
    async with nodes as (owner, other), other.client() as far:
        await far.join()
        with_token = {"Authorization": f"Bearer {owner.host_token}"}
        async with httpx.AsyncClient(base_url=owner.url, headers=with_token, trust_env=False) as studio:
            with contextlib.suppress(httpx.HTTPError):  # there is nobody to say goodbye to
                async with publishing(studio, "main"):
                    assert as_type(LiveChanged, await far.hears(LiveChanged)).live.is_publishing
                    await owner.program.kill()
                    live = as_type(LiveChanged, await far.hears(LiveChanged)).live
                    assert (live.phase, live.is_publishing) == (LivePhase.LIVE, False)


async def test_a_node_that_ends_in_good_order_hands_its_room_over_and_nobody_waits(
    tmp_path: Path, postgres: Postgres, nats: Nats
) -> None:
    nodes = running_nodes(tmp_path, postgres.new_database(), nats.url)
    async with nodes as (owner, other), other.host() as host:
        assert isinstance(await host.act(CARDS[0]), Accepted)
        assert await owner.program.end() == 0
        # One command may still have been on its way to the node that ended.
        answers = [await host.act(CARDS[1]), await host.act(CARDS[1])]
        assert isinstance(answers[-1], Accepted)


async def test_when_the_bus_was_away_the_room_goes_on_where_it_was(
    tmp_path: Path, postgres: Postgres
) -> None:
    with running_nats() as bus:
        nodes = running_nodes(tmp_path, postgres.new_database(), bus.url)
        async with nodes as (owner, other), owner.host() as host, other.client() as viewer:
            snapshot = as_type(Snapshot, await viewer.join())
            assert isinstance(await host.act(CARDS[0]), Accepted)
            bus.stop()
            refused = as_type(Rejected, await host.act(CARDS[1]))
            assert refused.reason is RejectReason.UNAVAILABLE
            bus.start()
            while not isinstance(await host.act(LAST), Accepted):
                pass
            numbers = [message.seq async for message in _until_card(viewer, LAST)]
            assert numbers == list(range(snapshot.seq + 1, snapshot.seq + 1 + len(numbers)))


async def _until_card(client: Client, command: ShowCard) -> AsyncIterator[Reliable]:
    while True:
        message = await client.next_event()
        yield message
        event = message.event
        if isinstance(event, CardShown) and event.card.product.product_id == command.product_id:
            return


async def test_an_owner_that_froze_and_wakes_up_changes_nothing(
    tmp_path: Path, postgres: Postgres, nats: Nats
) -> None:
    nodes = running_nodes(tmp_path, postgres.new_database(), nats.url)
    async with nodes as (owner, other), other.host() as host:
        follower = Follower([other])
        async with asyncio.TaskGroup() as tasks:
            following = tasks.create_task(follower.run())
            await follower.is_in.wait()
            assert isinstance(await host.act(CARDS[0]), Accepted)
            owner.program.process.send_signal(signal.SIGSTOP)
            while not isinstance(await host.act(CARDS[1]), Accepted):
                pass
            owner.program.process.send_signal(signal.SIGCONT)
            async with owner.client() as woken:
                await woken.join()
                assert isinstance(await host.act(LAST), Accepted)
                async with asyncio.timeout(PATIENCE_S):
                    async for _message in _until_card(woken, LAST):
                        pass
                    await follower.until_card(LAST.product_id)
            following.cancel()
        assert follower.seqs == [1, 2, 3]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--bus", "nats://127.0.0.1:1"], "give --database postgresql://"),
        (["--bus", "nats://127.0.0.1:1", "--database", "{database}"], "Start nats-server there"),
    ],
)
async def test_what_keeps_a_node_from_starting_is_told_with_its_remedy(
    tmp_path: Path, postgres: Postgres, options: list[str], told: str
) -> None:
    database = postgres.new_database()
    command = [sys.executable, "main.py", "serve", "--data", str(tmp_path), "--port", "0"]
    node = await asyncio.create_subprocess_exec(
        *command, *(option.format(database=database) for option in options), cwd=ROOT, stderr=PIPE
    )
    _, said = await node.communicate()
    assert (node.returncode, told in said.decode()) == (2, True), said.decode()
