import asyncio

import pytest

from backend.egress.messages import FragmentMade, InitMade
from backend.egress.room_stream import MOST_WAITING_BYTES, SERVICE_RESTART, RoomStream, Viewer
from backend.room.frames import Prepared


class MemoryLine:
    """A line that keeps what is sent, and never reads by itself."""

    has_work = False

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.waiting_bytes = 0
        self.codes: list[int] = []

    @property
    def is_cut(self) -> bool:
        return bool(self.codes)

    def send(self, prepared: Prepared) -> None:
        assert not prepared.is_text
        self.sent.append(prepared.payload)

    def cut(self, code: int, _reason: str) -> None:
        self.codes.append(code)

    async def run(self) -> None:
        """Nothing to do."""


def fragment(name: str, *, is_key: bool = False) -> FragmentMade:
    return FragmentMade(name.encode(), is_key, 0, 9000)


def play(stream: RoomStream, names: str) -> None:
    """Fragments by their names; capital letters are keyframes."""
    for name in names:
        stream.on_made(fragment(name, is_key=name.isupper()))


def join(stream: RoomStream) -> MemoryLine:
    line = MemoryLine()
    stream.join(Viewer(line))
    return line


@pytest.fixture
def stream() -> RoomStream:
    stream = RoomStream()
    stream.on_made(InitMade(b"init"))
    return stream


def test_who_comes_late_begins_at_the_last_keyframe_at_once(stream: RoomStream) -> None:
    play(stream, "AbcDef")
    line = join(stream)
    assert line.sent == [b"init", b"D", b"e", b"f"]
    play(stream, "gH")
    assert line.sent[4:] == [b"g", b"H"]


def test_who_comes_before_the_first_keyframe_begins_with_it(stream: RoomStream) -> None:
    line = join(stream)
    play(stream, "abC")
    assert line.sent == [b"init", b"C"]
    early = RoomStream()
    first = join(early)
    early.on_made(InitMade(b"init"))
    play(early, "Ab")
    assert first.sent == [b"init", b"A", b"b"]


def test_another_init_segment_reaches_all_before_its_fragments(stream: RoomStream) -> None:
    line = join(stream)
    play(stream, "Ab")
    stream.on_made(InitMade(b"other"))
    play(stream, "Cd")
    assert line.sent == [b"init", b"A", b"b", b"other", b"C", b"d"]
    assert join(stream).sent == [b"other", b"C", b"d"]


def test_a_line_that_is_behind_goes_on_from_a_keyframe_and_holds_up_nobody(stream: RoomStream) -> None:
    slow, quick = join(stream), join(stream)
    play(stream, "Ab")
    slow.waiting_bytes = MOST_WAITING_BYTES + 1
    play(stream, "cdE")
    slow.waiting_bytes = 0
    play(stream, "fgHi")
    assert slow.sent == [b"init", b"A", b"b", b"H", b"i"]
    assert quick.sent == [b"init", *(name.encode() for name in "AbcdEfgHi")]


def test_viewers_are_asked_to_come_back_when_the_process_is_gone(stream: RoomStream) -> None:
    line = join(stream)
    play(stream, "Ab")
    stream.end()
    assert line.codes == [SERVICE_RESTART]
    assert join(stream).sent == []


def test_a_stream_is_idle_from_the_last_viewer_or_request_on() -> None:
    now = 0.0
    stream = RoomStream(lambda: now)
    viewer = Viewer(MemoryLine())
    stream.join(viewer)
    now = 100.0
    assert stream.idle_s == 0.0
    stream.leave(viewer)
    now = 110.0
    assert stream.idle_s == 10.0
    stream.touch()
    assert stream.idle_s == 0.0


async def test_the_first_segment_can_be_waited_for(stream: RoomStream) -> None:
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(stream.until_segment())
        await asyncio.sleep(0)
        play(stream, "A" + "b" * 20)
        assert not waiting.done()
        play(stream, "C")
        await waiting
    await stream.until_segment()
