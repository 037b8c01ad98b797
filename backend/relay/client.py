"""The backend's side of the relay: starts the worker, again when it dies; asks it and hears from it."""

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

from backend.contract.stream import StreamCondition
from backend.relay.messages import (
    Answered,
    Ask,
    ConditionsChanged,
    Cut,
    FanEngine,
    LetIn,
    ListenOn,
    Notice,
    Offer,
    PeerClosed,
    PeerRole,
    PublisherChanged,
    ReadStats,
    Ready,
    Rejected,
    Remove,
    Reply,
    Stats,
    TakenOver,
    Trickle,
    WorkerOptions,
    decode_from_worker,
    encode_frame,
    encode_options,
    read_frame,
)
from backend.relay.outcomes import Answer, Rejection
from backend.relay.replies import rejection_of, relay_down
from backend.relay.succession import HOST, Contender

logger = logging.getLogger("livestall.relay")

ANSWER_TIMEOUT_S: Final = 5.0
START_TIMEOUT_S: Final = 20.0
STOP_TIMEOUT_S: Final = 3.0
FIRST_PAUSE_S: Final = 0.1
LONGEST_PAUSE_S: Final = 5.0
# A worker that lived this long starts again at once.
HEALTHY_S: Final = 10.0
WORKER_COMMAND: Final = (sys.executable, "-m", "backend.relay.worker")
# The worker is found as a module of this folder, wherever the backend was started from.
PROGRAM_FOLDER: Final = Path(__file__).parents[2]


class RelayOptions(msgspec.Struct, frozen=True):
    """How the relay runs.

    Attributes:
        listen: UDP addresses, at first.
        advertise: addresses that peers are told beside these.
        udp_port: 0 lets the system choose at first; a worker that is started again keeps the port.
        fan: how packets leave.
        bitrate_ceiling_bps: the most a publisher is allowed.
        max_lag_ms: viewers are refused while the worker's loop steadily runs later than this.
        max_peers: viewers are refused above this many connected peers.
        max_pending, max_pending_an_address: viewers on their way, beside those who are connected.
        loss_in, loss_out, loss_seed: for tests: the part (0..1) of RTP packets that is thrown away.
    """

    listen: Sequence[str] = ("127.0.0.1",)
    udp_port: int = 0
    advertise: Sequence[str] = ()
    fan: FanEngine = FanEngine.AUTO
    bitrate_ceiling_bps: int = 8_000_000
    max_lag_ms: float = 150.0
    max_peers: int = 2000
    max_pending: int = 1000
    max_pending_an_address: int = 300
    loss_in: float = 0.0
    loss_out: float = 0.0
    loss_seed: int = 0


class _Connection(NamedTuple):
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class RelayClient:
    """Use it as `async with RelayClient(options, on_publisher_changed) as relay:`.

    While the worker is down, requests are refused with 503 and every room counts as not publishing.

    Args:
        options: how the relay runs.
        on_publisher_changed: called as `(room, is_publishing)` in the event loop.
        command: how the worker is started.

    Attributes:
        on_conditions_changed: called as `(room, conditions)` when something else is noticed of a stream.
        on_taken_over: called with room, who publishes now, and whom they displaced.
    """

    def __init__(
        self,
        options: RelayOptions,
        on_publisher_changed: Callable[[str, bool], None],
        command: Sequence[str] = WORKER_COMMAND,
    ) -> None:
        self.on_conditions_changed: Callable[[str, Sequence[StreamCondition]], None] = lambda *_: None
        self.on_taken_over: Callable[[str, Contender, Contender], None] = lambda *_: None
        self._options = options
        self._on_publisher_changed = on_publisher_changed
        self._command = command
        self._listen = tuple(options.listen)
        self._udp_port = options.udp_port
        self._secret = ""
        self._next_id = 0
        self._asked: dict[int, asyncio.Future[Reply]] = {}
        self._publishing: set[str] = set()
        self._applicants: dict[int, tuple[str, str]] = {}
        self._publishers: dict[str, tuple[str, str]] = {}
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
        # Not told of the error: the task group would wrap it, and it is the caller's own.
        await self._running.aclose()

    @property
    def udp_port(self) -> int:
        """The relay's UDP port."""
        return self._udp_port

    @property
    def pid(self) -> int | None:
        """The worker's process; None while there is none."""
        return self._process.pid if self._process is not None else None

    # --- What it is asked ---

    async def offer(
        self, room: str, role: PeerRole, sdp: str, address: str = "", by: Contender = HOST
    ) -> Answer | Rejection:
        """Let somebody at this address publish into a room or watch it; `by` is who wants to publish."""
        offer = Offer(self._new_id(), room, role, sdp, address, by)
        if role is PeerRole.PUBLISHER and self._writer is not None:
            self._applicants[offer.request_id] = (room, by.party)
        reply = await self._ask(offer)
        if isinstance(reply, Answered):
            return Answer(reply.resource_id, reply.sdp)
        return rejection_of(reply)

    async def remove(self, room: str, resource_id: str) -> Rejection | None:
        """Close a session; the rejection of one that is not there."""
        reply = await self._ask(Remove(self._new_id(), room, resource_id))
        return rejection_of(reply) if isinstance(reply, Rejected) else None

    async def trickle(self, room: str, resource_id: str, fragment: str) -> Rejection | None:
        """Hand on the body of a PATCH; its rejection."""
        reply = await self._ask(Trickle(self._new_id(), room, resource_id, fragment))
        return rejection_of(reply) if isinstance(reply, Rejected) else None

    async def cut(self, room: str, party: str) -> None:
        """Close all that a party publishes in a room, or is about to."""
        await self._ask(Cut(self._new_id(), room, party))

    async def let_in(self, room: str, party: str) -> None:
        """Let a party that was displaced take a room over like anybody."""
        await self._ask(LetIn(self._new_id(), room, party))

    @property
    def publishers(self) -> set[tuple[str, str]]:
        """Who publishes, or is about to: rooms and parties."""
        return set(self._publishers.values())

    async def listen_on(self, addresses: Sequence[str]) -> Rejection | None:
        """Follow the machine to these addresses, a worker that starts again too; why not to all of them."""
        self._listen = tuple(addresses)
        reply = await self._ask(ListenOn(self._new_id(), list(addresses)))
        return rejection_of(reply) if isinstance(reply, Rejected) else None

    async def stats(self) -> Stats | None:
        """The numbers of worker, rooms and peers; None while the worker is down."""
        reply = await self._ask(ReadStats(self._new_id()))
        return reply if isinstance(reply, Stats) else None

    def is_publishing(self, room: str) -> bool:
        """Whether the room gets media now."""
        return room in self._publishing

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id

    async def _ask(self, request: Ask) -> Reply:
        if self._writer is None:
            return relay_down(request.request_id)
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._asked[request.request_id] = answer
        self._writer.write(encode_frame(request))
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT_S):
                return await answer
        except TimeoutError:
            return relay_down(request.request_id)
        finally:
            del self._asked[request.request_id]

    # --- The worker's life ---

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
            self._lose()
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
        """Let in the one who knows the secret."""
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT_S):
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
                self._hear(decode_from_worker(await read_frame(connection.reader)))
        finally:
            connection.writer.close()

    def _hear(self, message: Reply | Notice) -> None:
        if isinstance(message, PublisherChanged):
            self._set_publishing(message)
        elif isinstance(message, ConditionsChanged):
            self.on_conditions_changed(message.room, message.conditions)
        elif isinstance(message, TakenOver):
            self.on_taken_over(message.room, message.by, message.before)
        elif isinstance(message, PeerClosed):
            logger.info("relay peer %s in %s: %s", message.resource_id, message.room, message.reason)
            self._publishers.pop(message.resource_id, None)
        elif not isinstance(message, Ready):
            applicant = self._applicants.pop(message.request_id, None)
            if applicant is not None and isinstance(message, Answered):
                # Here, not where it is awaited: that the session closed may be told before that goes on.
                self._publishers[message.resource_id] = applicant
            answer = self._asked.get(message.request_id)
            if answer is not None and not answer.done():
                answer.set_result(message)

    def _set_publishing(self, changed: PublisherChanged) -> None:
        if changed.is_publishing:
            self._publishing.add(changed.room)
        else:
            self._publishing.discard(changed.room)
        self._on_publisher_changed(changed.room, changed.is_publishing)

    def _lose(self) -> None:
        """Nobody publishes any more, and nobody will answer."""
        self._writer = None
        self._applicants.clear()
        self._publishers.clear()
        for number, answer in self._asked.items():
            if not answer.done():
                answer.set_result(relay_down(number))
        for room in sorted(self._publishing):
            self._set_publishing(PublisherChanged(room, is_publishing=False))

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
