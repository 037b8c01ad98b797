"""The relay worker as a child process: started, started again when it dies, and its control socket."""

import asyncio
import contextlib
import hmac
import logging
import secrets
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

import msgspec

from backend.relay.messages import (
    Ask,
    Notice,
    Ready,
    Reply,
    WorkerOptions,
    decode_from_worker,
    encode_frame,
    encode_options,
    read_frame,
)
from backend.relay.options import RelayOptions

logger = logging.getLogger("livestall.relay")

HELLO_TIMEOUT_S: Final = 5.0
START_TIMEOUT_S: Final = 20.0
STOP_TIMEOUT_S: Final = 3.0
FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 5.0
# A worker that lived this long starts again at once.
HEALTHY_S: Final = 10.0
WORKER_COMMAND: Final = (sys.executable, "-m", "backend.relay.worker")
# The worker is found as a module of this folder, wherever the backend was started from.
PROGRAM_FOLDER: Final = Path(__file__).parents[2]


class _Connection(NamedTuple):
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class WorkerProcess:
    """Keeps a worker running; use it as `async with WorkerProcess(...) as worker:`.

    Args:
        options: how the relay runs.
        on_message: called with each message of the worker, in the event loop.
        on_lost: called when a worker is gone.
        command: how the worker is started.
    """

    def __init__(
        self,
        options: RelayOptions,
        on_message: Callable[[Reply | Notice], None],
        on_lost: Callable[[], None],
        command: Sequence[str] = WORKER_COMMAND,
    ) -> None:
        self._options = options
        self._on_message = on_message
        self._on_lost = on_lost
        self._command = command
        self._listen = tuple(options.listen)
        self._udp_port = options.udp_port
        self._secret = ""
        self._writer: asyncio.StreamWriter | None = None
        self._process: Process | None = None
        self._is_ready = asyncio.Event()
        self._connections: asyncio.Queue[_Connection] = asyncio.Queue(1)
        self._control_port = 0
        self._running = AsyncExitStack()

    async def __aenter__(self) -> Self:
        """Start the worker and wait until it listens.

        Raises:
            RuntimeError: it does not come up within 20 s; its log says why.
        """
        async with AsyncExitStack() as stack:
            server = await asyncio.start_server(self._on_connection, "127.0.0.1", 0)
            await stack.enter_async_context(server)
            self._control_port = server.sockets[0].getsockname()[1]
            tasks = await stack.enter_async_context(asyncio.TaskGroup())
            keeping = tasks.create_task(self._keep_running())
            stack.push_async_callback(self._stop, keeping)
            try:
                async with asyncio.timeout(START_TIMEOUT_S):
                    await self._is_ready.wait()
            except TimeoutError:
                raise RuntimeError(
                    f"the relay did not start within {START_TIMEOUT_S:.0f} s; see the log"
                ) from None
            self._running = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the worker."""
        # Without the error: the task group would wrap it, and it is the caller's own.
        await self._running.aclose()

    @property
    def udp_port(self) -> int:
        """The relay's UDP port."""
        return self._udp_port

    @property
    def pid(self) -> int | None:
        """The worker's process; None while there is none."""
        return self._process.pid if self._process is not None else None

    @property
    def is_running(self) -> bool:
        """Whether a worker takes requests."""
        return self._writer is not None

    def listen_on(self, addresses: Sequence[str]) -> None:
        """Let the next worker listen on these addresses."""
        self._listen = tuple(addresses)

    def send(self, request: Ask) -> None:
        """Send the running worker a request; without one, do nothing."""
        if self._writer is not None:
            self._writer.write(encode_frame(request))

    async def _keep_running(self) -> None:
        pause = FIRST_PAUSE_S
        loop = asyncio.get_running_loop()
        while True:
            started_at = loop.time()
            try:
                await self._run_once()
            except (OSError, ValueError, msgspec.DecodeError, asyncio.IncompleteReadError) as error:
                logger.warning("the relay's control socket failed: %r", error)
            pause = FIRST_PAUSE_S if loop.time() - started_at > HEALTHY_S else min(pause * 2, LONGEST_PAUSE_S)
            logger.error("the relay worker ended; it starts again in %.1f s", pause)
            await asyncio.sleep(pause)

    async def _run_once(self) -> None:
        self._secret = secrets.token_hex(32)
        while not self._connections.empty():
            self._connections.get_nowait().writer.close()
        process = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, cwd=PROGRAM_FOLDER)
        self._process = process
        try:
            await self._hand_over_options(process)
            connection = await self._accept(process)
            if connection is not None:
                await self._serve(connection)
        finally:
            self._writer = None
            self._on_lost()
            await _end(process)
            self._process = None

    async def _hand_over_options(self, process: Process) -> None:
        if process.stdin is not None:
            with contextlib.suppress(ConnectionError):
                process.stdin.write(encode_options(self._worker_options()) + b"\n")
                await process.stdin.drain()

    def _worker_options(self) -> WorkerOptions:
        options = self._options
        return WorkerOptions(
            secret=self._secret,
            control_port=self._control_port,
            listen=list(self._listen),
            advertise=list(options.advertise),
            udp_port=self._udp_port,
            fan=options.fan,
            bitrate_ceiling_bps=options.bitrate_ceiling_bps,
            max_lag_ms=options.max_lag_ms,
            max_peers=options.max_peers,
            max_pending=options.max_pending,
            max_pending_an_address=options.max_pending_an_address,
            loss_in=options.loss_in,
            loss_out=options.loss_out,
            loss_seed=options.loss_seed,
        )

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Accept the connection that knows the secret."""
        try:
            async with asyncio.timeout(HELLO_TIMEOUT_S):
                ready = decode_from_worker(await read_frame(reader))
        except (OSError, ValueError, msgspec.DecodeError, asyncio.IncompleteReadError):
            writer.close()
            return
        if not isinstance(ready, Ready) or not hmac.compare_digest(
            ready.secret.encode(), self._secret.encode()
        ):
            logger.warning("a stranger came to the relay's control socket")
            writer.close()
            return
        self._secret = secrets.token_hex(32)
        self._udp_port = ready.udp_port
        logger.info("relay worker %d on UDP port %d (%s)", ready.pid, ready.udp_port, ready.fan.value)
        await self._connections.put(_Connection(reader, writer))

    async def _accept(self, process: Process) -> _Connection | None:
        """The worker's connection; None when it dies before."""
        async with asyncio.TaskGroup() as tasks:
            coming = tasks.create_task(self._connections.get())
            dying = tasks.create_task(process.wait())
            await asyncio.wait((coming, dying), return_when=asyncio.FIRST_COMPLETED)
            connection = coming.result() if coming.done() else None
            coming.cancel()
            dying.cancel()
        return connection

    async def _serve(self, connection: _Connection) -> None:
        self._writer = connection.writer
        self._is_ready.set()
        try:
            while True:
                self._on_message(decode_from_worker(await read_frame(connection.reader)))
        finally:
            connection.writer.close()

    async def _stop(self, keeping: "asyncio.Task[None]") -> None:
        keeping.cancel()
        await asyncio.wait((keeping,))


async def _end(process: Process) -> None:
    """The worker ends with its control socket, or with its stdin before that; one that does not is killed."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(STOP_TIMEOUT_S):
            await process.wait()
    except TimeoutError:
        logger.warning("the relay worker did not end by itself")
    finally:
        # Also when we are cancelled while we wait: a child is never left behind.
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
