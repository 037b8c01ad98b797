"""The face of a feature: who may give a command, and that snapshots and events say the same."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import get_args

import msgspec
import pytest

from backend.contract.base import AssistantRight, Message, Role
from backend.contract.campaigns import Campaign, CampaignPhase
from backend.contract.orders import OrderState, PaymentState
from backend.contract.protocol import Accepted, Act, Command, Join, encode
from backend.contract.red_packets import RedPacketShown
from backend.contract.shop import Product
from backend.features.actor import Actor
from backend.features.campaigns.campaigns import CampaignsFeature
from backend.features.chat.blocked_words import WordFile
from backend.features.feature import Anyone, Needed, is_allowed
from backend.features.feature_set import QueuedCommand
from backend.features.surroundings import Surroundings
from backend.log.shop_entries import (
    ProductLeft,
    ShopCampaignMoved,
    ShopEntry,
    ShopOrderChanged,
    ShopOrderPlaced,
    ShopStockCounted,
)
from backend.room.history import History
from backend.room.room import Room
from backend.room.session import Execute, Refresh, Send, Session, Subscribe
from backend.shop.coins.messages import CoinMessage
from backend.shop.room_products import Catalog
from tests.backend.features.cases import ANNA, BASE, CASES, HELPER, HOST, PRODUCT, AnyCommand, made
from tests.backend.room.lines import FakeLine
from tests.backend.room.talk import SHELF, make_features
from tests.support.client_view import ClientView
from tests.support.log_memory import LogMemory
from tests.support.memory_shop import MemoryShop

CHATTER = Actor("assistant-2", Role.ASSISTANT, frozenset({AssistantRight.CHAT}))
PLAIN = Actor("assistant-1", Role.ASSISTANT)


@pytest.mark.parametrize(
    ("needed", "allowed"),
    [
        (Anyone.ANYONE, {ANNA, HOST, PLAIN, CHATTER}),
        (Anyone.STAFF, {HOST, PLAIN, CHATTER}),
        (AssistantRight.CHAT, {HOST, CHATTER}),
        (Anyone.HOST, {HOST}),
    ],
)
def test_a_command_is_for_those_who_have_what_it_needs(needed: Needed, allowed: set[Actor]) -> None:
    assert {actor for actor in (ANNA, HOST, PLAIN, CHATTER) if is_allowed(needed, actor)} == allowed


def test_every_command_belongs_to_one_feature_and_has_a_case() -> None:
    declared = [command for one in make_features().all for command in one.commands]
    assert len(declared) == len(set(declared))
    assert set(declared) == {*get_args(Command), *get_args(QueuedCommand)}
    # What the shop decides of campaigns changes nothing in the room: see the tests of the campaigns.
    assert set(declared) == {*CASES, *CampaignsFeature.commands}


class Visitor:
    """Somebody in the room by a real session, and what their client makes of it."""

    def __init__(self, room: Room, actor: Actor) -> None:
        self.view = ClientView()
        self._room = room
        self._actor = actor
        self._session = Session(actor, room)
        self._line = FakeLine()
        self._seen = 0
        self._answers = 0

    async def join(self) -> None:
        await self._do(self._session.open(0))
        await self.say(Join())

    async def say(self, message: Join | Act) -> None:
        await self._do(self._session.receive(encode(message), 0))

    async def _do(self, actions: object) -> None:
        for action in actions:  # type: ignore[attr-defined]
            match action:
                case Send(prepared=prepared):
                    self._line.send(prepared)
                case Subscribe():
                    self._room.enter(self._line, self._actor)
                case Refresh():
                    self._room.refresh(self._line)
                case Execute(request_id=request_id, command=command):
                    rejection = await self._room.execute(command, self._actor)
                    await self._do(self._session.executed(request_id, rejection, 0))

    def read(self) -> list[Message]:
        """Take in all that came since the last time."""
        messages = self._line.messages[self._seen :]
        self._seen += len(messages)
        for message in messages:
            self.view.apply(message)
        return list(messages)

    def leave(self) -> None:
        self._room.leave(self._line, self._actor)


class Stage:
    """A room on a clock of its own."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000
        product = Product(PRODUCT, 1, "茶", 16800, None, 5, "")
        catalog = Catalog([product])
        shop = MemoryShop(catalog)
        around = Surroundings(
            catalog, WordFile(None), shelf=SHELF, shop=shop, gift_shop=shop, coupon_shop=shop
        )
        self.room = Room(
            "main",
            "直播间",
            store=LogMemory(around),
            history=History("e"),
            clock_ms=lambda: self.now_ms,
        )
        shop.on_message = self._hear_of_the_shop
        self._shop = shop

    def _hear_of_the_shop(self) -> None:
        for one in self._shop.read(100):
            if isinstance(one, CoinMessage):
                self.room.report(one)
            else:
                self.room._processor.record(one)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Stage"]:
        async with asyncio.TaskGroup() as tasks:
            work = tasks.create_task(self.room._processor.run())
            yield self
            work.cancel()

    async def settle(self) -> None:
        """Let all that is to be heard be heard: a second later nothing is on its way any more."""
        await self.room.tick()
        self.now_ms += 1001
        await self.room.tick()
        self.room._feed.flush()
        await self.room._hub.drain()

    async def give(self, command: AnyCommand, actor: Actor) -> None:
        rejection = await self.room.execute(command, actor)
        assert rejection is None, f"{command} was refused: {rejection}"


def known(view: ClientView) -> dict[str, object]:
    """What two clients of the same user must agree on; minutes are each client's own to count."""
    staff = view.staff and msgspec.structs.replace(view.staff, minutes=[])
    return {
        "room": view.room,
        "you": view.you,
        "wallet": view.wallet,
        "staff": staff,
        "assistants": view.assistants,
    }


ORDER = ShopOrderPlaced(
    outbox_id=1,
    session_id="",
    order_id="order-1",
    buyer_id="anna",
    version=1,
    state=OrderState.OPEN,
    payment_state=PaymentState.UNPAID,
    total_minor=16_800,
    currency="CNY",
    units={"tea": 1},
)
PAID = ShopOrderChanged(
    outbox_id=2,
    session_id="",
    order_id="order-1",
    buyer_id="anna",
    version=2,
    state=OrderState.OPEN,
    payment_state=PaymentState.PAID,
    total_minor=16_800,
    currency="CNY",
    was_paid_now=True,
)
CAMPAIGN = ShopCampaignMoved(
    [4],
    Campaign(
        campaign_id="c-1",
        version=1,
        title="开播红包",
        phase=CampaignPhase.PREHEAT,
        opens_at_ms=5,
        closes_at_ms=9,
        end_reason=None,
        public_reason="",
        detail=RedPacketShown(shares=3, coins=30, coupon_id="", left=3),
    ),
)
COUNTED = ShopStockCounted([3], [ProductLeft("tea", {"red": 12, "blue": 3})])


@pytest.mark.parametrize("entry", [ORDER, PAID, COUNTED, CAMPAIGN], ids=lambda entry: type(entry).__name__)
async def test_the_old_snapshot_and_what_the_shop_says_make_the_new_snapshot(entry: ShopEntry) -> None:
    async with Stage().running() as stage:
        for command, actor in BASE:
            await stage.give(made(command, stage.room.snapshot()), actor)
        if entry is PAID:
            assert await stage.room._processor.accept([ORDER])
        await stage.settle()
        visitors = {actor: Visitor(stage.room, actor) for actor in (ANNA, HELPER, HOST)}
        for visitor in visitors.values():
            await visitor.join()
        await stage.settle()
        for visitor in visitors.values():
            visitor.read()
        assert await stage.room._processor.accept([entry])
        await stage.settle()
        for actor, visitor in visitors.items():
            before = known(visitor.view)
            visitor.read()
            late = Visitor(stage.room, actor)
            await late.join()
            late.read()
            assert known(visitor.view) == known(late.view), actor.role
            late.leave()
            assert known(visitor.view) != before or (actor is ANNA and entry not in (COUNTED, CAMPAIGN))


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.__name__)
async def test_the_old_snapshot_and_the_events_make_the_new_snapshot(kind: type[Message]) -> None:
    case = CASES[kind]
    async with Stage().running() as stage:
        if case.is_anna_there:
            await Visitor(stage.room, ANNA).join()
        for command, actor in (*BASE, *case.before):
            await stage.give(made(command, stage.room.snapshot()), actor)
        await stage.settle()
        visitors = {actor: Visitor(stage.room, actor) for actor in (ANNA, HELPER, HOST)}
        for visitor in visitors.values():
            await visitor.join()
        await stage.settle()
        for visitor in visitors.values():
            visitor.read()

        command = made(case.command, stage.room.snapshot())
        if isinstance(command, Command) and case.actor in visitors:
            await visitors[case.actor].say(Act(1, command))
        else:
            await stage.give(command, case.actor)
        await stage.settle()
        answers = [one for visitor in visitors.values() for one in visitor.read()]
        if isinstance(command, Command) and case.actor in visitors:
            assert Accepted(1) in answers

        for actor, visitor in visitors.items():
            late = Visitor(stage.room, actor)
            await late.join()
            late.read()
            assert known(visitor.view) == known(late.view), actor.role
            late.leave()
