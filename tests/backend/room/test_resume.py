"""Chaos with a seed: lines break, the backend restarts, and nobody misses an event or sees one twice."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import Random

import pytest

from backend.contract.base import Role
from backend.contract.cards import HideCard
from backend.contract.chat import SendDanmu
from backend.contract.protocol import Reliable, Snapshot
from backend.features.deliveries import Rejection
from backend.features.live.live import RecordPublisher
from backend.log.entries import DidModerate, GiftSent, Said
from tests.backend.room.chaos import (
    HOST,
    Theatre,
    Viewer,
    moderator_command,
    show_command,
    totals_by_type,
    viewer_command,
)
from tests.backend.room.lines import FakeLine

STEPS = 20_000
RESTARTS = 40
STEP_MS = 100

Until = Callable[[Theatre, Sequence[Viewer]], Awaitable[None]]


@pytest.mark.parametrize("seed", [1])  # any will do; one takes as long as is bearable
async def test_after_any_chaos_every_viewer_knows_what_the_room_knows(seed: int) -> None:
    random = Random(seed)
    theatre, viewers = Theatre(), [Viewer(f"viewer-{number}") for number in range(20)]
    for _ in range(RESTARTS):
        _agree(theatre, viewers, await _act(theatre, viewers, random, steps=STEPS // RESTARTS))
        for viewer in viewers:
            viewer.line = None
        theatre.restart()
    truth = await _act(theatre, viewers, random, steps=100, until=_settled)
    _agree(theatre, viewers, truth)
    chat = theatre.disk.load()
    for viewer in viewers:
        assert viewer.coins == chat.gifts.wallet(viewer.actor.user_id).coins
        assert not viewer.danmu.keys() & chat.danmu.state.hidden.keys()
    _saw_much(theatre, viewers)


def _agree(theatre: Theatre, viewers: Sequence[Viewer], truth: Snapshot) -> None:
    """Whatever became of their lines: all know what a newcomer is told, and heard of each gift once."""
    sure = [danmu for danmu in truth.danmu if danmu.coins or danmu.author.role is not Role.VIEWER]
    for viewer in viewers:
        assert (viewer.epoch, viewer.seq) == (truth.epoch, truth.seq)
        assert (viewer.live, viewer.card) == (truth.live, truth.card)
        assert (viewer.pinned, viewer.rules) == (truth.pinned, truth.rules)
        assert viewer.combos == theatre.disk.combos_since(viewer.came_at_record)
        for danmu in sure:
            assert danmu.danmu_id <= viewer.came_at_id or viewer.danmu[danmu.danmu_id] == danmu


def _saw_much(theatre: Theatre, viewers: Sequence[Viewer]) -> None:
    """The chaos was one: each kind of thing happened many times, and was told to many."""
    entries = [record.entry for record in theatre.disk.records]
    for kind in (Said, GiftSent, DidModerate):
        assert sum(isinstance(entry, kind) for entry in entries) > 300
    assert sum(viewer.resumed for viewer in viewers) > 50_000
    assert all(viewer.snapshots >= 2 for viewer in viewers)


async def _act(
    theatre: Theatre, viewers: list[Viewer], random: Random, steps: int, until: Until | None = None
) -> Snapshot:
    """Let chance decide for so many steps; at the end everybody is in the room and has read all."""
    room = theatre.room
    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(room.run())
        asked: list[asyncio.Task[Rejection | None]] = []
        for _ in range(steps):
            theatre.now_ms += STEP_MS
            chance = random.random()
            if chance < 0.25:
                await room.execute(show_command(random), HOST)
            elif chance < 0.36:
                command = moderator_command(random, theatre, viewers)
                asked.append(tasks.create_task(room.execute(command, HOST)))
            else:
                asked += _come_and_go(theatre, random.choice(viewers), random, tasks)
        for viewer in viewers:
            if viewer.line is None:
                viewer.join(theatre)
        await asyncio.gather(*asked)  # the shop decides about gifts while the room goes on
        await (until or _quiet)(theatre, viewers)
        truth = room.snapshot()
        work.cancel()
    return truth


def _come_and_go(
    theatre: Theatre, viewer: Viewer, random: Random, tasks: asyncio.TaskGroup
) -> list[asyncio.Task[Rejection | None]]:
    """Let a viewer do something and not wait for it: what comes together is kept together."""
    room, chance = theatre.room, random.random()
    if chance < 0.12:
        return [tasks.create_task(room.execute(viewer_command(random, theatre), viewer.actor))]
    if chance < 0.2:
        room.report(RecordPublisher(is_publishing=random.random() < 0.5))
    elif chance < 0.7:
        viewer.listen(random.randrange(4))
    elif viewer.line is None:
        viewer.join(theatre)
    else:
        viewer.lose(room)
    return []


async def _quiet(theatre: Theatre, viewers: Sequence[Viewer]) -> None:
    """Return when all has left that nobody may miss, and everybody has read it."""
    room, probe = theatre.room, FakeLine()
    room.enter(probe, HOST)
    await room.execute(HideCard(), HOST)
    await room.execute(SendDanmu("说完了"), HOST)
    async with asyncio.timeout(5):
        while True:
            probe.arrival.clear()  # before looking: what comes meanwhile wakes
            heard = max((told.seq for told in probe.messages if isinstance(told, Reliable)), default=0)
            if heard == room.snapshot().seq:
                break
            await probe.arrival.wait()
    room.leave(probe, HOST)
    for viewer in viewers:
        viewer.listen()


async def _settled(theatre: Theatre, viewers: Sequence[Viewer]) -> None:
    """Return when everybody's totals are true too: a second later nothing of them is on its way any more."""
    await _quiet(theatre, viewers)
    theatre.now_ms += 1000
    probe = FakeLine()
    theatre.room.subscribe(probe)
    async with asyncio.timeout(5):
        while not all(viewer.totals == totals_by_type(theatre.room.snapshot()) for viewer in viewers):
            await probe.arrival.wait()
            probe.arrival.clear()
            for viewer in viewers:
                viewer.listen()
    theatre.room.unsubscribe(probe)
