import asyncio
from collections.abc import Callable

import pytest

from backend.egress.egress import Egress
from backend.egress.egress_process import OnMade, OpenTap
from backend.egress.messages import FragmentMade, InitMade
from backend.egress.room_stream import Viewer
from backend.relay.outcomes import RelayProblem
from tests.backend.egress.test_room_stream import MemoryLine

IDLE_S = 0.2


class Source:
    """A relay that has, or has not, a stream."""

    def __init__(self) -> None:
        self.has_stream = True

    async def open_tap(self, room: str, port: int, secret: str) -> RelayProblem | None:
        """Nobody asks."""

    def is_publishing(self, room: str) -> bool:
        return self.has_stream and room == "main"


class Processes:
    """Processes that make a fragment and wait, or fail."""

    def __init__(self) -> None:
        self.running = 0
        self.begun = 0
        self.failure: Exception | None = None
        self.ends = asyncio.Event()

    async def run(self, _room: str, _open_tap: OpenTap, on_made: OnMade) -> None:
        self.begun += 1
        self.running += 1
        try:
            if self.failure is not None:
                raise self.failure
            on_made(InitMade(b"init"))
            on_made(FragmentMade(b"A", True, 0, 9000))  # noqa: FBT003 - its fields in their order
            await self.ends.wait()
        finally:
            self.running -= 1


@pytest.fixture
def processes() -> Processes:
    return Processes()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - what it waits for has no event
            await asyncio.sleep(0.01)


async def test_a_process_begins_with_the_first_viewer_and_ends_after_the_last(processes: Processes) -> None:
    async with Egress(Source(), processes.run, IDLE_S) as egress:
        assert processes.begun == 0
        first, second = Viewer(MemoryLine()), Viewer(MemoryLine())
        stream = egress.stream("main")
        stream.join(first)
        await until(lambda: processes.running)
        egress.stream("main").join(second)
        assert processes.begun == 1
        stream.leave(first)
        await asyncio.sleep(2 * IDLE_S)
        assert processes.running == 1
        stream.leave(second)
        await until(lambda: not processes.running)
        await until(lambda: egress.known("main") is None)
        assert egress.stream("main") is not stream


async def test_a_process_that_ends_or_fails_is_followed_by_another(processes: Processes) -> None:
    async with Egress(Source(), processes.run, 60) as egress:
        line = MemoryLine()
        egress.stream("main").join(Viewer(line))
        await until(lambda: line.sent)
        processes.ends.set()
        await until(lambda: line.codes)
        processes.failure = ValueError("nobody understands it")
        await until(lambda: processes.begun >= 3)
        processes.failure = None
        processes.ends.clear()
        await until(lambda: processes.running)


async def test_no_process_runs_while_nobody_publishes(processes: Processes) -> None:
    source = Source()
    source.has_stream = False
    async with Egress(source, processes.run, 60) as egress:
        assert not egress.is_publishing("main")
        egress.stream("main").join(Viewer(MemoryLine()))
        await asyncio.sleep(0.3)
        assert processes.begun == 0
        source.has_stream = True
        await until(lambda: processes.running)


async def test_all_ends_with_the_egress(processes: Processes) -> None:
    async with Egress(Source(), processes.run, 60) as egress:
        line = MemoryLine()
        egress.stream("main").join(Viewer(line))
        await until(lambda: processes.running)
    assert processes.running == 0
    assert line.codes != []
    assert not egress.is_publishing("main")
