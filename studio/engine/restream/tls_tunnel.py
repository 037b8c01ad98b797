"""A way to an RTMPS server whose certificate is checked: FFmpeg, as PyAV opens it, checks none.

FFmpeg speaks plain RTMP to a port of this computer; what it says goes on through Python's TLS. The one thing
that is changed is the address in its first message, `connect`: servers choose by it whose stream it is.
"""

import asyncio
import logging
import ssl
import threading
from concurrent.futures import Future
from contextlib import suppress
from typing import Final, TypeAlias
from urllib.parse import urlsplit

log = logging.getLogger("livestall.restream")

_Streams: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]
CONNECT_SECONDS: Final = 10.0
PORT: Final = 443
_BUFFER: Final = 65_536
_HANDSHAKE: Final = (1 + 1536, 1536)  # C0 with C1, then C2 (Adobe's RTMP specification 1.0, section 5.2)
_HEAD: Final = 12  # of a chunk of type 0 whose stream has one byte (section 5.3.1)
_LENGTH: Final = slice(4, 7)
_CHUNK: Final = 128  # until somebody says otherwise (section 5.4.1)
_ADDRESS: Final = b"\x00\x05tcUrl\x02"  # the property's name, and AMF 0's mark of a string


class TlsTunnel:
    """Carries one connection from loopback to the server of an `rtmps://` address, in a thread of its own.

    Args:
        url: of the server, with the stream key: a secret.
        trust: by what its certificate is checked; None: what the system trusts.

    Attributes:
        url: what FFmpeg is to connect to.

    Raises:
        ssl.SSLCertVerificationError: the server is not who it should be.
        OSError: it cannot be reached.
    """

    def __init__(self, url: str, trust: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or PORT
        self._trust = trust or ssl.create_default_context()
        self._loop = asyncio.SelectorEventLoop()
        self._closing = asyncio.Event()
        self._there = f"rtmps://{parts.netloc}/".encode()
        self._here = b""
        ready: Future[str] = Future()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="tunnel", daemon=True)
        self._thread.start()
        self.url = parts._replace(scheme="rtmp", netloc=ready.result()).geturl()

    def close(self) -> None:
        """End both connections."""
        with suppress(RuntimeError):  # it ended by itself, and its loop with it
            self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(CONNECT_SECONDS)

    # --- In the thread -------------------------------------------------------------------------

    def _run(self, ready: "Future[str]") -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._carry(ready))
            except Exception as error:
                if ready.done():
                    log.exception("the tunnel ended")
                else:
                    ready.set_exception(error)

    async def _carry(self, ready: "Future[str]") -> None:
        async with asyncio.timeout(CONNECT_SECONDS):
            far = await asyncio.open_connection(
                self._host, self._port, ssl=self._trust, server_hostname=self._host
            )
        near: asyncio.Queue[_Streams] = asyncio.Queue()
        server = await asyncio.start_server(
            lambda reader, writer: near.put_nowait((reader, writer)), "127.0.0.1", 0
        )
        address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._here = f"rtmp://{address}/".encode()
        ready.set_result(address)
        async with asyncio.TaskGroup() as tasks:
            both = tasks.create_task(self._carry_both(near, far))
            await self._closing.wait()
            both.cancel()
        server.close()
        far[1].close()

    async def _carry_both(self, nears: "asyncio.Queue[_Streams]", far: "_Streams") -> None:
        reader, writer = await nears.get()
        async with asyncio.TaskGroup() as tasks:
            inwards = tasks.create_task(_copy(far[0], writer))
            await self._carry_outwards(reader, far[1])
            inwards.cancel()
        writer.close()

    async def _carry_outwards(self, near: asyncio.StreamReader, far: asyncio.StreamWriter) -> None:
        with suppress(OSError, EOFError):
            for length in _HANDSHAKE:
                far.write(await near.readexactly(length))
            far.write(await self._with_address(near))
            await _copy(near, far)

    async def _with_address(self, near: asyncio.StreamReader) -> bytes:
        """Read FFmpeg's first message and give it with the server's own address."""
        head = await near.readexactly(_HEAD)
        length = int.from_bytes(head[_LENGTH], "big")
        body = b""
        while len(body) < length:
            if body:
                await near.readexactly(1)  # the next chunk's head: it goes on
            body += await near.readexactly(min(_CHUNK, length - len(body)))
        body = renamed(body, self._here, self._there)
        following = bytes((0xC0 | head[0] & 0x3F,))
        chunks = [body[at : at + _CHUNK] for at in range(0, len(body), _CHUNK)]
        return head[:4] + len(body).to_bytes(3, "big") + head[7:] + following.join(chunks)


def renamed(body: bytes, here: bytes, there: bytes) -> bytes:
    """Give a `connect` message with another beginning of its address; one without `here` as it is.

    Args:
        body: the message (AMF 0).
        here: how the address begins.
        there: how it is to begin.
    """
    mark = body.find(_ADDRESS)
    begin = mark + len(_ADDRESS) + 2
    if mark < 0 or not body[begin:].startswith(here):
        return body
    length = int.from_bytes(body[begin - 2 : begin], "big")
    address = there + body[begin + len(here) : begin + length]
    return body[: begin - 2] + len(address).to_bytes(2, "big") + address + body[begin + length :]


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Hand on what comes, and the end of it."""
    with suppress(OSError):
        while data := await source.read(_BUFFER):
            target.write(data)
            await target.drain()
    target.close()
