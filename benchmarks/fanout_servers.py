"""The servers that `fanout.py` compares: `python benchmarks/fanout_servers.py NAME COUNT SIZE RATE SECONDS`.

Each prints its port, takes COUNT WebSockets, waits for a line on stdin, sends RATE messages of SIZE bytes a
second to each for SECONDS, and prints one line of JSON: ticks, sent, cpu_s. It ends with its stdin.
"""

import asyncio
import os
import random
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import msgspec
import uvicorn
import websockets
from aiohttp import web
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket, WebSocketDisconnect
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from backend.http.listening import listen
from backend.http.server import BackendServer
from backend.room.frames import Prepared
from backend.room.hub import Hub, Lane
from backend.room.line import open_line

Broadcast = Callable[[str], Awaitable[None]]
WORDS = [
    "主播",
    "好棒",
    "这个",
    "多少钱",
    "有货吗",
    "买了",
    "下单",
    "颜色",
    "尺码",
    "黑色",
    "白色",
    "冲鸭",
    "666",
    "哈哈哈",
    "已拍",
    "优惠券",
    "红包",
    "抢到了",
    "发货",
    "快递",
    "包邮",
    "宝贝",
    "推荐",
    "显瘦",
    "质量",
    "怎么样",
    "链接",
    "三号",
    "讲解",
    "一下",
]


class Asked:
    """What the command line asked for."""

    def __init__(self, words: list[str]) -> None:
        self.name = words[0]
        self.count, self.size = int(words[1]), int(words[2])
        self.rate, self.seconds = float(words[3]), float(words[4])


class Audience:
    """Who is connected, and when all are."""

    def __init__(self, count: int) -> None:
        self._count = count
        self.members: set[object] = set()
        self.is_complete = asyncio.Event()

    def add(self, member: object) -> None:
        """Count one in."""
        self.members.add(member)
        if len(self.members) == self._count:
            self.is_complete.set()


class Talk:
    """Messages of about the given size, like a batch of a busy room's danmu."""

    def __init__(self, size: int) -> None:
        randomness = random.Random(7)
        self._bodies = [_batch(randomness, size) for _ in range(64)]
        self._next = 0

    def message(self) -> str:
        """Return the next message, with the time in nanoseconds."""
        self._next = (self._next + 1) % len(self._bodies)
        return f'{{"t":{time.time_ns()},{self._bodies[self._next]}'


def _batch(randomness: random.Random, size: int) -> str:
    danmu: list[str] = []
    while True:
        said = {
            "type": "danmu",
            "id": randomness.randrange(10**9),
            "name": f"用户{randomness.randrange(99999)}",
            "text": "".join(randomness.sample(WORDS, randomness.randint(1, 5))),
        }
        longer = [*danmu, msgspec.json.encode(said).decode()]
        if len(_body(longer).encode()) + 25 > size:
            body = _body(danmu)
            return body[:-1] + ',"pad":"' + "x" * (size - len(body.encode()) - 35) + '"}'
        danmu = longer


def _body(danmu: list[str]) -> str:
    return f'"events":[{",".join(danmu)}]}}'


@asynccontextmanager
async def ours(audience: Audience) -> AsyncIterator[tuple[int, Broadcast]]:
    """The room's hub over the backend's own server."""
    hub = Hub(time.monotonic)

    async def endpoint(socket: WebSocket) -> None:
        await socket.accept()
        line = open_line(socket)
        hub.subscribe(line)
        audience.add(line)
        await _until_gone(socket)

    async def broadcast(text: str) -> None:
        hub.publish(Prepared(text.encode()), Lane.RELIABLE)
        await hub.drain()
        hub.tick()

    app = Starlette(routes=[WebSocketRoute("/", endpoint)])
    async with _serving(BackendServer(app)) as port:
        yield port, broadcast


@asynccontextmanager
async def gather(audience: Audience) -> AsyncIterator[tuple[int, Broadcast]]:
    """What most tutorials show: one `send_text` a client, all awaited together."""
    sockets: list[WebSocket] = []

    async def endpoint(socket: WebSocket) -> None:
        await socket.accept()
        sockets.append(socket)
        audience.add(socket)
        await _until_gone(socket)

    async def broadcast(text: str) -> None:
        await asyncio.gather(*(socket.send_text(text) for socket in sockets))

    app = Starlette(routes=[WebSocketRoute("/", endpoint)])
    async with _serving(_plain_uvicorn(app)) as port:
        yield port, broadcast


@asynccontextmanager
async def websockets_broadcast(audience: Audience) -> AsyncIterator[tuple[int, Broadcast]]:
    """`websockets.broadcast`."""
    connections: set[websockets.ServerConnection] = set()

    async def endpoint(connection: websockets.ServerConnection) -> None:
        connections.add(connection)
        audience.add(connection)
        await connection.wait_closed()

    async def broadcast(text: str) -> None:
        websockets.broadcast(connections, text)

    async with websockets.serve(endpoint, "127.0.0.1", 0, compression=None) as server:
        yield next(iter(server.sockets)).getsockname()[1], broadcast


@asynccontextmanager
async def aiohttp_send(audience: Audience) -> AsyncIterator[tuple[int, Broadcast]]:
    """`send_str` of aiohttp, one client after the other."""
    responses: list[web.WebSocketResponse] = []

    async def endpoint(request: web.Request) -> web.WebSocketResponse:
        response = web.WebSocketResponse(compress=False)
        await response.prepare(request)
        responses.append(response)
        audience.add(response)
        async for _ in response:
            pass
        return response

    async def broadcast(text: str) -> None:
        for response in responses:
            await response.send_str(text)

    app = web.Application()
    app.add_routes([web.get("/", endpoint)])
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=4096)
    await site.start()
    yield runner.addresses[0][1], broadcast
    await runner.cleanup()


SERVERS = {
    "ours": ours,
    "gather": gather,
    "websockets.broadcast": websockets_broadcast,
    "aiohttp": aiohttp_send,
}


async def _until_gone(socket: WebSocket) -> None:
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        return


def _plain_uvicorn(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            loop="none",
            ws=WebSocketsSansIOProtocol,
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
        )
    )


@asynccontextmanager
async def _serving(server: uvicorn.Server) -> AsyncIterator[int]:
    with listen("127.0.0.1", 0) as listener:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(server.serve(sockets=[listener]))
            yield listener.getsockname()[1]
            server.force_exit = server.should_exit = True


async def measure(asked: Asked) -> None:
    """Serve, wait for the word to go, send, and tell what it cost."""
    audience = Audience(asked.count)
    talk = Talk(asked.size)
    async with SERVERS[asked.name](audience) as (port, broadcast):
        print(port, flush=True)
        await audience.is_complete.wait()
        await asyncio.to_thread(sys.stdin.readline)
        cpu_before, start = time.process_time(), time.monotonic()
        ticks = 0
        while time.monotonic() - start < asked.seconds:
            await broadcast(talk.message())
            ticks += 1
            await asyncio.sleep(max(0.0, start + ticks / asked.rate - time.monotonic()))
        figures = {"ticks": ticks, "sent": ticks * asked.count, "cpu_s": time.process_time() - cpu_before}
        print(msgspec.json.encode(figures).decode(), flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        # A thousand goodbyes are not what is measured.
        os._exit(0)


if __name__ == "__main__":
    asyncio.run(measure(Asked(sys.argv[1:])))
