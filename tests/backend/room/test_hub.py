import asyncio

import pytest
from typing_extensions import override

from backend.contract.cards import CardHidden
from backend.contract.live import Presence, PresenceChanged
from backend.contract.protocol import Reliable, Sampled
from backend.room.frames import Prepared, prepare
from backend.room.hub import (
    CHUNK,
    CUT_AFTER_S,
    CUT_BYTES,
    SKIP_SAMPLED_BYTES,
    Hub,
    Lane,
)
from backend.room.line import Coding
from tests.backend.room.lines import FakeLine

SAMPLED = prepare(Sampled([PresenceChanged(Presence(1, 1))]))
TOTALS = prepare(Sampled([PresenceChanged(Presence(7, 7))]))


def reliable(seq: int) -> Prepared:
    return prepare(Reliable(seq, CardHidden()))


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Wire(FakeLine):
    """A line that takes ready frames; a test says how much the client has still room for."""

    def __init__(self, fd: int, coding: Coding) -> None:
        super().__init__()
        self._fd = fd
        self.fd: int | None = fd
        self.coding = coding
        self.frames: list[bytes] = []
        self.room_bytes = 1 << 40

    @override
    def send(self, prepared: Prepared) -> None:
        super().send(prepared)
        self._hold(len(prepared.payload))

    def write(self, frame: bytes) -> int:
        if not self.room_bytes:
            raise BlockingIOError
        taken = min(self.room_bytes, len(frame))
        self.room_bytes -= taken
        self.frames.append(frame if taken == len(frame) else frame[:taken])
        return taken

    def finish(self, frame: bytes, taken: int) -> None:
        self.frames[-1] += frame[taken:]
        self._hold(len(frame) - taken)

    def retire(self) -> None:
        self.fd = None

    def catch_up(self) -> None:
        self.room_bytes, self.waiting_bytes, self.fd = 1 << 40, 0, self._fd

    def _hold(self, size: int) -> None:
        if not self.room_bytes:
            self.waiting_bytes += size
            self.fd = None


class Wires:
    """The sockets of a test's lines."""

    def __init__(self) -> None:
        self._wires: list[Wire] = []

    def open(self, coding: Coding = Coding.PLAIN) -> Wire:
        self._wires.append(Wire(len(self._wires), coding))
        return self._wires[-1]

    def write(self, fd: int, frame: bytes) -> int:
        return self._wires[fd].write(frame)


@pytest.fixture
def wires() -> Wires:
    return Wires()


@pytest.fixture
def hub(clock: Clock, wires: Wires) -> Hub:
    return Hub(clock, wires.write)


async def test_everybody_gets_the_very_same_bytes(hub: Hub) -> None:
    lines = [FakeLine(), FakeLine()]
    for line in lines:
        hub.subscribe(line)
    hub.publish(reliable(1), Lane.RELIABLE)
    await hub.drain()
    assert lines[0].sent[0] is lines[1].sent[0]
    assert lines[0].messages == [Reliable(1, CardHidden())]


async def test_who_left_gets_no_more_and_leaving_twice_is_fine(hub: Hub) -> None:
    line = FakeLine()
    hub.subscribe(line)
    hub.unsubscribe(line)
    hub.unsubscribe(line)
    hub.publish(reliable(1), Lane.RELIABLE)
    await hub.drain()
    assert line.sent == []
    assert len(hub) == 0


async def test_who_subscribes_after_an_event_was_published_does_not_get_it_twice(hub: Hub) -> None:
    hub.publish(reliable(1), Lane.RELIABLE)
    late = FakeLine()
    hub.subscribe(late)
    hub.publish(reliable(2), Lane.RELIABLE)
    await hub.drain()
    assert late.messages == [Reliable(2, CardHidden())]


async def test_a_large_room_is_served_in_chunks_in_order_and_others_get_their_turn(hub: Hub) -> None:
    lines = [FakeLine() for _ in range(2 * CHUNK + 1)]
    for line in lines:
        hub.subscribe(line)
    hub.publish(reliable(1), Lane.RELIABLE)
    hub.publish(reliable(2), Lane.RELIABLE)
    draining = asyncio.get_running_loop().create_task(hub.drain())
    await asyncio.sleep(0)
    assert [len(line.sent) for line in (lines[0], lines[CHUNK - 1], lines[CHUNK])] == [1, 1, 0]
    # An event that is published between two chunks comes after those that wait.
    hub.publish(reliable(3), Lane.RELIABLE)
    await draining
    expected = [Reliable(seq, CardHidden()) for seq in (1, 2, 3)]
    assert all(line.messages == expected for line in lines)


async def test_the_room_is_served_while_it_runs(hub: Hub) -> None:
    line = FakeLine()
    hub.subscribe(line)
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(hub.run())
        for seq in (1, 2):
            hub.publish(reliable(seq), Lane.RELIABLE)
            await line.arrival.wait()
            line.arrival.clear()
        serving.cancel()


async def test_a_slow_client_misses_what_may_be_missed_and_gets_what_may_not(hub: Hub) -> None:
    slow = FakeLine()
    hub.subscribe(slow)
    slow.waiting_bytes = SKIP_SAMPLED_BYTES + 1
    hub.publish(SAMPLED, Lane.SAMPLED)
    hub.publish(reliable(1), Lane.RELIABLE)
    await hub.drain()
    assert slow.messages == [Reliable(1, CardHidden())]
    slow.waiting_bytes = SKIP_SAMPLED_BYTES
    hub.publish(SAMPLED, Lane.SAMPLED)
    await hub.drain()
    assert len(slow.sent) == 2


async def test_who_missed_something_is_told_the_totals_once_when_there_is_room_again(hub: Hub) -> None:
    slow, quick, gone = FakeLine(), FakeLine(), FakeLine()
    for line in (slow, quick, gone):
        hub.subscribe(line)
    slow.waiting_bytes = gone.waiting_bytes = SKIP_SAMPLED_BYTES + 1
    hub.publish(SAMPLED, Lane.SAMPLED)
    await hub.drain()
    hub.unsubscribe(gone)
    assert hub.has_stale
    hub.refresh(TOTALS)
    await hub.drain()
    assert slow.sent == []
    assert hub.has_stale

    slow.waiting_bytes = 0
    hub.refresh(TOTALS)
    await hub.drain()
    assert (slow.sent, quick.sent, gone.sent) == ([TOTALS], [SAMPLED], [])
    assert not hub.has_stale


async def test_totals_come_after_what_was_published_before_them(hub: Hub) -> None:
    line = FakeLine()
    hub.subscribe(line)
    hub.mark_all_stale()
    hub.publish(SAMPLED, Lane.SAMPLED)
    hub.refresh(TOTALS)
    await hub.drain()
    assert line.sent == [SAMPLED, TOTALS]


async def test_a_client_with_too_much_waiting_is_cut_and_the_others_are_not(hub: Hub) -> None:
    slow, good = FakeLine(), FakeLine()
    hub.subscribe(slow)
    hub.subscribe(good)
    slow.waiting_bytes = CUT_BYTES + 1
    hub.publish(reliable(1), Lane.RELIABLE)
    await hub.drain()
    assert slow.cut_with == (1013, "too slow; come back and resume")
    assert slow.sent == []
    assert len(good.sent) == 1
    assert (len(hub), hub.cut_count) == (1, 1)


async def test_a_client_that_stays_behind_for_ten_seconds_is_cut_in_a_quiet_room_too(
    hub: Hub, clock: Clock
) -> None:
    slow = FakeLine()
    hub.subscribe(slow)
    slow.waiting_bytes = 1
    hub.cut_the_slow()
    clock.now_s = CUT_AFTER_S
    hub.cut_the_slow()
    assert not slow.is_cut
    clock.now_s += 0.001
    hub.cut_the_slow()
    assert slow.is_cut


async def test_a_client_that_catches_up_has_ten_seconds_again(hub: Hub, clock: Clock) -> None:
    line = FakeLine()
    hub.subscribe(line)
    for now_s, waiting in ((0.0, 9), (9.0, 0), (11.0, 9), (20.0, 9)):
        clock.now_s, line.waiting_bytes = now_s, waiting
        hub.cut_the_slow()
    assert not line.is_cut


async def tell(hub: Hub, size: int, lane: Lane = Lane.RELIABLE) -> Prepared:
    prepared = Prepared(b"x" * size)
    hub.publish(prepared, lane)
    await hub.drain()
    return prepared


async def test_who_has_nothing_waiting_gets_the_shared_frame_itself(hub: Hub, wires: Wires) -> None:
    plain, deflated = wires.open(), wires.open(Coding.DEFLATED)
    for line in (plain, deflated):
        hub.subscribe(line)
    told = await tell(hub, 1000)
    assert plain.frames[0] is told.frame
    assert deflated.frames[0] is told.deflated_frame


async def test_a_plain_audience_costs_no_compression(hub: Hub, wires: Wires) -> None:
    hub.subscribe(wires.open())
    told = await tell(hub, 1000)
    assert "deflated_frame" not in vars(told)


async def test_a_frame_that_was_half_taken_is_sent_to_its_end_whatever_its_lane(
    hub: Hub, wires: Wires
) -> None:
    line = wires.open()
    hub.subscribe(line)
    line.room_bytes = 400
    told = await tell(hub, SKIP_SAMPLED_BYTES * 2, Lane.SAMPLED)
    assert line.frames == [told.frame]
    await tell(hub, 1000, Lane.SAMPLED)
    assert line.sent == []
    assert hub.has_stale


async def test_a_frame_that_was_not_taken_at_all_waits_in_the_line(hub: Hub, wires: Wires) -> None:
    line = wires.open()
    hub.subscribe(line)
    line.room_bytes = 0
    told = [await tell(hub, 1000), await tell(hub, 1000)]
    assert line.frames == []
    assert line.sent == told


async def test_who_has_no_bare_socket_is_sent_the_message_itself(hub: Hub, wires: Wires) -> None:
    line = wires.open()
    line.retire()
    hub.subscribe(line)
    told = [await tell(hub, 1000), await tell(hub, 1000, Lane.SAMPLED)]
    assert (line.frames, line.sent) == ([], told)


async def test_who_stops_reading_holds_no_more_than_the_limits(hub: Hub, wires: Wires) -> None:
    slow = wires.open()
    hub.subscribe(slow)
    slow.room_bytes = 0
    for _ in range(2000):
        await tell(hub, 1000, Lane.SAMPLED)
    assert SKIP_SAMPLED_BYTES < slow.waiting_bytes <= SKIP_SAMPLED_BYTES + 1000
    for _ in range(2000):
        await tell(hub, 1000)
    assert slow.is_cut
    assert slow.waiting_bytes <= CUT_BYTES + 1000
    assert hub.cut_count == 1


async def test_who_holds_something_back_of_which_the_hub_sent_nothing_is_cut_too(
    hub: Hub, clock: Clock, wires: Wires
) -> None:
    slow, good = wires.open(), wires.open()
    for line in (slow, good):
        hub.subscribe(line)
    slow.room_bytes = 0
    slow.send(Prepared(b"an answer"))
    hub.cut_the_slow()
    clock.now_s = CUT_AFTER_S + 0.001
    hub.cut_the_slow()
    assert (slow.is_cut, good.is_cut) == (True, False)


async def test_who_catches_up_gets_ready_frames_again(hub: Hub, clock: Clock, wires: Wires) -> None:
    line = wires.open()
    hub.subscribe(line)
    line.room_bytes = 0
    await tell(hub, 1000)
    line.catch_up()
    told = await tell(hub, 1000)
    assert line.frames == [told.frame]
    hub.cut_the_slow()
    clock.now_s = CUT_AFTER_S + 1
    line.room_bytes = 0
    await tell(hub, 1000)
    hub.cut_the_slow()
    assert not line.is_cut


async def test_nothing_is_written_to_who_left_while_a_message_goes_round(hub: Hub, wires: Wires) -> None:
    lines = [wires.open() for _ in range(CHUNK + 1)]
    for line in lines:
        hub.subscribe(line)
    hub.publish(Prepared(b"late"), Lane.RELIABLE)
    draining = asyncio.get_running_loop().create_task(hub.drain())
    await asyncio.sleep(0)
    hub.unsubscribe(lines[-1])
    await draining
    assert lines[0].frames == [Prepared(b"late").frame]
    assert (lines[-1].frames, lines[-1].sent) == ([], [])


async def test_a_tick_looks_at_the_clients_once_a_second(hub: Hub, clock: Clock) -> None:
    slow = FakeLine()
    hub.subscribe(slow)
    slow.waiting_bytes = CUT_BYTES + 1
    clock.now_s = 0.9
    hub.tick()
    assert not slow.is_cut
    clock.now_s = 1.0
    hub.tick()
    assert slow.is_cut
