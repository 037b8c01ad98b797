"""The routes of a room's fragments: a WebSocket for players, and HLS for Safari and for CDNs (RFC 8216).

Who may watch by WHEP may watch here: any origin, no token.
"""

import asyncio
import time
from collections.abc import Callable
from typing import Final

import msgspec
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from backend.contract.http import Problem
from backend.egress.egress import Egress
from backend.egress.room_stream import RoomStream, Viewer
from backend.limits import KeyedBuckets, OfferPace, Places
from backend.room.line import open_line

# Any origin may play: see `backend.relay.http`.
ANYWHERE: Final = {"Access-Control-Allow-Origin": "*"}
PLAYLIST_HEADERS: Final = {**ANYWHERE, "Cache-Control": "public, max-age=1"}
FILE_HEADERS: Final = {**ANYWHERE, "Cache-Control": "public, max-age=3600, immutable"}
PLAYLIST_TYPE: Final = "application/vnd.apple.mpegurl"
# The first segment of a room that nobody watched: a process starts, and a keyframe ends it.
FIRST_SEGMENT_WITHIN_S: Final = 10.0
RETRY_S: Final = 2
POLICY_VIOLATION: Final = 1008


class ViewerLimits(msgspec.Struct, frozen=True):
    """How many may watch by WebSocket at once: each takes the room's whole bitrate from this process."""

    at_once: int = 300
    an_address: int = 100


class FragmentRoutes:
    """See the module.

    Args:
        room_exists: whether there is such a room.
        pace: how often one address may come.
        address_of: where a request comes from.
        limits: how many may watch.
    """

    def __init__(
        self,
        egress: Egress,
        room_exists: Callable[[str], bool],
        pace: OfferPace,
        address_of: Callable[[HTTPConnection], str],
        limits: ViewerLimits = ViewerLimits(),  # noqa: B008  # frozen
    ) -> None:
        self._egress = egress
        self._room_exists = room_exists
        self._pace = KeyedBuckets(per_second=pace.per_second, burst=pace.at_once)
        self._address_of = address_of
        self._limits = limits
        self._of_address = Places(limits.an_address)
        self._at_once = 0

    def routes(self) -> list[BaseRoute]:
        """The routes below `/live/{room}`."""
        return [
            WebSocketRoute("/live/{room}/live.ws", self.watch),
            Route("/live/{room}/live.m3u8", self.playlist),
            Route("/live/{room}/{name}", self.file),
        ]

    # --- The WebSocket ---

    async def watch(self, socket: WebSocket) -> None:
        """Send the init segment and the fragments as they come, one a message, from the last keyframe on."""
        address = self._address_of(socket)
        problem = self._problem(socket.path_params["room"], address) or self._crowd(address)
        if problem is not None:
            await socket.send_denial_response(problem)
            return
        self._of_address.take(address)
        self._at_once += 1
        try:
            await socket.accept()
            await self._serve(socket)
        finally:
            self._at_once -= 1
            self._of_address.give_back(address)

    async def _serve(self, socket: WebSocket) -> None:
        stream = self._egress.stream(socket.path_params["room"])
        viewer = Viewer(open_line(socket))
        stream.join(viewer)
        try:
            if not viewer.line.has_work:
                await self._until_gone(socket, viewer)
                return
            async with asyncio.TaskGroup() as tasks:
                running = tasks.create_task(viewer.line.run())
                reading = tasks.create_task(self._until_gone(socket, viewer))
                await asyncio.wait((running, reading), return_when=asyncio.FIRST_COMPLETED)
                running.cancel()
                reading.cancel()
        finally:
            stream.leave(viewer)

    async def _until_gone(self, socket: WebSocket, viewer: Viewer) -> None:
        if (await socket.receive())["type"] == "websocket.receive":
            viewer.line.cut(POLICY_VIOLATION, "nothing is to be sent here")

    def _crowd(self, address: str) -> Response | None:
        if self._at_once >= self._limits.at_once:
            return _problem(503, "full", "This server sends to as many viewers as it can. Try again later.")
        taken = self._of_address.take(address)
        self._of_address.give_back(address)
        if taken > self._of_address.most:
            return _problem(429, "too_many_viewers", "Too many watch from your network over TCP already.")
        return None

    # --- HLS ---

    async def playlist(self, request: Request) -> Response:
        """The playlist; of a room that nobody watched it comes as soon as its first segment is there."""
        room = request.path_params["room"]
        problem = self._problem(room, self._address_of(request))
        if problem is not None:
            return problem
        stream = self._egress.stream(room)
        if not await _has_segment(stream):
            return _problem(503, "not_ready", "The first segment is being made. Try again in a moment.")
        return Response(stream.segments.playlist(), headers=PLAYLIST_HEADERS, media_type=PLAYLIST_TYPE)

    async def file(self, request: Request) -> Response:
        """A segment or an init segment that the playlist names."""
        room, name = request.path_params["room"], request.path_params["name"]
        stream = self._egress.known(room)
        data = stream.segments.file(name) if stream is not None else None
        if stream is None or data is None:
            return _problem(404, "not_found", "There is no such segment any more. Load the playlist again.")
        stream.touch()
        kind = "video/mp4" if name.endswith(".mp4") else "video/iso.segment"
        return Response(data, headers=FILE_HEADERS, media_type=kind)

    def _problem(self, room: str, address: str) -> Response | None:
        if not self._room_exists(room):
            return _problem(404, "unknown_room", "There is no such room; check the link.")
        if self._pace.take(address, time.monotonic()):
            return _problem(
                429, "too_many_offers", "Too many requests come from your network. Try again soon."
            )
        if not self._egress.is_publishing(room):
            return _problem(404, "no_stream", "Nobody publishes in this room now. Try again when it is live.")
        return None


async def _has_segment(stream: RoomStream) -> bool:
    try:
        async with asyncio.timeout(FIRST_SEGMENT_WITHIN_S):
            await stream.until_segment()
    except TimeoutError:
        return False
    return True


def _problem(status: int, error: str, message: str) -> Response:
    headers = {**ANYWHERE, "Retry-After": str(RETRY_S), "Cache-Control": "no-store"}
    body = msgspec.json.encode(Problem(error, message))
    return Response(body, status, headers, "application/json")
