"""Fetching, from a real server with TLS on loopback."""

import asyncio
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typing_extensions import override

from backend.contract.pictures import MAX_PICTURE_BYTES
from backend.shop.catalog.pictures.fetching import FetchError, PictureFetcher
from tests.backend.shop.catalog.pictures.drawing import drawn
from tests.support.certificate import make_certificate

PICTURE = drawn()


class Answering(BaseHTTPRequestHandler):
    """Serves a picture, and what leads elsewhere."""

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer by the path."""
        port = self.server.server_port  # type: ignore[attr-defined]
        leads = {
            "/moved": f"https://localhost:{port}/picture.jpg",
            "/near": "/picture.jpg",
            "/plain": f"http://localhost:{port}/picture.jpg",
            "/inside": f"https://10.0.0.1:{port}/picture.jpg",
            "/round": "/round",
            "/broken": "https://[",
        }
        if self.path in leads:
            self.send_response(302)
            self.send_header("Location", leads[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif self.path.startswith("/picture.jpg"):
            self._give(PICTURE)
        elif self.path == "/huge":
            self._give(bytes(MAX_PICTURE_BYTES + 1))
        else:
            self.send_error(404)

    def _give(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(OSError):  # who asked hung up
            self.wfile.write(content)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """A server on loopback: its port, and the certificate to trust."""
    certificate = make_certificate(tmp_path, "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.chain, certificate.key)
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    serving.socket = context.wrap_socket(serving.socket, server_side=True)
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield serving.server_port, certificate.chain
    serving.shutdown()
    thread.join()
    serving.server_close()


@pytest.fixture
async def fetcher(server: tuple[int, Path]) -> PictureFetcher:
    """Fetches from loopback, as if it were public."""
    port, chain = server
    trusted = await asyncio.to_thread(ssl.create_default_context, cafile=str(chain))
    loopback = ipaddress.ip_network("127.0.0.0/8")
    return PictureFetcher(allows=lambda address: address in loopback, trusted=trusted, port=port)


@pytest.mark.parametrize("path", ["/picture.jpg", "/picture.jpg?size=2&name=茶 1", "/moved", "/near"])
async def test_a_picture_is_fetched_and_redirects_are_followed(
    server: tuple[int, Path], fetcher: PictureFetcher, path: str
) -> None:
    assert await fetcher.fetch(f"https://localhost:{server[0]}{path}") == PICTURE


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/none", "answers 404"),
        ("/huge", "more than 12 MB"),
        ("/plain", "begin with https"),
        ("/inside", "private network"),
        ("/round", "leads on"),
        ("/broken", "no link"),
    ],
)
async def test_a_link_that_leads_to_no_picture_in_public_is_refused(
    server: tuple[int, Path], fetcher: PictureFetcher, path: str, why: str
) -> None:
    with pytest.raises(FetchError, match=why):
        await fetcher.fetch(f"https://localhost:{server[0]}{path}")


async def test_a_name_that_leads_into_this_machine_is_refused_before_anything_is_sent(
    server: tuple[int, Path],
) -> None:
    fetcher = PictureFetcher(port=server[0])
    for host in ("localhost", "127.0.0.1", "[::1]", "0.0.0.0"):
        with pytest.raises(FetchError, match="private network"):
            await fetcher.fetch(f"https://{host}:{server[0]}/picture.jpg")


async def test_a_server_without_a_good_certificate_is_refused(server: tuple[int, Path]) -> None:
    fetcher = PictureFetcher(allows=lambda _address: True, port=server[0])
    with pytest.raises(FetchError, match="cannot be reached"):
        await fetcher.fetch(f"https://localhost:{server[0]}/picture.jpg")


@pytest.mark.parametrize(
    "link",
    [
        "",
        "file:///etc/passwd",
        "http://example.com/a.jpg",
        "https://",
        "https://user:word@example.com/a.jpg",
        "https://example.com:22/a.jpg",
        "https://example.com:x/a.jpg",
        "https://[::1/a.jpg",
        f"https://{'a' * 70}.com/",
    ],
)
async def test_what_is_no_plain_https_link_is_refused(link: str) -> None:
    with pytest.raises(FetchError):
        await PictureFetcher().fetch(link)
