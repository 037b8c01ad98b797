"""A program of a shop's that receives webhooks, over real HTTP or https."""

import base64
import hmac
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
from typing_extensions import override

from backend.contract.outgoing_webhooks import WebhookBody
from tests.support.certificate import Certificate


class Hook(msgspec.Struct, frozen=True):
    """A request as it came, its headers with lower-case names."""

    path: str
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> WebhookBody:
        return msgspec.json.decode(self.content, type=WebhookBody)

    @property
    def message_id(self) -> str:
        return self.headers["webhook-id"]

    def is_signed_with(self, secret: str) -> bool:
        """Check the signature as the specification says."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = b".".join(
            [self.message_id.encode(), self.headers["webhook-timestamp"].encode(), self.content]
        )
        expected = base64.b64encode(hmac.new(key, signed, "sha256").digest()).decode()
        return self.headers["webhook-signature"] == f"v1,{expected}"


class HookReceiver:
    """Takes webhooks in.

    Attributes:
        hooks: those that came, the oldest first.
        statuses: what the next ones are answered with; 200 when there is none left.
        may_answer: while it is not set, nothing is answered.
        location: where it sends those whom it answers with 302.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.hooks: list[Hook] = []
        self.statuses: list[int] = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.location = ""


class _Handler(BaseHTTPRequestHandler):
    """Hands requests to a receiver, which a subclass names."""

    receiver: HookReceiver

    def do_POST(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        content = self.rfile.read(int(headers.get("content-length", 0)))
        self.receiver.hooks.append(Hook(self.path, headers, content))
        self.receiver.may_answer.wait()
        status = self.receiver.statuses.pop(0) if self.receiver.statuses else 200
        with suppress(ConnectionError):  # who asked may be gone
            self.send_response(status)
            if status == 302:
                self.send_header("Location", self.receiver.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def running_receiver(certificate: Certificate | None = None, port: int = 0) -> Iterator[HookReceiver]:
    """Run one for as long as the block runs; with https where there is a certificate."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.chain, certificate.key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    receiver = HookReceiver(f"{scheme}://127.0.0.1:{server.server_port}/hook")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"receiver": receiver})
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.may_answer.set()
        server.shutdown()
        thread.join()
        server.server_close()
