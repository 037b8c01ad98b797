"""The routes of fragments, over real HTTP: a WebSocket, and HLS as FFmpeg plays it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import av
import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from uvicorn.config import WSProtocolType
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.egress.egress import Egress
from backend.egress.http import POLICY_VIOLATION, FragmentRoutes, ViewerLimits
from backend.egress.room_stream import SERVICE_RESTART
from backend.limits import OfferPace
from backend.room.fanout_protocol import FanoutProtocol
from tests.support.canned_egress import CannedEgress

QUIET: dict[str, Any] = {
    "log_config": None,
    "access_log": False,
    "lifespan": "off",
    "timeout_graceful_shutdown": 1,
}
WIDE = OfferPace(1000.0, 1000)
MANY = ViewerLimits()
READY: WSProtocolType | type[asyncio.Protocol] = FanoutProtocol
PLAIN: WSProtocolType | type[asyncio.Protocol] = "websockets-sansio"


@dataclass
class Server:
    """Where the routes are."""

    port: int
    canned: CannedEgress

    def url(self, name: str, room: str = "main", scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}/live/{room}/{name}"

    @asynccontextmanager
    async def watching(self, room: str = "main") -> AsyncIterator[ClientConnection]:
        async with connect(self.url("live.ws", room, "ws"), max_size=None) as line:
            yield line

    async def refused(self, room: str = "main") -> int:
        """The status of a WebSocket that is not opened."""
        with pytest.raises(InvalidStatus) as caught:
            async with self.watching(room):
                """It is not."""
        return caught.value.response.status_code

    async def get(self, name: str, room: str = "main") -> httpx.Response:
        async with httpx.AsyncClient(timeout=60) as client:
            return await client.get(self.url(name, room))


@asynccontextmanager
async def serving(
    limits: ViewerLimits = MANY,
    pace: OfferPace = WIDE,
    protocol: WSProtocolType | type[asyncio.Protocol] = READY,
) -> AsyncIterator[Server]:
    canned = CannedEgress()
    canned.has_stream = True
    canned.at_once_s = 5.0
    with socket.create_server(("127.0.0.1", 0)) as listener:
        async with Egress(canned, canned.run) as egress, asyncio.TaskGroup() as tasks:
            routes = FragmentRoutes(
                egress,
                lambda room: room in {"main", "other"},
                pace,
                lambda asked: asked.client.host if asked.client else "",
                limits,
            )
            config = uvicorn.Config(Starlette(routes=routes.routes()), ws=protocol, **QUIET)
            server = uvicorn.Server(config)
            tasks.create_task(server.serve([listener]))
            try:
                yield Server(listener.getsockname()[1], canned)
            finally:
                server.should_exit = True


async def first(line: ClientConnection, count: int) -> list[bytes]:
    async with asyncio.timeout(60):
        return [bytes(await line.recv()) for _ in range(count)]  # type: ignore[arg-type]


@pytest.mark.parametrize("protocol", [READY, PLAIN], ids=["ready frames", "plain sends"])
async def test_a_viewer_gets_the_init_segment_and_then_fragments_from_a_keyframe_on(
    protocol: WSProtocolType | type[asyncio.Protocol],
) -> None:
    async with serving(protocol=protocol) as server, server.watching() as line:
        init, *fragments = await first(line, 12)
        assert init[4:8] == b"ftyp"
        assert [one[4:8] for one in fragments] == [b"prft"] * 11
        async with server.watching() as later:
            again, keyframe = await first(later, 2)
            assert again == init
            assert keyframe not in fragments[:1]
        assert server.canned.begun == 1


async def test_where_there_is_no_stream_and_no_room_nothing_is_opened() -> None:
    async with serving() as server:
        assert await server.refused("elsewhere") == 404
        server.canned.has_stream = False
        assert await server.refused() == 404
        assert (await server.get("live.m3u8")).json()["error"] == "no_stream"
        assert (await server.get("live.m3u8", "elsewhere")).json()["error"] == "unknown_room"
        assert server.canned.begun == 0


async def test_places_are_counted_and_given_back() -> None:
    async with serving(ViewerLimits(at_once=3, an_address=2)) as server:
        async with server.watching(), server.watching("other"):
            assert await server.refused() == 429
        async with asyncio.timeout(20):
            while await _is_refused(server):  # noqa: ASYNC110 - what it waits for has no event
                await asyncio.sleep(0.05)
    async with serving(ViewerLimits(at_once=1)) as server, server.watching():
        assert await server.refused() == 503


async def _is_refused(server: Server) -> bool:
    try:
        async with server.watching():
            return False
    except InvalidStatus:
        return True


async def test_who_comes_too_often_waits() -> None:
    async with serving(pace=OfferPace(0.01, 2)) as server:
        async with server.watching(), server.watching():
            assert await server.refused() == 429
        told = await server.get("live.m3u8")
        assert (told.status_code, told.json()["error"]) == (429, "too_many_offers")
        assert int(told.headers["retry-after"]) > 0


async def test_who_sends_something_is_cut_off() -> None:
    async with serving() as server, server.watching() as line:
        await line.send("a command")
        with pytest.raises(ConnectionClosed) as caught:
            await first(line, 10_000)
        assert caught.value.rcvd is not None
        assert caught.value.rcvd.code == POLICY_VIOLATION


async def test_viewers_come_back_when_the_process_died() -> None:
    async with serving() as server:
        async with server.watching() as line:
            await first(line, 3)
            server.canned.cut()
            with pytest.raises(ConnectionClosed) as caught:
                await first(line, 10_000)
            assert caught.value.rcvd is not None
            assert caught.value.rcvd.code == SERVICE_RESTART
        async with server.watching() as line:
            await first(line, 3)
        assert server.canned.begun == 2


async def test_hls_is_played_from_its_playlist() -> None:
    async with serving() as server:
        told = await server.get("live.m3u8")
        assert told.status_code == 200
        assert told.headers["content-type"] == "application/vnd.apple.mpegurl"
        times = await asyncio.to_thread(_play, server.url("live.m3u8"), 70)
        assert times == pytest.approx([times[0] + number / 30 for number in range(70)], abs=0.002)


def _play(url: str, count: int) -> list[float]:
    with av.open(url) as container:
        assert {stream.type for stream in container.streams} == {"video", "audio"}
        frames = container.decode(video=0)
        return [float(next(frames).time) for _ in range(count)]


async def test_a_cache_may_keep_segments_for_long_and_a_playlist_for_a_second() -> None:
    async with serving() as server:
        playlist = await server.get("live.m3u8")
        assert playlist.headers["cache-control"] == "public, max-age=1"
        names = [line for line in playlist.text.splitlines() if line.endswith(".m4s")]
        segment = await server.get(names[-1])
        assert segment.headers["cache-control"] == "public, max-age=3600, immutable"
        for one in (playlist, segment):
            assert one.headers["access-control-allow-origin"] == "*"
        gone = await server.get("1-0.m4s")
        assert (gone.status_code, gone.headers["cache-control"]) == (404, "no-store")
