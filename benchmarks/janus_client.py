"""As much of Janus' WebSocket API as a load generator needs, and a Janus of our own to measure."""

import asyncio
import json
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect

ROOM = 1234
FEED = 1
TIMEOUT_S = 30.0
KEEPALIVE_S = 20.0

GENERAL = """
general: {{
  configs_folder = "{folder}"
  plugins_folder = "{libraries}/plugins"
  transports_folder = "{libraries}/transports"
  events_folder = "{libraries}/events"
  loggers_folder = "{libraries}/loggers"
  debug_level = 2
  debug_timestamps = true
}}
media: {{ ipv6 = false }}
nat: {{ ice_enforce_list = "{host}", full_trickle = false, ice_lite = true }}
plugins: {{ disable = "{disabled}" }}
transports: {{ disable = "{others}" }}
"""
DISABLED = (
    "audiobridge",
    "duktape",
    "echotest",
    "lua",
    "nosip",
    "recordplay",
    "sip",
    "streaming",
    "textroom",
)
SOCKETS = """
general: {{ json = "compact", ws = true, ws_port = {port}, ws_ip = "127.0.0.1", ws_logging = "err" }}
"""
VIDEOROOM = """
general: {{ }}
room-{room}: {{
  description = "load", publishers = 2, bitrate = 0, audiocodec = "opus", videocodec = "h264"
  videoorient_ext = false, playoutdelay_ext = false, transport_wide_cc_ext = false, audiolevel_ext = false
  notify_joining = false
}}
"""


@contextmanager
def running_janus(folder: Path, port: int, host: str) -> Iterator[subprocess.Popen[bytes]]:
    """Debian's Janus with one event loop (its best setting here) and one VideoRoom, its media on `host`."""
    libraries = next(Path("/usr/lib").glob("*/janus"))
    disabled = ",".join(f"libjanus_{name}.so" for name in (*DISABLED, "videocall", "voicemail"))
    others = ",".join(f"libjanus_{name}.so" for name in ("http", "pfunix", "rabbitmq", "mqtt", "nanomsg"))
    general = GENERAL.format(folder=folder, libraries=libraries, host=host, disabled=disabled, others=others)
    general = general.replace("general: {", "general: {\n  event_loops = 1", 1)
    (folder / "janus.jcfg").write_text(general)
    (folder / "janus.transport.websockets.jcfg").write_text(SOCKETS.format(port=port))
    (folder / "janus.plugin.videoroom.jcfg").write_text(VIDEOROOM.format(room=ROOM))
    with (folder / "janus.log").open("wb") as log:
        process = subprocess.Popen(
            ["janus", "-F", str(folder), "--log-stdout"], stdout=log, stderr=subprocess.STDOUT, cwd=folder
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(10)


class JanusClient:
    """One session on one WebSocket, many handles; `async with` opens and destroys it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._asked: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._socket: ClientConnection | None = None
        self._session = 0
        self._tasks = asyncio.TaskGroup()
        self._keeping: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._socket = await connect(self._url, subprotocols=["janus-protocol"], max_size=None)  # type: ignore[list-item]
        self._keeping.append(self._tasks.create_task(self._read(self._socket)))
        self._session = (await self._ask({"janus": "create"}))["data"]["id"]
        self._keeping.append(self._tasks.create_task(self._keep()))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._ask({"janus": "destroy"})
        for task in self._keeping:
            task.cancel()
        if self._socket is not None:
            await self._socket.close()
        await self._tasks.__aexit__(kind, error, trace)

    async def publish(self, offer: str) -> str:
        """Publish into the room; the SDP answer."""
        handle = await self._attach()
        await self._message(handle, {"request": "join", "ptype": "publisher", "room": ROOM, "id": FEED})
        body = {"request": "publish", "audiocodec": "opus", "videocodec": "h264", "bitrate": 0}
        reply = await self._message(handle, body, {"type": "offer", "sdp": offer})
        return str(reply["jsep"]["sdp"])

    async def subscribe(self) -> tuple[int, str]:
        """Watch the room: the handle, and Janus' SDP offer."""
        handle = await self._attach()
        body = {"request": "join", "ptype": "subscriber", "room": ROOM, "streams": [{"feed": FEED}]}
        reply = await self._message(handle, body)
        return handle, str(reply["jsep"]["sdp"])

    async def start(self, handle: int, answer: str) -> None:
        """Answer Janus' offer."""
        await self._message(handle, {"request": "start"}, {"type": "answer", "sdp": answer})

    async def _attach(self) -> int:
        reply = await self._ask({"janus": "attach", "plugin": "janus.plugin.videoroom"})
        return int(reply["data"]["id"])

    async def _message(
        self, handle: int, body: dict[str, Any], jsep: dict[str, str] | None = None
    ) -> dict[str, Any]:
        message: dict[str, Any] = {"janus": "message", "handle_id": handle, "body": body}
        return await self._ask(message | ({"jsep": jsep} if jsep else {}))

    async def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        assert self._socket is not None
        number = secrets.token_hex(6)
        answer = self._asked[number] = asyncio.get_running_loop().create_future()
        session = {"session_id": self._session} if self._session else {}
        await self._socket.send(json.dumps({**message, **session, "transaction": number}))
        async with asyncio.timeout(TIMEOUT_S):
            reply: dict[str, Any] = await answer
        failed = reply.get("error") or reply.get("plugindata", {}).get("data", {}).get("error")
        if failed:
            raise RuntimeError(f"Janus refused {message.get('janus')}: {failed}")
        return reply

    async def _read(self, connection: ClientConnection) -> None:
        async for text in connection:
            reply = json.loads(text)
            answer = self._asked.get(reply.get("transaction", ""))
            if reply.get("janus") != "ack" and answer is not None and not answer.done():
                answer.set_result(reply)

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(KEEPALIVE_S)
            assert self._socket is not None
            alive = {"janus": "keepalive", "session_id": self._session, "transaction": secrets.token_hex(6)}
            await self._socket.send(json.dumps(alive))
