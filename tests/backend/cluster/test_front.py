"""A room's front against an owner that a test plays: what it tells its connections, whatever gets lost."""

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from backend.cluster import front
from backend.cluster.front import COME_BACK, RoomFront
from backend.cluster.messages import (
    Admit,
    AskAdmits,
    AskSnapshot,
    Attach,
    AttachAgain,
    Attached,
    CutLine,
    Dismiss,
    Down,
    DownMessage,
    Execute,
    Executed,
    FanoutBatch,
    Noticed,
    OwnerChanged,
    Publishing,
    Snapped,
    ToLine,
    UpMessage,
    decode_up,
    down_subject,
    encode,
    owner_subject,
)
from backend.contract.base import Author, RejectReason, Role
from backend.contract.cards import CardHidden, HideCard
from backend.contract.chat import Danmu, DanmuSent, PaidDanmuSent
from backend.contract.erasing import PersonErased
from backend.contract.live import Live, LivePhase, Presence
from backend.contract.protocol import Pong, Reliable, Sampled, Snapshot
from backend.contract.protocol import encode as encode_message
from backend.contract.stream import StreamCondition
from backend.contract.totals import totals_of
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.features.live.live import RecordConditions, RecordPublisher
from backend.room.frames import prepare
from tests.backend.cluster.memory_bus import MemoryBus
from tests.backend.room.lines import FakeLine

ANNA = Actor("anna", Role.VIEWER)


def snapshot(epoch: str, seq: int) -> Snapshot:
    return Snapshot(epoch, seq, "直播间", Live(LivePhase.PREVIEW), None, Presence(0, 0))


def event(seq: int) -> bytes:
    return encode_message(Reliable(seq, CardHidden()))


class Owner:
    """The owner's end of the streams, by hand."""

    def __init__(self) -> None:
        self.bus = MemoryBus()
        self.front = RoomFront("main", "node1", self.bus)
        self.term, self._number = 1, 0

    def say(self, *messages: DownMessage) -> None:
        for message in messages:
            self._number = 0 if isinstance(message, Attached) else self._number + 1
            self.bus.send(down_subject("main", "node1"), encode(Down(self.term, self._number, message)))
        self.bus.deliver()

    def lose(self, message: DownMessage) -> None:
        self._number += 1
        del message

    def heard(self) -> list[UpMessage]:
        return [decode_up(payload).message for _subject, payload in self.bus.take()]

    async def settle(self) -> None:
        """Let the front's fan-out do its work."""
        await self.front._hub.drain()


@pytest.fixture
async def owner() -> AsyncIterator[Owner]:
    owner = Owner()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(owner.front.run())
        await owner.bus.has_sent.wait()
        assert owner.heard() == [Attach(1, "", 0)]
        owner.say(Attached(1, 1, snapshot("e", 2), ""), FanoutBatch([event(1), event(2)]))
        yield owner
        running.cancel()


def enter(owner: Owner, actor: Actor = ANNA) -> FakeLine:
    line = FakeLine()
    owner.bus.take()
    owner.front.enter(line, actor)
    return line


async def test_events_and_private_words_reach_the_connections_they_are_for(owner: Owner) -> None:
    line, other = enter(owner), enter(owner)
    (admitted,) = owner.heard()
    assert isinstance(admitted, Admit)
    pong = encode_message(Pong(1.0, 2))
    owner.say(FanoutBatch([event(3)]), ToLine(admitted.line_id, pong))
    await owner.settle()
    assert [len(one.sent) for one in (line, other)] == [1, 2]
    owner.say(CutLine(admitted.line_id, 4403, "blocked"))
    assert (line.cut_with, other.cut_with) == (None, (4403, "blocked"))


async def test_who_was_away_resumes_on_this_node_from_what_others_were_told(owner: Owner) -> None:
    missed = owner.front.missed("e", 1)
    assert missed is not None
    assert [one.payload for one in missed] == [event(2)]


async def test_a_newcomer_gets_the_snapshot_and_what_was_told_since(owner: Owner) -> None:
    sampled = encode_message(Sampled([]))
    owner.say(FanoutBatch([event(3), sampled]))
    assert owner.front.snapshot().seq == 2
    assert [one.payload for one in owner.front.since_snapshot()] == [event(3), sampled]


async def test_after_a_lost_message_it_begins_anew_and_nothing_is_missed_or_doubled(owner: Owner) -> None:
    line = enter(owner)
    owner.bus.take()
    owner.lose(FanoutBatch([event(3)]))
    owner.say(FanoutBatch([event(4)]))
    assert owner.heard() == [Attach(2, "e", 2)]
    owner.say(Attached(2, 3, snapshot("e", 4), ""), FanoutBatch([event(3), event(4)]))
    await owner.settle()
    assert [one.payload for one in line.sent] == [event(3), event(4)]
    assert not line.is_cut


async def test_a_new_owner_hears_who_is_here_and_the_old_one_is_not_listened_to(owner: Owner) -> None:
    line = enter(owner)
    owner.front.report(RecordPublisher(is_publishing=True))
    owner.bus.send(owner_subject("main"), encode(OwnerChanged(2)))
    owner.bus.deliver()
    owner.term = 2
    owner.say(Attached(2, 3, snapshot("e", 2), "node7"))
    owner.term = 1
    owner.say(FanoutBatch([event(3)]))
    await owner.settle()
    assert line.sent == []
    assert owner.front.media_node == "node7"


async def test_a_new_owner_is_told_of_connections_and_of_the_stream(owner: Owner) -> None:
    enter(owner)
    owner.front.report(RecordPublisher(is_publishing=True))
    owner.front.report(RecordConditions([StreamCondition.NO_VIDEO]))
    owner.bus.take()
    owner.bus.send(down_subject("main", "node1"), encode(Down(2, 0, Attached(1, 3, snapshot("e", 2), ""))))
    owner.bus.deliver()
    messages = owner.heard()
    assert [type(one) for one in messages] == [Admit, Publishing, Noticed]
    assert messages[1:] == [Publishing(is_publishing=True), Noticed([StreamCondition.NO_VIDEO])]
    owner.front.report(RecordConditions([]))
    assert owner.heard()[-1] == Noticed([])


async def test_who_can_not_be_told_what_was_missed_is_sent_away_to_come_back(owner: Owner) -> None:
    line = enter(owner)
    owner.say(Attached(1, 51, snapshot("e", 60), ""))
    assert line.cut_with is not None
    assert line.cut_with[0] == COME_BACK


async def test_a_command_is_answered_by_the_owner_or_refused_when_it_falls_silent(owner: Owner) -> None:
    owner.bus.take()
    async with asyncio.TaskGroup() as tasks:
        answer = tasks.create_task(owner.front.execute(HideCard(), ANNA))
        await asyncio.sleep(0)
        (asked,) = owner.heard()
        assert isinstance(asked, Execute)
        owner.say(Executed(asked.call_id, Rejection(RejectReason.FORBIDDEN)))
        assert await answer == Rejection(RejectReason.FORBIDDEN)
        again = tasks.create_task(owner.front.execute(HideCard(), ANNA))
        await asyncio.sleep(0)
        owner.bus.send(owner_subject("main"), encode(OwnerChanged(2)))
        owner.bus.deliver()
        rejection = await again
    assert rejection is not None
    assert rejection.reason is RejectReason.UNAVAILABLE


async def test_who_was_put_out_may_not_buy_and_while_no_owner_says_so_everybody_may(owner: Owner) -> None:
    owner.bus.take()
    async with asyncio.TaskGroup() as tasks:
        answer = tasks.create_task(owner.front.may_buy(ANNA))
        await asyncio.sleep(0)
        (asked,) = owner.heard()
        assert isinstance(asked, AskAdmits)
        assert asked.is_to_buy
        owner.say(Executed(asked.call_id, Rejection(RejectReason.FORBIDDEN)))
        assert not await answer
        again = tasks.create_task(owner.front.may_buy(ANNA))
        await asyncio.sleep(0)
        owner.bus.send(owner_subject("main"), encode(OwnerChanged(2)))
        owner.bus.deliver()
        assert await again


async def test_a_command_carries_when_this_node_received_it(owner: Owner) -> None:
    owner.heard()
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(owner.front.execute(HideCard(), ANNA, 77))
        await asyncio.sleep(0)
        [sent] = [one for one in owner.heard() if isinstance(one, Execute)]
        assert (sent.command, sent.received_at_ms) == (HideCard(), 77)
        owner.say(Executed(sent.call_id, None))
        assert await asking is None


async def test_a_command_that_waits_for_an_owner_is_sent_to_the_new_one_and_answered_by_it(
    owner: Owner,
) -> None:
    owner.bus.send(owner_subject("main"), encode(OwnerChanged(2)))
    owner.bus.deliver()
    async with asyncio.TaskGroup() as tasks:
        answer = tasks.create_task(owner.front.execute(HideCard(), ANNA))
        await asyncio.sleep(0)
        owner.bus.send(owner_subject("main"), encode(OwnerChanged(3)))  # it did not last
        owner.bus.deliver()
        owner.term = 3
        owner.say(Attached(3, 3, snapshot("e", 2), ""))
        await asyncio.sleep(0)
        (asked,) = [one for one in owner.heard() if isinstance(one, Execute)]
        owner.say(Executed(asked.call_id, None))
        assert await answer is None


async def test_asked_to_attach_again_by_every_message_that_was_lost_it_does_so_once(owner: Owner) -> None:
    owner.bus.take()
    for _ in range(3):
        owner.bus.send(down_subject("main", "node1"), encode(Down(1, 0, AttachAgain())))
    owner.bus.deliver()
    assert owner.heard() == [Attach(2, "e", 2)]


async def test_an_answer_to_an_older_question_begins_nothing(owner: Owner) -> None:
    line = enter(owner)
    owner.bus.send(owner_subject("main"), encode(OwnerChanged(2)))
    owner.bus.deliver()
    owner.term = 2
    owner.say(Attached(1, 3, snapshot("e", 2), "node7"), FanoutBatch([event(3)]))
    await owner.settle()
    assert (line.sent, owner.front.media_node) == ([], "")
    owner.say(Attached(2, 3, snapshot("e", 2), "node8"), FanoutBatch([event(3)]))
    await owner.settle()
    assert len(line.sent) == 1
    assert owner.front.media_node == "node8"


async def test_while_nobody_answers_it_asks_the_same_and_anew_only_when_an_answer_may_be_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(front, "BEAT_S", 0.001)
    owner = Owner()
    asks: list[int] = []
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(owner.front.run())
        async with asyncio.timeout(5):
            while len(asks) < 5:
                owner.bus.has_sent.clear()
                await owner.bus.has_sent.wait()
                asks += [one.ask for one in owner.heard() if isinstance(one, Attach)]
            assert set(asks) == {1}
            monkeypatch.setattr(front, "ASK_ANEW_AFTER_S", 0.0)
            while asks[-1] == 1:
                owner.bus.has_sent.clear()
                await owner.bus.has_sent.wait()
                asks += [one.ask for one in owner.heard() if isinstance(one, Attach)]
        running.cancel()


async def test_who_resumed_here_is_told_the_totals_by_the_next_snapshot(owner: Owner) -> None:
    resumed, other = enter(owner), enter(owner)
    owner.front.refresh(resumed)
    owner.say(FanoutBatch([event(3)]), Snapped(snapshot("e", 3)))
    await owner.settle()
    assert [one.payload for one in other.sent] == [event(3)]
    assert [one.payload for one in resumed.sent] == [event(3), prepare(totals_of(snapshot("e", 3))).payload]
    owner.say(Snapped(snapshot("e", 3)))
    await owner.settle()
    assert len(resumed.sent) == 2


async def test_after_a_lost_message_all_here_are_told_the_totals(owner: Owner) -> None:
    line = enter(owner)
    owner.lose(FanoutBatch([encode_message(Sampled([]))]))
    owner.say(FanoutBatch([event(3)]))
    owner.say(Attached(2, 3, snapshot("e", 3), ""), FanoutBatch([event(3)]), Snapped(snapshot("e", 3)))
    await owner.settle()
    assert [one.payload for one in line.sent] == [event(3), prepare(totals_of(snapshot("e", 3))).payload]


async def test_a_front_asks_for_the_totals_for_as_long_as_a_viewer_missed_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(front, "SNAPSHOT_EVERY_S", 0.001)
    owner = Owner()
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(owner.front.run())
        await owner.bus.has_sent.wait()
        owner.say(Attached(1, 1, snapshot("e", 0), ""))
        line = enter(owner)
        owner.front.refresh(line)
        async with asyncio.timeout(5):
            while AskSnapshot() not in owner.heard():
                owner.bus.has_sent.clear()
                await owner.bus.has_sent.wait()
        running.cancel()


async def test_who_leaves_is_counted_out(owner: Owner) -> None:
    line = enter(owner)
    owner.front.leave(line, ANNA)
    assert [type(one) for one in owner.heard()] == [Admit, Dismiss]


async def test_a_front_forgets_who_was_erased_in_all_that_it_tells_on(owner: Owner) -> None:
    anna = Author("anna", "Anna", Role.VIEWER, is_follower=False)
    danmu = Danmu(1, anna, "I am Anna", 5, None, coins=1)
    seen = msgspec.structs.replace(snapshot("e", 3), danmu=[danmu])
    paid = encode_message(Reliable(3, PaidDanmuSent([danmu])))
    said = encode_message(Sampled([DanmuSent([danmu], 1)]))
    owner.say(FanoutBatch([paid]), Snapped(seen), FanoutBatch([said]))
    owner.say(FanoutBatch([encode_message(Reliable(4, PersonErased("anna")))]))
    missed = owner.front.missed("e", 2)
    assert missed is not None
    told = [one.payload for one in (*missed, *owner.front.since_snapshot())]
    assert len(told) == 4
    assert not [payload for payload in told if b"Anna" in payload]
    assert "Anna" not in encode_message(owner.front.snapshot()).decode()


async def test_a_silent_viewer_is_dismissed_here_and_admitted_again_when_heard(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, line = [False], enter(owner)
    (admitted,) = owner.heard()
    assert isinstance(admitted, Admit)
    heartbeats = owner.front._heartbeats
    monkeypatch.setattr(heartbeats, "_clock_ms", lambda: 20_000 if silent[0] else 0)
    owner.front.hear(line, ANNA)
    heartbeats.fall_silent()
    silent[0] = True
    monkeypatch.setattr(heartbeats, "_excused_ms", -20_000)
    owner.front._fall_silent()
    assert owner.heard() == [Dismiss(admitted.line_id)]

    owner.say(AttachAgain())
    (attach,) = owner.heard()
    assert isinstance(attach, Attach)
    owner.say(Attached(attach.ask, 3, snapshot("e", 2), ""))
    assert not [one for one in owner.heard() if isinstance(one, Admit)]
    owner.front.hear(line, ANNA)
    assert [one for one in owner.heard() if isinstance(one, Admit)] == [admitted]
    owner.front.leave(line, ANNA)
    assert owner.heard() == [Dismiss(admitted.line_id)]
