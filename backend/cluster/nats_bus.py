"""NATS as the bus between nodes; imported where there is one, for it loads as long as much else together."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError

from backend.cluster.bus import Asked, BusError, Heard, Listening
from backend.data_folder import StartError

log = logging.getLogger("livestall.cluster")

CONNECT_WITHIN_S: Final = 5.0
REQUEST_WITHIN_S: Final = 3.0
MAX_WAITING_BYTES: Final = 8 * 1024 * 1024


class _NatsListening:
    def __init__(self, subscription: Subscription) -> None:
        self._subscription = subscription

    async def stop(self) -> None:
        with contextlib.suppress(NatsError):
            await self._subscription.unsubscribe()


class NatsBus:
    """NATS (core, without streams): what must not be lost is kept in the database and asked for again."""

    def __init__(self, client: Client, tasks: asyncio.TaskGroup) -> None:
        self._client = client
        self._tasks = tasks
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._waiting_bytes = 0
        self._has_work = asyncio.Event()

    @property
    def waiting_bytes(self) -> int:
        """See `Bus.waiting_bytes`."""
        return self._waiting_bytes

    def send(self, subject: str, payload: bytes) -> None:
        """See `Bus.send`; while the server is out of reach, the oldest beyond 8 MB are dropped."""
        self._waiting.append((subject, payload))
        self._waiting_bytes += len(payload)
        while self._waiting_bytes > MAX_WAITING_BYTES:
            self._waiting_bytes -= len(self._waiting.popleft()[1])
        self._has_work.set()

    async def listen(self, subject: str, heard: Heard) -> Listening:
        """See `Bus.listen`."""

        async def on_message(message: Msg) -> None:
            heard(message.data)

        subscription = await self._client.subscribe(subject, cb=on_message)
        await self._client.flush()
        return _NatsListening(subscription)

    async def answer(self, subject: str, asked: Asked) -> None:
        """See `Bus.answer`."""

        async def reply(message: Msg) -> None:
            answer = await asked(message.data)
            with contextlib.suppress(NatsError):
                await message.respond(answer)

        async def on_message(message: Msg) -> None:
            self._tasks.create_task(reply(message), name=f"an answer on {subject}")

        await self._client.subscribe(subject, cb=on_message)
        await self._client.flush()

    async def ask(self, subject: str, payload: bytes) -> bytes:
        """See `Bus.ask`."""
        try:
            message = await self._client.request(subject, payload, timeout=REQUEST_WITHIN_S)
        except (NatsError, TimeoutError) as error:
            raise BusError(f"nobody answered on {subject}: {error or type(error).__name__}") from error
        return message.data

    async def run(self) -> None:
        """Send what waits until cancelled."""
        while True:
            await self._has_work.wait()
            self._has_work.clear()
            while self._waiting:
                subject, payload = self._waiting.popleft()
                self._waiting_bytes -= len(payload)
                try:
                    await self._client.publish(subject, payload)
                except NatsError as error:
                    log.warning("a message for %s is lost: %s", subject, error)


@asynccontextmanager
async def open_bus(url: str, *, token: str | None = None) -> AsyncIterator[NatsBus]:
    """Connect to a NATS server for as long as the block runs; it comes back by itself after a break.

    Args:
        url: `nats://host:port`.
        token: what the server asks for, where it does.

    Raises:
        StartError: the server cannot be reached.
    """
    is_closing = asyncio.Event()

    async def on_disconnected() -> None:
        if not is_closing.is_set():
            log.warning("the bus is out of reach; it is tried again")

    try:
        async with asyncio.timeout(CONNECT_WITHIN_S):
            client = await nats.connect(
                url,
                name="livestall",
                token=token,
                error_cb=_on_error,
                disconnected_cb=on_disconnected,
                reconnected_cb=_on_reconnected,
                reconnect_time_wait=0.25,
                max_reconnect_attempts=-1,
                ping_interval=2,
                max_outstanding_pings=2,
            )
    except (NatsError, OSError, TimeoutError, ValueError) as error:
        raise StartError(
            f"The bus at {url} cannot be reached ({error or type(error).__name__}). Start nats-server there, "
            "or correct --bus."
        ) from error
    try:
        async with asyncio.TaskGroup() as tasks:
            bus = NatsBus(client, tasks)
            sending = tasks.create_task(bus.run(), name="bus")
            try:
                yield bus
            finally:
                sending.cancel()
    finally:
        is_closing.set()
        await client.close()


async def _on_error(error: Exception) -> None:
    log.warning("the bus: %s", error or type(error).__name__)


async def _on_reconnected() -> None:
    log.info("the bus is back")
