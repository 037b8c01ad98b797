"""A server for one kind of WebSocket protocol; a test gets each connection's line."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from backend.room.line import Line, open_line


class Server:
    """Accepts sockets and hands out their lines."""

    def __init__(
        self, protocol: type[WebSocketsSansIOProtocol], limits: Mapping[str, int] | None = None
    ) -> None:
        self._protocol = protocol
        self._limits = dict(limits or {})
        self.lines: asyncio.Queue[tuple[Line, WebSocket]] = asyncio.Queue()
        self.ended: asyncio.Queue[Line] = asyncio.Queue()
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.url = ""

    async def endpoint(self, socket: WebSocket) -> None:
        await socket.accept()
        line = open_line(socket)
        await self.lines.put((line, socket))
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(line.run())
            reading = tasks.create_task(self._until_gone(socket))
            ends = (running, reading) if line.has_work else (reading,)
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            running.cancel()
            reading.cancel()
        await self.ended.put(line)

    async def _until_gone(self, socket: WebSocket) -> None:
        while (message := await socket.receive())["type"] != "websocket.disconnect":
            said = message.get("text")
            self.heard.put_nowait(message["bytes"].decode() if said is None else said)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Server"]:
        app = Starlette(routes=[WebSocketRoute("/", self.endpoint)])
        config = uvicorn.Config(
            app,
            ws=self._protocol,
            ws_per_message_deflate=False,
            ws_max_size=self._limits.get("ws_max_size", 16 * 1024 * 1024),
            log_config=None,
            lifespan="off",
            loop="none",
        )
        server = uvicorn.Server(config)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.url = f"ws://127.0.0.1:{listener.getsockname()[1]}/"
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(server.serve(sockets=[listener]))
                try:
                    yield self
                finally:
                    server.should_exit = True
