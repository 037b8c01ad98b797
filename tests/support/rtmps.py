"""TLS before an RTMP server: what platforms have at port 443."""

import asyncio
import ssl
import threading
from pathlib import Path

from tests.support.certificate import make_certificate

NAME = "localhost"


class TlsFront:
    """Takes TLS connections and hands on what comes to a port of this computer, until closed.

    Attributes:
        port: where it listens.
        trust: trusts its certificate, and no other.
    """

    def __init__(self, folder: Path, behind: int) -> None:
        certificate = make_certificate(folder, NAME)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate.chain, certificate.key)
        self.trust = ssl.create_default_context(cafile=str(certificate.chain))
        self._behind = behind
        self._loop = asyncio.new_event_loop()
        self._closing = asyncio.Event()
        self._listens = threading.Event()
        self.port = 0
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        self._thread.start()
        assert self._listens.wait(20)

    def close(self) -> None:
        """End it."""
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()
        self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._on_connection, "127.0.0.1", 0, ssl=self._context)
        self.port = server.sockets[0].getsockname()[1]
        self._listens.set()
        await self._closing.wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _on_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", self._behind)
        try:
            await asyncio.gather(_copy(reader, inner_writer), _copy(inner_reader, writer))
        except OSError:
            pass
        finally:
            inner_writer.close()
            writer.close()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while data := await source.read(65_536):
        target.write(data)
        await target.drain()
    target.close()
