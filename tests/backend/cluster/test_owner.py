"""A room at its owner, against nodes that a test plays."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from backend.cluster.lease import Lease
from backend.cluster.messages import (
    Admit,
    AskAdmits,
    Attach,
    AttachAgain,
    Attached,
    Beat,
    CutLine,
    Down,
    DownMessage,
    Execute,
    Executed,
    FanoutBatch,
    Here,
    MediaMoved,
    Noticed,
    Publishing,
    Up,
    UpMessage,
    decode_down,
    down_subject,
    encode,
    up_subject,
)
from backend.cluster.owner import OwnedRoom
from backend.contract.base import RejectReason, Role
from backend.contract.cards import HideCard
from backend.contract.chat import BlockUser
from backend.contract.protocol import Command
from backend.contract.stream import StreamCondition
from backend.features.actor import Actor, SignOut
from backend.features.deliveries import Rejection
from backend.log.entries import SessionBegan
from backend.room.audience import SIGNED_OUT
from backend.room.history import History
from backend.room.room import Room
from tests.backend.cluster.memory_bus import MemoryBus
from tests.support.log_memory import LogMemory

ANNA = Actor("anna", Role.VIEWER)


class Ownership:
    """An owned room on air, and a node that speaks to it."""

    def __init__(self) -> None:
        self.bus = MemoryBus()
        store = LogMemory(history=[SessionBegan("session-1")])
        self.room = Room("main", "直播间", store=store, history=History("e"), clock_ms=lambda: 0)
        self.owned = OwnedRoom(self.room, Lease("main", "node0", 3, "e"), self.bus)
        self.term, self.sent = 3, 0
        self._seen: list[DownMessage] = []

    def say(self, *messages: UpMessage) -> None:
        for message in messages:
            self.sent = 0 if isinstance(message, Attach) else self.sent + 1
            self.bus.send(up_subject("main"), encode(Up("node1", self.term, self.sent, message)))
        self.bus.deliver()

    async def hears(self, kind: type[DownMessage]) -> DownMessage:
        """Wait until the node is told something of this kind."""
        async with asyncio.timeout(5):
            while True:
                for subject, payload in self.bus.take():
                    if subject == down_subject("main", "node1"):
                        down: Down = decode_down(payload)
                        self._seen.append(down.message)
                found = [one for one in self._seen if isinstance(one, kind)]
                if found:
                    self._seen.remove(found[0])
                    return found[0]
                self.bus.has_sent.clear()
                await self.bus.has_sent.wait()


@asynccontextmanager
async def running(owner: Ownership) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as tasks:
        at_work = tasks.create_task(owner.owned.run())
        await owner.bus.has_sent.wait()
        owner.say(Attach(1, "", 0))
        assert await owner.hears(Attached)
        yield
        at_work.cancel()


@pytest.fixture
async def owner() -> AsyncIterator[Ownership]:
    owner = Ownership()
    async with running(owner):
        yield owner


async def test_a_command_that_fails_inside_is_refused_and_the_room_goes_on(
    owner: Ownership, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_command: Command, _actor: Actor, _at_ms: int | None) -> Rejection | None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(owner.room, "execute", broken)
    owner.say(Execute(1, ANNA, HideCard()))
    assert await owner.hears(Executed) == Executed(1, Rejection(RejectReason.UNAVAILABLE))
    assert "a fault of ours" in caplog.text
    caplog.clear()
    owner.say(AskAdmits(2, ANNA))
    assert await owner.hears(Executed) == Executed(2, None)


async def test_the_room_is_told_when_a_node_received_a_command(
    owner: Ownership, monkeypatch: pytest.MonkeyPatch
) -> None:
    received: list[int | None] = []

    async def execute(_command: Command, _actor: Actor, at_ms: int | None) -> Rejection | None:
        received.append(at_ms)
        return None

    monkeypatch.setattr(owner.room, "execute", execute)
    owner.say(Execute(1, ANNA, HideCard(), 77))
    assert await owner.hears(Executed) == Executed(1, None)
    assert received == [77]


async def test_who_was_put_out_may_come_to_hear_it_and_may_not_buy(owner: Ownership) -> None:
    await owner.room.execute(BlockUser(ANNA.user_id), Actor("host", Role.HOST))
    owner.say(AskAdmits(1, ANNA), AskAdmits(2, ANNA, is_to_buy=True))
    assert await owner.hears(Executed) == Executed(1, None)
    assert await owner.hears(Executed) == Executed(2, Rejection(RejectReason.FORBIDDEN))


async def test_what_the_node_with_the_stream_notices_of_it_is_told_in_the_room(owner: Ownership) -> None:
    owner.say(Noticed([StreamCondition.NO_VIDEO]), Publishing(is_publishing=True))
    assert await owner.hears(MediaMoved) == MediaMoved("node1")
    await owner.room.tick()
    assert owner.room.snapshot().live.conditions == [StreamCondition.NO_VIDEO]
    owner.say(Noticed([]))
    await owner.room.tick()
    assert owner.room.snapshot().live.conditions == []


async def test_who_is_signed_out_on_one_node_is_cut_on_another() -> None:
    owner = Ownership()
    async with running(owner):
        owner.say(Admit(1, ANNA), Admit(2, Actor("bert", Role.VIEWER)), Execute(3, ANNA, SignOut(2)))
        assert await owner.hears(Executed) == Executed(3, None)
        assert await owner.hears(CutLine) == CutLine(1, SIGNED_OUT, "signed out")


async def test_a_missing_number_asks_the_node_to_attach_again(owner: Ownership) -> None:
    owner.sent += 1
    owner.say(Here())
    assert await owner.hears(AttachAgain)


async def test_a_node_that_attaches_again_is_counted_once_and_keeps_its_stream(owner: Ownership) -> None:
    owner.say(Admit(1, ANNA), Publishing(is_publishing=True))
    await owner.hears(FanoutBatch)
    seq = owner.room.snapshot().seq
    owner.say(Attach(2, "e", seq))
    await owner.hears(Attached)
    owner.say(Admit(1, ANNA), Publishing(is_publishing=True))
    await owner.room.tick()
    snapshot = owner.room.snapshot()
    assert (snapshot.presence.viewers, snapshot.live.is_publishing, snapshot.seq) == (1, True, seq)


async def test_what_a_node_asks_twice_is_answered_once_and_its_stream_goes_on(owner: Ownership) -> None:
    owner.say(Admit(1, ANNA))
    sent = owner.sent
    owner.say(Attach(1, "", 0))
    owner.sent = sent
    owner.say(AskAdmits(7, ANNA))
    assert await owner.hears(Executed) == Executed(7, None)
    assert not [one for one in owner._seen if isinstance(one, Attached | AttachAgain)]
    assert owner.room.snapshot().presence.viewers == 1


async def test_a_node_too_far_behind_is_asked_to_attach_again(owner: Ownership) -> None:
    owner.owned._nodes["node1"].line.cut(1013, "too slow; come back and resume")
    assert await owner.hears(AttachAgain)


async def test_a_new_owner_tells_that_no_stream_comes(owner: Ownership) -> None:
    told = await owner.hears(FanoutBatch)
    assert isinstance(told, FanoutBatch)
    assert b'"is_publishing":false' in told.payloads[0]
    assert await owner.hears(Beat)
