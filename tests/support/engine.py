"""The real engine process, driven without a window: commands in, events awaited."""

import asyncio
import contextlib
import multiprocessing
import os
import secrets
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar

from studio.engine.launch import run_engine
from studio.engine.messages.commands import EngineCommand, Quit
from studio.engine.messages.events import EngineReady, decode_event
from studio.engine.messages.values import encode
from studio.engine.preview.ring import remove_rings

START_TIMEOUT_S = 30
END_TIMEOUT_S = 10

Kind = TypeVar("Kind")


class Engine:
    """A running engine; make it with `run_engine_process`."""

    def __init__(self, pipe: Connection, pid: int) -> None:
        self.pid = pid
        self.events: list[object] = []
        self._pipe = pipe
        self._loop = asyncio.get_running_loop()
        self._arrived = asyncio.Condition()

    def send(self, *commands: EngineCommand) -> None:
        """Tell the engine."""
        for command in commands:
            self._pipe.send_bytes(encode(command))

    async def until(
        self, kind: type[Kind], accepts: Callable[[Kind], bool] = lambda _: True, timeout_s: float = 20
    ) -> Kind:
        """Wait for an event of this kind that is accepted; one that came before counts."""
        async with asyncio.timeout(timeout_s), self._arrived:
            while True:
                for event in reversed(self.events):
                    if isinstance(event, kind) and accepts(event):
                        return event
                await self._arrived.wait()

    def read(self) -> None:
        """Read events until the pipe closes; runs in a thread."""
        with contextlib.suppress(EOFError, OSError, RuntimeError):
            while True:
                event = decode_event(self._pipe.recv_bytes())
                asyncio.run_coroutine_threadsafe(self._keep(event), self._loop)

    async def _keep(self, event: object) -> None:
        async with self._arrived:
            self.events.append(event)
            self._arrived.notify_all()


@asynccontextmanager
async def run_engine_process(environment: Mapping[str, str] | None = None) -> AsyncIterator[Engine]:
    """Spawn the engine with these variables beside the usual ones; it is gone when the block ends."""
    context = multiprocessing.get_context("spawn")
    prefix = f"livestall-{secrets.token_hex(8)}-"
    pipe, engine_pipe = context.Pipe()
    frames, engine_frames = context.Pipe(duplex=False)
    process = context.Process(target=run_engine, args=(engine_pipe, engine_frames, prefix), daemon=True)
    with _environment(environment or {}):
        process.start()
    engine_pipe.close()
    engine_frames.close()
    assert process.pid is not None
    engine = Engine(pipe, process.pid)
    threads = [
        threading.Thread(target=engine.read, daemon=True),
        threading.Thread(target=_drain, args=(frames,), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        await engine.until(EngineReady, timeout_s=START_TIMEOUT_S)
        yield engine
    finally:
        with contextlib.suppress(OSError):
            engine.send(Quit())
        await asyncio.to_thread(process.join, END_TIMEOUT_S)
        if process.is_alive():
            process.kill()
            process.join()
        for thread in threads:
            await asyncio.to_thread(thread.join, END_TIMEOUT_S)
        pipe.close()
        frames.close()
        process.close()
        remove_rings(prefix)


def _drain(frames: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            frames.recv_bytes()


@contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
