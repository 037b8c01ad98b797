"""HTTP for gateways of our own, which play payment providers, and keys that they sign with."""

import functools
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from typing_extensions import override


class Asked(NamedTuple):
    """A request; the path has its query, the headers lower-case names."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str


class Reply(NamedTuple):
    """What it is answered with."""

    status: int
    body: str
    headers: Mapping[str, str] = {}


@functools.cache
def key_of(owner: str) -> rsa.RSAPrivateKey:
    """Return an owner's key, made once in a run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem_of(owner: str) -> str:
    """Return an owner's private key as PEM."""
    form = serialization.PrivateFormat.PKCS8
    return (
        key_of(owner).private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
    )


def public_pem_of(owner: str) -> str:
    """Return an owner's public key as PEM."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key_of(owner).public_key().public_bytes(serialization.Encoding.PEM, form).decode()


class _Handler(BaseHTTPRequestHandler):
    """Reads requests for a gateway, which a subclass names."""

    protocol_version = "HTTP/1.1"
    answer: Callable[[Asked], Reply]

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length", "0"))).decode()
        reply = type(self).answer(Asked(self.command, self.path, headers, body))
        content = reply.body.encode()
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **reply.headers}.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def serving(answer: Callable[[Asked], Reply]) -> Iterator[str]:
    """Serve answers for as long as the block runs, and give their URL."""
    handler = type("Handler", (_Handler,), {"answer": staticmethod(answer)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
