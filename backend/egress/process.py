"""The process that makes fragments of one room: `python -m backend.egress.process`, options on stdin.

The relay's worker connects to it and sends the stream (see `backend.relay.tap`); fragments leave by stdout.
It ends with its stdin, with the relay's connection, or when nothing comes any more.
"""

import asyncio
import contextlib
import hmac
import logging
import os
import signal
import sys
import threading
import time
from typing import Final

import msgspec

from backend.egress.fragmenter import Fragment, Fragmenter, GapError, Init
from backend.egress.messages import (
    EgressOptions,
    FragmentMade,
    InitMade,
    Listening,
    Made,
    decode_egress_options,
    encode_made,
)
from backend.relay.rtcp import SenderReport, parse_rtcp
from backend.relay.rtp import parse_rtp
from backend.relay.tap import HEADER, MEDIA, REPORTS, TapKind

logger = logging.getLogger("livestall.egress")

FED_WITHIN_S: Final = 10.0
EXIT_CANNOT_START: Final = 3
_KINDS: Final = {kind: name for kinds in (MEDIA, REPORTS) for name, kind in kinds.items()}


class Egress:
    """Reads one tap, and writes what is made of it to a file descriptor."""

    def __init__(self, options: EgressOptions, out: int) -> None:
        self._options = options
        self._out = out
        self._fragmenter = Fragmenter()
        self._taps: asyncio.Queue[asyncio.StreamReader] = asyncio.Queue(1)

    async def run(self) -> None:
        """Serve one tap to its end.

        Raises:
            TimeoutError: none comes, or nothing comes of it any more.
            GapError: it jumped in time; another process begins anew.
        """
        server = await asyncio.start_server(self._on_connection, "127.0.0.1", 0)
        async with server:
            self._write(Listening(server.sockets[0].getsockname()[1]))
            async with asyncio.timeout(FED_WITHIN_S):
                reader = await self._taps.get()
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    async with asyncio.timeout(self._options.silent_after_s):
                        kind, length = HEADER.unpack(await reader.readexactly(HEADER.size))
                        data = await reader.readexactly(length)
                    self._take(kind, data)

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Accept the connection that knows the secret."""
        secret = self._options.secret.encode()
        try:
            async with asyncio.timeout(FED_WITHIN_S):
                shown = await reader.readexactly(len(secret))
        except (OSError, asyncio.IncompleteReadError):
            writer.close()
            return
        if not hmac.compare_digest(shown, secret) or self._taps.full():
            logger.warning("a stranger came to an egress process")
            writer.close()
            return
        self._taps.put_nowait(reader)

    def _take(self, kind: int, data: bytes) -> None:
        name = _KINDS.get(TapKind(kind), "")
        if kind in REPORTS.values():
            for report in parse_rtcp(data):
                if isinstance(report, SenderReport):
                    self._fragmenter.on_report(name, report)
            return
        packet = parse_rtp(data)
        if packet is None:
            return
        for made in self._fragmenter.on_packet(name, packet, time.time()):
            self._write(_as_message(made))

    def _write(self, message: Made) -> None:
        """Write all of it; while the backend does not read, the relay drops what we cannot take."""
        rest = memoryview(encode_made(message))
        while rest:
            rest = rest[os.write(self._out, rest) :]


def _as_message(made: Init | Fragment) -> Made:
    if isinstance(made, Init):
        return InitMade(made.data)
    return FragmentMade(made.data, made.is_key, made.start, made.duration)


def _end_with_stdin() -> None:
    """End this process when the backend is gone or wants it gone."""

    def wait() -> None:
        # Past Python's own buffer: its lock, held by a waiting thread, would abort the interpreter's end.
        while os.read(sys.stdin.fileno(), 4096):
            pass
        os._exit(0)

    threading.Thread(target=wait, name="stdin", daemon=True).start()


def main() -> int:
    """Read the options and run; the exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Ctrl-C reaches the whole process group; the backend decides when we end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        options = decode_egress_options(sys.stdin.buffer.readline())
    except msgspec.DecodeError as error:
        logger.critical("expected options as one line of JSON on stdin: %s", error)
        return EXIT_CANNOT_START
    _end_with_stdin()
    try:
        asyncio.run(Egress(options, sys.stdout.fileno()).run())
    except TimeoutError:
        logger.info("no stream comes; this egress ends")
    except GapError as error:
        logger.info("the stream jumped; this egress ends: %s", error)
    except BrokenPipeError:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
