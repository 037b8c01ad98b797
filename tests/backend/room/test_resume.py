"""Chaos with a seed: lines break, the backend restarts, and nobody misses an event or sees one twice."""

import asyncio
from collections.abc import Sequence
from random import Random

import pytest

from backend.commerce.catalog import Catalog
from backend.messages import (
    Card,
    CardHidden,
    CardShown,
    Command,
    GoLive,
    HideCard,
    Join,
    Live,
    LiveChanged,
    PauseLive,
    Product,
    Reliable,
    ReliableEvent,
    ResumeLive,
    Role,
    ShowCard,
    Snapshot,
    encode,
)
from backend.room.history import History
from backend.room.room import Room
from backend.room.session import Send, Session, Subscribe
from backend.room.state import Actor, Facts, RoomState, restored
from tests.backend.room.lines import FakeLine

STEPS = 20_000
RESTARTS = 40
PRODUCTS = [Product(str(number), number, f"第{number}号", 100, None, 1, "") for number in range(1, 9)]
COMMANDS: list[Command] = [
    *(ShowCard(product.product_id) for product in PRODUCTS),
    HideCard(),
    GoLive(),
    PauseLive(),
    ResumeLive(),
]
HOST = Actor("host", Role.HOST)
GUEST = Actor("guest", Role.VIEWER)


class Disk:
    def __init__(self) -> None:
        self.facts = Facts()

    async def keep(self, facts: Facts, now_ms: int, told: Sequence[Reliable]) -> None:
        self.facts = facts


class Viewer:
    """A client that applies what it hears and checks that the numbers have neither gap nor double."""

    def __init__(self) -> None:
        self.epoch, self.seq = "", 0
        self.live: Live | None = None
        self.card: Card | None = None
        self.line: FakeLine | None = None
        self.read = 0
        self.resumed = self.snapshots = 0

    def join(self, room: Room) -> None:
        self.line, self.read = FakeLine(), 0
        session = Session(GUEST, room)
        for action in session.receive(encode(Join(self.epoch, self.seq)), 0):
            if isinstance(action, Send):
                self.line.send(action.prepared)
            elif isinstance(action, Subscribe):
                room.enter(self.line, GUEST)

    def lose(self, room: Room) -> None:
        """The line breaks: what was on its way and not read is gone."""
        if self.line is not None:
            room.leave(self.line, GUEST)
            self.line = None

    def listen(self, count: int | None = None) -> None:
        if self.line is None:
            return
        fresh = self.line.messages[self.read :][:count]
        self.read += len(fresh)
        for message in fresh:
            if isinstance(message, Snapshot):
                self.snapshots += 1
                self.epoch, self.seq = message.epoch, message.seq
                self.live, self.card = message.live, message.card
            elif isinstance(message, Reliable):
                self.resumed += 1
                assert message.seq == self.seq + 1, f"expected {self.seq + 1}, got {message.seq}"
                self.seq = message.seq
                self._apply(message.event)

    def _apply(self, event: ReliableEvent) -> None:
        match event:
            case CardShown(card=card):
                self.card = card
            case CardHidden():
                self.card = None
            case LiveChanged(live=live):
                self.live = live


class Theatre:
    """A room that can be started again on the same disk."""

    def __init__(self) -> None:
        self.disk = Disk()
        self.restarts = 0
        self.sessions = 0
        self.room = self._open()

    def _open(self) -> Room:
        state = RoomState(
            Catalog(PRODUCTS),
            new_session_id=self._session_id,
            facts=restored(self.disk.facts, last_alive_ms=0),
        )
        epoch = f"epoch-{self.restarts}"
        return Room(
            "main", "直播间", state=state, keeper=self.disk, history=History(epoch), clock_ms=lambda: 0
        )

    def _session_id(self) -> str:
        self.sessions += 1
        return f"session-{self.sessions}"

    def restart(self) -> None:
        self.restarts += 1
        self.room = self._open()


@pytest.mark.parametrize("seed", [1, 2])
async def test_after_any_chaos_every_viewer_knows_what_the_room_knows(seed: int) -> None:
    random = Random(seed)
    theatre, viewers = Theatre(), [Viewer() for _ in range(20)]
    for _ in range(RESTARTS):
        await _act(theatre, viewers, random, steps=STEPS // RESTARTS)
        for viewer in viewers:
            viewer.line = None
        theatre.restart()
    await _act(theatre, viewers, random, steps=50)
    truth = theatre.room.snapshot()
    for viewer in viewers:
        assert (viewer.epoch, viewer.seq) == (truth.epoch, truth.seq)
        assert (viewer.live, viewer.card) == (truth.live, truth.card)
    assert sum(viewer.resumed for viewer in viewers) > 50_000
    assert all(viewer.snapshots >= 2 for viewer in viewers)


async def _act(theatre: Theatre, viewers: list[Viewer], random: Random, steps: int) -> None:
    """Let chance decide for so many steps; at the end everybody is in the room and has read all."""
    room = theatre.room
    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(room.run())
        for _ in range(steps):
            viewer, chance = random.choice(viewers), random.random()
            if chance < 0.5:
                await room.execute(random.choice(COMMANDS), HOST)
            elif chance < 0.55:
                room.publisher_changed(is_publishing=random.random() < 0.5)
            elif chance < 0.75:
                viewer.listen(random.randrange(4))
            elif viewer.line is None:
                viewer.join(room)
            else:
                viewer.lose(room)
        for viewer in viewers:
            if viewer.line is None:
                viewer.join(room)
        await _quiet(room)
        work.cancel()
    for viewer in viewers:
        viewer.listen()


async def _quiet(room: Room) -> None:
    probe = FakeLine()
    room.enter(probe, HOST)
    await room.execute(HideCard(), HOST)
    await room.execute(ShowCard("1"), HOST)
    last = Reliable(room.snapshot().seq, CardShown(Card(PRODUCTS[0], 0)))
    async with asyncio.timeout(5):
        while last not in probe.messages:
            probe.arrival.clear()
            await probe.arrival.wait()
    room.leave(probe, HOST)
