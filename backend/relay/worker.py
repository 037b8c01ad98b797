"""The relay's process: `python -m backend.relay.worker`, options as one line of JSON on stdin.

It lives as long as its control socket: when the backend goes, it goes.
"""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import statistics
import sys
import time
from functools import partial
from typing import Final

import msgspec

from backend.contract.stream import StreamCondition
from backend.relay.dtls import DtlsIdentity
from backend.relay.engines import choose_fan_out
from backend.relay.loss import Loss
from backend.relay.messages import (
    Answered,
    Ask,
    AskLayer,
    ConditionsChanged,
    Cut,
    Done,
    Failed,
    LayerTold,
    LetIn,
    Lines,
    ListenOn,
    Notice,
    Offer,
    OpenTap,
    PeerClosed,
    PublisherChanged,
    ReadLines,
    ReadStats,
    Ready,
    Remove,
    Reply,
    Stats,
    TakenOver,
    Trickle,
    WorkerOptions,
    WorkerStats,
    decode_options,
    decode_request,
    encode_frame,
    read_frame,
)
from backend.relay.network import Network, open_endpoints
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.router import Limits, Router, RouterEvents
from backend.relay.succession import Contender
from backend.relay.tap import Tap

logger = logging.getLogger("livestall.relay")

TICK_S: Final = 0.1
LAG_MEMORY_S: Final = 2.0
# A backend that does not read its events any more is not worth filling memory for.
MAX_UNSENT_BYTES: Final = 64 * 1024 * 1024
TAP_WITHIN_S: Final = 2.0
EXIT_CANNOT_START: Final = 3


class LoopLag:
    """How late the loop runs, over the last two seconds."""

    def __init__(self) -> None:
        self._late: list[tuple[float, float]] = []

    def measure(self, wanted: float, now: float) -> None:
        """Note that what was wanted at `wanted` came at `now` (monotonic seconds)."""
        self._late = [one for one in self._late if now - one[0] < LAG_MEMORY_S]
        self._late.append((now, max(0.0, now - wanted)))

    def worst_ms(self) -> float:
        """The latest of all."""
        return max((late for _, late in self._late), default=0.0) * 1000

    def steady_ms(self) -> float:
        """The median: a single hiccup of a busy machine is no overload."""
        return statistics.median([late for _, late in self._late] or [0.0]) * 1000


class Worker:
    """Joins the control socket and the router."""

    def __init__(
        self, options: WorkerOptions, loop: asyncio.AbstractEventLoop, writer: asyncio.StreamWriter
    ) -> None:
        self._options = options
        self._loop = loop
        self._writer = writer
        self._lag = LoopLag()
        self._tasks: asyncio.TaskGroup
        loss_out = Loss(options.loss_out, options.loss_seed)
        endpoints = open_endpoints(options.listen, options.udp_port, loss_out)
        loss_in = Loss(options.loss_in, options.loss_seed + 1)
        self._network = Network(endpoints, loss_in, self._on_drained, options.advertise, loss_out)
        self._fan_out = choose_fan_out(options.fan, Loss(options.loss_out, options.loss_seed + 2))
        self._router = Router(
            network=self._network,
            identity=DtlsIdentity(),
            fan_out=self._fan_out,
            limits=Limits(
                options.max_peers,
                options.max_lag_ms,
                self._lag.steady_ms,
                options.bitrate_ceiling_bps,
                options.max_pending,
                options.max_pending_an_address,
            ),
            events=RouterEvents(
                self._tell_publisher_changed,
                self._tell_peer_closed,
                self._tell_conditions_changed,
                self._tell_taken_over,
            ),
            call_later=loop.call_later,
        )

    async def run(self, reader: asyncio.StreamReader) -> None:
        """Serve until the control socket closes."""
        self._network.start(self._loop)
        ready = Ready(self._options.secret, os.getpid(), self._network.port, self._fan_out.name)
        self._tell(ready)
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                ticking = tasks.create_task(self._tick())
                with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                    while True:
                        self._tell(self._handle(decode_request(await read_frame(reader))))
                        # Many requests may have come at once; media does not wait for all of them.
                        await asyncio.sleep(0)
                ticking.cancel()
        finally:
            self._router.close_all()
            self._network.stop(self._loop)

    async def _tick(self) -> None:
        while True:
            wanted = time.monotonic() + TICK_S
            await asyncio.sleep(TICK_S)
            now = time.monotonic()
            self._lag.measure(wanted, now)
            self._router.on_timer(now)
            self._network.close_left()

    def _on_drained(self, now: float) -> None:
        self._router.on_drained(now)

    def _handle(self, request: Ask) -> Reply:
        number = request.request_id
        if isinstance(request, ReadStats):
            return Stats(number, self._worker_stats(), self._router.stats())
        if isinstance(request, ReadLines):
            return Lines(number, self._router.lines(request.room))
        if isinstance(request, AskLayer):
            return self._tell_layer(request)
        if isinstance(request, OpenTap):
            self._tasks.create_task(self._open_tap(request))
            return Done(number)
        outcome = self._carry_out(request)
        if isinstance(outcome, RelayProblem):
            return Failed(number, outcome.status, outcome.error, outcome.message, outcome.by)
        return Done(number) if outcome is None else Answered(number, outcome.resource_id, outcome.sdp)

    def _tell_layer(self, request: AskLayer) -> LayerTold | Failed:
        layer = self._router.layer(request.room, request.resource_id, request.choice)
        if isinstance(layer, RelayProblem):
            return Failed(request.request_id, layer.status, layer.error, layer.message)
        return LayerTold(request.request_id, layer)

    def _carry_out(
        self, request: Offer | Trickle | Remove | Cut | LetIn | ListenOn
    ) -> Answer | RelayProblem | None:
        match request:
            case Offer():
                return self._router.offer(
                    request.room, request.role, request.sdp, request.address, request.by
                )
            case Trickle():
                return self._router.trickle(request.room, request.resource_id, request.fragment)
            case Remove():
                return self._router.remove(request.room, request.resource_id)
            case Cut():
                self._router.cut(request.room, request.party)
                return None
            case LetIn():
                self._router.let_in(request.room, request.party)
                return None
            case ListenOn():
                problems = self._network.listen_on(request.listen)
                return RelayProblem(503, "address_unusable", "; ".join(problems)) if problems else None

    async def _open_tap(self, request: OpenTap) -> None:
        tap = Tap(
            request.secret,
            partial(self._router.add_tap, request.room),
            partial(self._router.remove_tap, request.room),
        )
        try:
            async with asyncio.timeout(TAP_WITHIN_S):
                await self._loop.create_connection(lambda: tap, "127.0.0.1", request.port)
        except (OSError, TimeoutError) as error:
            logger.warning("a tap of %s cannot be opened: %s", request.room, error)

    def _worker_stats(self) -> WorkerStats:
        return WorkerStats(
            pid=os.getpid(),
            fan=self._fan_out.name,
            udp_port=self._network.port,
            lag_ms=self._lag.worst_ms(),
            cpu_s=time.process_time(),
            received_packets=self._network.received,
            sent_packets=self._fan_out.sent + self._network.sent,
            dropped_packets=self._fan_out.dropped + self._network.dropped,
            refused_packets=self._network.refused,
        )

    def _tell_publisher_changed(self, room: str, is_publishing: bool) -> None:  # noqa: FBT001  # a callback
        self._tell(PublisherChanged(room, is_publishing))

    def _tell_peer_closed(self, room: str, resource_id: str, reason: str) -> None:
        self._tell(PeerClosed(room, resource_id, reason))

    def _tell_conditions_changed(self, room: str, conditions: list[StreamCondition]) -> None:
        self._tell(ConditionsChanged(room, conditions))

    def _tell_taken_over(self, room: str, by: Contender, before: Contender) -> None:
        self._tell(TakenOver(room, by, before))

    def _tell(self, message: Reply | Notice) -> None:
        if self._writer.is_closing():
            return
        if self._writer.transport.get_write_buffer_size() > MAX_UNSENT_BYTES:
            self._writer.transport.abort()
            return
        self._writer.write(encode_frame(message))


def collect_garbage_rarely() -> None:
    """What lives now lives on, and packets make no cycles: looking for them costs much and finds little."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


async def run_worker(options: WorkerOptions) -> None:
    """Connect to the backend and serve it.

    Raises:
        OSError: the backend is not there, or a UDP address cannot be bound.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", options.control_port)
    try:
        await Worker(options, asyncio.get_running_loop(), writer).run(reader)
    finally:
        writer.close()


def main() -> int:
    """Read the options and run; the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Ctrl-C reaches the whole process group; the backend decides when the relay ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        options = decode_options(sys.stdin.buffer.readline())
    except msgspec.DecodeError as error:
        logger.critical("expected options as one line of JSON on stdin: %s", error)
        return EXIT_CANNOT_START
    collect_garbage_rarely()
    try:
        # Windows' default loop cannot watch UDP sockets.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(run_worker(options))
    except OSError as error:
        logger.critical("the relay cannot start: %s", error)
        return EXIT_CANNOT_START
    return 0


if __name__ == "__main__":
    sys.exit(main())
