import asyncio
import contextlib

from studio.engine.media import MasterClock
from studio.engine.publish.encoder import VIDEO_RATE, EncodedPicture
from studio.engine.publish.send_queue import QUEUED_PICTURES_MAX, SendQueue
from studio.engine.publish.stream import OutgoingStream, WallClock
from tests.studio.engine.publish.test_stream import started


class Queue:
    """A queue on its own, with a clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0
        self.asked = 0
        clock = MasterClock(lambda: self.now)
        stream = OutgoingStream(VIDEO_RATE, WallClock(clock, lambda: 0.0))
        self.port = started(stream)
        self.queue = SendQueue("m", stream, clock, self._ask)

    def _ask(self) -> None:
        self.asked += 1

    def put(self, mark: bytes, *, is_keyframe: bool = False) -> None:
        self.queue.put(EncodedPicture(mark, [mark], 0, is_keyframe, (360, 640)))

    async def flush(self) -> list[bytes]:
        """Send all that waits, and say what was sent so far."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.05):  # enough for what waits: nothing here takes time
                await self.queue.run()
        return [packet.payload for packet in self.port.packets]


async def test_pictures_go_out_in_order_from_the_first_keyframe_on() -> None:
    queue = Queue()
    queue.put(b"a")
    queue.put(b"b", is_keyframe=True)
    queue.put(b"c")
    assert await queue.flush() == [b"b", b"c"]
    assert (queue.queue.sent, queue.queue.dropped, queue.asked) == (2, 1, 0)


async def test_where_too_many_wait_the_rest_is_dropped_until_the_next_keyframe() -> None:
    queue = Queue()
    queue.put(b"0", is_keyframe=True)
    for index in range(1, QUEUED_PICTURES_MAX + 2):
        queue.put(b"%d" % index)
    assert queue.asked == 1
    assert len(await queue.flush()) == QUEUED_PICTURES_MAX
    queue.put(b"refers to one that is not there")
    queue.put(b"new", is_keyframe=True)
    assert (await queue.flush())[QUEUED_PICTURES_MAX:] == [b"new"]
    assert queue.queue.dropped == 3


async def test_the_figures_are_those_of_the_last_second() -> None:
    queue = Queue()
    queue.put(b"x" * 125, is_keyframe=True)
    queue.put(b"x" * 125)
    await queue.flush()
    stats = queue.queue.stats()
    assert (stats.rid, stats.width, stats.height, stats.fps, stats.kbps) == ("m", 360, 640, 2, 2.0)
    queue.now += 1.5
    assert queue.queue.stats().fps == 0
