"""The fragments of all rooms that somebody watches by HTTP: a process a room, for as long as it is wanted."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Final, Protocol, Self

import msgspec

from backend.egress.egress_process import OnMade, OpenTap, run_egress
from backend.egress.room_stream import RoomStream
from backend.relay.outcomes import RelayProblem

logger = logging.getLogger("livestall.egress")

IDLE_S: Final = 30.0
LOOK_EVERY_S: Final = 0.5
FIRST_PAUSE_S: Final = 0.2
LONGEST_PAUSE_S: Final = 5.0
# A process that lived this long is followed by another one at once.
HEALTHY_S: Final = 10.0


class TapSource(Protocol):
    """What it needs of `RelayClient`."""

    async def open_tap(self, room: str, port: int, secret: str) -> RelayProblem | None:
        """Let the relay send what viewers of a room get to this TCP port on 127.0.0.1."""

    def is_publishing(self, room: str) -> bool:
        """Whether the room gets media now."""


RunEgress = Callable[[str, OpenTap, OnMade], Awaitable[None]]


class Egress:
    """Use it as `async with Egress(relay) as egress:`.

    Args:
        relay: has the rooms' streams.
        run: runs a process to its end.
        idle_s: how long a room's process outlives its last viewer.
    """

    def __init__(self, relay: TapSource, run: RunEgress = run_egress, idle_s: float = IDLE_S) -> None:
        self._relay = relay
        self._run = run
        self._idle_s = idle_s
        self._streams: dict[str, RoomStream] = {}
        self._tasks: asyncio.TaskGroup | None = None
        self._working: set[asyncio.Task[None]] = set()
        self._running = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Take viewers from now on."""
        async with AsyncExitStack() as stack:
            self._tasks = await stack.enter_async_context(asyncio.TaskGroup())
            stack.callback(self._cancel_all)
            self._running = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End all processes."""
        self._tasks = None
        await self._running.aclose()

    def _cancel_all(self) -> None:
        for task in self._working:
            task.cancel()

    def is_publishing(self, room: str) -> bool:
        """Whether there is something to watch."""
        return self._tasks is not None and self._relay.is_publishing(room)

    def stream(self, room: str) -> RoomStream:
        """The fragments of a room that is publishing; they are made from now on."""
        found = self._streams.get(room)
        if found is None:
            found = self._streams[room] = RoomStream()
            if self._tasks is not None:
                task = self._tasks.create_task(self._serve(room, found))
                self._working.add(task)
                task.add_done_callback(self._working.discard)
        found.touch()
        return found

    def known(self, room: str) -> RoomStream | None:
        """The fragments of a room that somebody watches."""
        return self._streams.get(room)

    async def _serve(self, room: str, stream: RoomStream) -> None:
        """Keep a process running while somebody watches; what goes wrong is told and tried again."""
        loop = asyncio.get_running_loop()
        pause_s = FIRST_PAUSE_S
        try:
            while not self._is_over(stream):
                if self._relay.is_publishing(room):
                    began_at = loop.time()
                    await self._run_while_wanted(room, stream)
                    stream.end()
                    is_healthy = loop.time() - began_at > HEALTHY_S
                    pause_s = FIRST_PAUSE_S if is_healthy else min(pause_s * 2, LONGEST_PAUSE_S)
                await asyncio.sleep(pause_s)
        finally:
            del self._streams[room]
            stream.end()

    def _is_over(self, stream: RoomStream) -> bool:
        return stream.idle_s > self._idle_s

    async def _run_while_wanted(self, room: str, stream: RoomStream) -> None:
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(self._run_once(room, stream.on_made))
            watching = tasks.create_task(self._until_over(stream))
            await asyncio.wait((running, watching), return_when=asyncio.FIRST_COMPLETED)
            running.cancel()
            watching.cancel()

    async def _run_once(self, room: str, on_made: OnMade) -> None:
        logger.info("room %s: an egress process begins", room)
        try:
            await self._run(room, self._relay.open_tap, on_made)
        except (OSError, ValueError, msgspec.DecodeError) as error:
            logger.warning("room %s: the egress process failed: %r", room, error)
        logger.info("room %s: the egress process ended", room)

    async def _until_over(self, stream: RoomStream) -> None:
        while not self._is_over(stream):  # noqa: ASYNC110 - time has no event
            await asyncio.sleep(min(LOOK_EVERY_S, self._idle_s))
