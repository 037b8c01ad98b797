"""A real backend inside the test, on a port of its own, and clients that speak to it over real sockets."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from backend.compose import Backend
from backend.contract.http import Admission, Problem
from backend.contract.protocol import (
    Accepted,
    Act,
    Command,
    Hello,
    Join,
    Rejected,
    Reliable,
    ReliableEvent,
    Resumed,
    ServerMessage,
    Snapshot,
    decode_server_message,
    encode,
)
from backend.http.listening import listen
from backend.identity.auth import TokenSigner
from backend.identity.host_tokens import HostTokens
from backend.identity.stream_keys import KeyRing, StreamKeyStore
from backend.media import Media, PublisherHeard
from backend.options import ServeOptions
from backend.relay.client import RelayClient
from tests.backend.kinds import as_type
from tests.support.adults import say_age
from tests.support.migrated import open_migrated

SECRET = b"a secret of the tests, long enough to sign with"
PATIENCE_S = 20.0


class Client:
    """One socket in a room."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self._requests = 0

    async def send(self, message: Join | Act) -> None:
        await self.socket.send(encode(message).decode())

    async def next(self) -> ServerMessage:
        async with asyncio.timeout(PATIENCE_S):
            message: ServerMessage = decode_server_message(await self.socket.recv())
            return message

    async def join(self, epoch: str = "", seq: int = 0) -> Snapshot | Resumed:
        as_type(Hello, await self.next())
        await self.send(Join(epoch, seq))
        while True:
            message = await self.next()
            if isinstance(message, Snapshot | Resumed):
                return message

    async def next_event(self) -> Reliable:
        while True:
            message = await self.next()
            if isinstance(message, Reliable):
                return message

    async def hears(self, kind: type[ReliableEvent]) -> ReliableEvent:
        while True:
            event = (await self.next_event()).event
            if isinstance(event, kind):
                return event

    async def act(self, command: Command) -> Accepted | Rejected:
        """Give a command and return the answer; events that come before it are passed over."""
        await self.send_command(command)
        while True:
            message = await self.next_answer()
            if message.request_id == self._requests:
                return message

    async def send_command(self, command: Command) -> None:
        """Give a command and read nothing."""
        self._requests += 1
        await self.send(Act(self._requests, command))

    async def next_answer(self) -> Accepted | Rejected:
        """Return the next answer to a command; events that come before it are passed over."""
        while True:
            message = await self.next()
            if isinstance(message, Accepted | Rejected):
                return message

    async def close_code(self) -> int:
        """Read on until the server hangs up, and return the code it gave."""
        async with asyncio.timeout(PATIENCE_S):
            try:
                while True:
                    await self.socket.recv()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 1006


class RunningBackend:
    """What a test needs to know of a backend that serves.

    Attributes:
        are_adults: whether all who come in say that they are old enough to give coins.
    """

    def __init__(self, backend: Backend, port: int) -> None:
        self.are_adults = False
        self.backend = backend
        self.address = f"127.0.0.1:{port}"
        self.signer = TokenSigner(SECRET)
        # Of a thousand tests each would read all authorities that this machine trusts, to speak plain HTTP.
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.http = httpx.AsyncClient(
            base_url=f"http://{self.address}", verify=trust, trust_env=False, timeout=PATIENCE_S
        )

    async def enter(self, token: str | None = None, room: str = "main") -> Admission:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        response = await self.http.post(f"/api/rooms/{room}/enter", headers=headers)
        assert response.status_code == 200, response.text
        admission = as_admission(response)
        if self.are_adults:
            await say_age(self.http, admission.token)
        return admission

    def socket_url(self, admission: Admission) -> str:
        return f"ws://{self.address}{admission.socket_path}?ticket={admission.ticket}"

    @asynccontextmanager
    async def client(self, token: str | None = None) -> AsyncIterator[Client]:
        """Open a socket: a new guest's, or that of the token's holder."""
        async with self.open(await self.enter(token)) as client:
            yield client

    @asynccontextmanager
    async def open(self, admission: Admission) -> AsyncIterator[Client]:
        """Open the socket of who was let in."""
        async with connect(self.socket_url(admission), compression=None, proxy=None) as socket:
            yield Client(socket)

    async def assist(self, code: str, name: str = "小王") -> httpx.Response:
        """Use an assistant's code."""
        return await self.http.post("/api/rooms/main/assist", json={"code": code, "name": name})

    @asynccontextmanager
    async def host(self) -> AsyncIterator[Client]:
        """The host, already in the room."""
        async with self.client(self.signer.host("main")) as client:
            await client.join()
            yield client


@asynccontextmanager
async def running_backend(
    folder: Path,
    options: ServeOptions | None = None,
    host: str = "127.0.0.1",
    make_relay: Callable[[PublisherHeard], RelayClient] | None = None,
) -> AsyncIterator[RunningBackend]:
    """Serve on a free port for as long as the block runs; with a relay where one is made.

    `host` is one by which 127.0.0.1 is reached too.
    """
    database = await asyncio.to_thread(open_migrated, folder)
    signer = TokenSigner(SECRET)
    media = (
        Media(make_relay, signer, KeyRing(StreamKeyStore(database)), HostTokens(database))
        if make_relay
        else None
    )
    backend = Backend(options or ServeOptions(), folder, database=database, signer=signer, media=media)
    started = asyncio.Event()
    backend.server.on_started = started.set
    with listen(host, 0) as listener:
        port = listener.getsockname()[1]
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(backend.run(listener))
            await started.wait()
            running = RunningBackend(backend, port)
            try:
                yield running
            finally:
                await running.http.aclose()
                backend.end()
    database.close()


def as_admission(response: httpx.Response) -> Admission:
    return msgspec.json.decode(response.content, type=Admission)


def as_problem(content: bytes) -> Problem:
    return msgspec.json.decode(content, type=Problem)
