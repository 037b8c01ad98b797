"""An engine that remembers what it is told, and a backend whose part the test plays."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import uvicorn
from PySide6.QtCore import QObject, Signal
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from backend.contract.audit import AuditLine, AuditPage
from backend.contract.base import Role
from backend.contract.cards import Card
from backend.contract.gifts import Gift, GiftCatalog
from backend.contract.http import Admission, Problem, Redemption
from backend.contract.live import Live, LivePhase, Presence
from backend.contract.protocol import (
    PROTOCOL_VERSION,
    ClientMessage,
    Hello,
    Join,
    ServerMessage,
    Snapshot,
    decode_client_message,
    encode,
)
from backend.contract.shop import Catalog, Product
from studio.connection.room_http import Place
from studio.engine.messages.commands import EngineCommand

TOKEN = "host-token"
WAIT_S = 10.0


class FakeEngine(QObject):
    """Takes commands like `EngineProcess`, and lets the test emit what an engine would."""

    event_arrived = Signal(object)
    frame = Signal(object)
    crashed = Signal(int, float)
    restarted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.commands: list[EngineCommand] = []
        self.is_running = False

    def start(self) -> None:
        self.is_running = True

    def send(self, command: EngineCommand) -> None:
        self.commands.append(command)

    async def stop(self) -> None:
        self.is_running = False


class FakeLine:
    """One WebSocket, from the backend's end."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self.is_over = asyncio.Event()

    async def send(self, message: ServerMessage) -> None:
        await self._socket.send_text(encode(message).decode())

    async def send_text(self, text: str) -> None:
        await self._socket.send_text(text)

    async def receive(self) -> ClientMessage:
        async with asyncio.timeout(WAIT_S):
            message: ClientMessage = decode_client_message((await self._socket.receive_text()).encode())
            return message

    async def until_client_left(self) -> None:
        async with asyncio.timeout(WAIT_S):
            try:
                while True:
                    await self._socket.receive_text()
            except WebSocketDisconnect:
                self.is_over.set()

    def drop(self) -> None:
        self.is_over.set()

    async def close(self, code: int, reason: str) -> None:
        await self._socket.close(code, reason)
        self.is_over.set()


class FakeRoom:
    """A backend with the room `main`; `next_line` gives each connection as it comes."""

    def __init__(self) -> None:
        self.products: list[Product] = []
        self.gifts: list[Gift] = []
        self.pictures: dict[str, bytes] = {}
        self.rejection: tuple[int, Problem] | None = None
        self.retry_after = ""
        self.audit: list[AuditLine] = []
        self.audit_table = b""
        self.audit_asked: list[dict[str, str]] = []
        self.redemptions: list[Redemption] = []
        self.enters = 0
        self.picture_reads = 0
        self._lines: asyncio.Queue[FakeLine] = asyncio.Queue()
        self._open: set[FakeLine] = set()
        self._is_empty = asyncio.Event()
        self._url = ""

    @property
    def place(self) -> Place:
        return Place(self._url, "main", TOKEN)

    async def next_line(self) -> FakeLine:
        async with asyncio.timeout(WAIT_S):
            return await self._lines.get()

    async def next_joined(self, snapshot: Snapshot) -> FakeLine:
        """The next connection, after hello, join and this snapshot."""
        line = await self.next_line()
        await line.send(hello())
        assert isinstance(await line.receive(), Join)
        await line.send(snapshot)
        return line

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self._url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = Starlette(
            routes=[
                Route("/api/rooms/main/enter", self._enter, methods=["POST"]),
                Route("/api/rooms/main/assist", self._assist, methods=["POST"]),
                Route("/api/rooms/main/products", self._products),
                Route("/api/rooms/main/audit", self._audit),
                Route("/api/gifts", self._gifts),
                Route("/media/products/{name}", self._picture),
                WebSocketRoute("/ws/rooms/main", self._socket),
            ]
        )
        config = uvicorn.Config(app, ws="websockets-sansio", lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(server._serve([listener]))
            try:
                yield
            finally:
                for line in self._open:
                    line.drop()
                if self._open:
                    await self._is_empty.wait()
                server.should_exit = server.force_exit = True
                await running
                listener.close()

    async def _enter(self, request: Request) -> Response:
        self.enters += 1
        status, answer = (
            200,
            encode(Admission("new-token", Role.HOST, "host", "ticket-1", "/ws/rooms/main", "/whep/main")),
        )
        if self.rejection is not None:
            status, answer = self.rejection[0], encode(self.rejection[1])
        elif request.headers.get("authorization") != f"Bearer {TOKEN}":
            status, answer = 401, encode(Problem("bad_token", "The token is not valid."))
        return Response(answer, status)

    async def _assist(self, request: Request) -> Response:
        """Give everybody who is not refused the one token there is."""
        if self.rejection is not None:
            headers = {"retry-after": self.retry_after} if self.retry_after else None
            return Response(encode(self.rejection[1]), self.rejection[0], headers)
        self.redemptions.append(msgspec.json.decode(await request.body(), type=Redemption))
        ticket = ("ticket-1", "/ws/rooms/main", "/whep/main")
        return Response(encode(Admission(TOKEN, Role.ASSISTANT, "assistant-1", *ticket)))

    async def _audit(self, request: Request) -> Response:
        """Give the lines of the kinds asked for below `before`, two a page, or the table."""
        asked = dict(request.query_params)
        self.audit_asked.append(asked)
        if self.rejection is not None:
            return Response(encode(self.rejection[1]), self.rejection[0])
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return Response(encode(Problem("forbidden", "The audit log is the host's.")), 403)
        if asked.get("format") == "csv":
            return Response(self.audit_table, media_type="text/csv")
        kinds, before = asked["kind"].split(","), int(asked.get("before", "1000000"))
        lines = [line for line in self.audit if line.kind in kinds and line.number < before]
        page = AuditPage(lines[:2], lines[1].number if len(lines) > 2 else None)
        return Response(msgspec.json.encode(page))

    async def _gifts(self, _request: Request) -> Response:
        return Response(encode(GiftCatalog(self.gifts)))

    async def _products(self, _request: Request) -> Response:
        return Response(encode(Catalog(self.products)))

    async def _picture(self, request: Request) -> Response:
        self.picture_reads += 1
        content = self.pictures.get(request.path_params["name"])
        return Response(content) if content is not None else Response(status_code=404)

    async def _socket(self, socket: WebSocket) -> None:
        assert socket.query_params["ticket"] == "ticket-1"
        await socket.accept()
        line = FakeLine(socket)
        self._open.add(line)
        self._is_empty.clear()
        self._lines.put_nowait(line)
        await line.is_over.wait()
        self._open.discard(line)
        if not self._open:
            self._is_empty.set()


def hello(protocol: int = PROTOCOL_VERSION) -> Hello:
    """The first words of a backend."""
    return Hello(protocol, 1_000_000, Role.HOST, "host")


def snapshot(
    phase: LivePhase = LivePhase.PREVIEW,
    *,
    seq: int = 0,
    epoch: str = "e1",
    session_id: str = "",
    is_publishing: bool = False,
    reason: str = "",
    card: Card | None = None,
) -> Snapshot:
    """All that a newcomer needs."""
    live = Live(phase, session_id, 1_000_000 if session_id else None, is_publishing, reason)
    return Snapshot(epoch, seq, "Shop", live, card, Presence(3, 5))
