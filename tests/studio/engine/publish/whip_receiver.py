"""The far end in tests: a WHIP endpoint and an aiortc receiver, in a thread and loop of their own."""

import asyncio
import re
import socket
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import av
import uvicorn
from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from typing_extensions import override

from studio.engine.publish.aiortc_adapter import advertise_loopback

TOKEN = "host-token"
Result = TypeVar("Result")


@dataclass
class Arrival:
    """What one published session brought."""

    connection: RTCPeerConnection
    pictures: list[av.VideoFrame] = field(default_factory=list)
    sounds: list[av.AudioFrame] = field(default_factory=list)


class AnnouncingServer(uvicorn.Server):
    """Says on which port it listens."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[int], None]) -> None:
        super().__init__(config)
        self._announce = announce

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce(self.servers[0].sockets[0].getsockname()[1])


class WhipReceiver:
    """Answers offers on `/whip/room` while it runs.

    Args:
        port: to listen on; 0 for any.
        status: with which every offer is refused; None accepts those with the token.
    """

    def __init__(self, port: int = 0, status: int | None = None) -> None:
        self.status = status
        self.is_deaf = False
        self.arrivals: list[Arrival] = []
        self.deleted: list[str] = []
        self.offers: list[str] = []
        self.claims: list[tuple[str | None, str | None]] = []
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, args=(port,), daemon=True)
        self._server: uvicorn.Server | None = None
        self._thaw = threading.Event()
        self._tracks: set[asyncio.Task[None]] = set()
        self.port = 0
        self._thread.start()
        self.wait(lambda: self.port != 0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/whip/room"

    def wait(self, condition: Callable[[], object], timeout: float = 20.0) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, timeout), "it did not happen in time"

    def call(self, coroutine: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    def ask_for_keyframe(self) -> None:
        """Send a PLI, as a viewer that joins does."""
        receiver = next(
            each for each in self.arrivals[-1].connection.getReceivers() if each.track.kind == "video"
        )
        ssrc = int(re.findall(r"a=ssrc:(\d+) ", self.offers[-1])[0])
        self.call(receiver._send_rtcp_pli(ssrc))

    def freeze(self) -> None:
        """Answer nothing any more, neither HTTP nor media, until thawed."""
        self._loop.call_soon_threadsafe(self._thaw.wait)

    def thaw(self) -> None:
        self._thaw.set()

    def close(self) -> None:
        """End as a server that is stopped does: connections closed, port free again."""
        if self._thread.is_alive():
            self.call(self._shut())
            self._thread.join(10)

    def _notify(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _run(self, port: int) -> None:
        asyncio.set_event_loop(self._loop)
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve(port))

    async def _serve(self, port: int) -> None:
        advertise_loopback()
        routes = [
            Route("/whip/room", self._offer, methods=["POST"]),
            Route("/whip/room/{session}", self._delete, methods=["DELETE"]),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes), "127.0.0.1", port, log_level="warning", lifespan="off", ws="none"
        )
        self._server = AnnouncingServer(config, self._announce)
        await self._server.serve()

    def _announce(self, port: int) -> None:
        self.port = port
        self._notify()

    async def _shut(self) -> None:
        for arrival in self.arrivals:
            await arrival.connection.close()
        for task in self._tracks:
            task.cancel()
        assert self._server is not None
        self._server.should_exit = True
        self._server.force_exit = True

    async def _offer(self, request: Request) -> Response:
        offer = (await request.body()).decode()
        told = request.headers
        self.claims.append((told.get("livestall-studio"), told.get("livestall-take-over")))
        self.offers.append(offer)
        self._notify()
        if self.status is not None:
            return PlainTextResponse("no", self.status)
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            return PlainTextResponse("who are you?", 401)
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        arrival = Arrival(connection)
        connection.on("track", lambda track: self._take(track, arrival))
        await connection.setRemoteDescription(RTCSessionDescription(offer, "offer"))
        await connection.setLocalDescription(await connection.createAnswer())
        if self.is_deaf:  # as behind a firewall that lets HTTP pass and UDP not
            await connection.close()
        self.arrivals.append(arrival)
        self._notify()
        location = f"/whip/room/{len(self.arrivals)}"
        return Response(
            connection.localDescription.sdp, 201, {"Location": location}, media_type="application/sdp"
        )

    async def _delete(self, request: Request) -> Response:
        self.deleted.append(request.path_params["session"])
        await self.arrivals[int(request.path_params["session"]) - 1].connection.close()
        self._notify()
        return Response()

    def _take(self, track: MediaStreamTrack, arrival: Arrival) -> None:
        task = self._loop.create_task(self._read(track, arrival))
        self._tracks.add(task)
        task.add_done_callback(self._tracks.discard)

    async def _read(self, track: MediaStreamTrack, arrival: Arrival) -> None:
        try:
            while True:
                frame = await track.recv()
                if isinstance(frame, av.VideoFrame):
                    arrival.pictures.append(frame)
                else:
                    arrival.sounds.append(cast(av.AudioFrame, frame))
                self._notify()
        except MediaStreamError:
            pass
