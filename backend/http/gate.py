"""What all HTTP connections of a server share: limits, places by address, and what rejections say."""

import http
import ipaddress
import re
from collections.abc import Sequence
from enum import Enum

from backend.contract.http import Problem
from backend.contract.protocol import encode
from backend.http.rejections import Rejections
from backend.http.request_limits import network_of
from backend.limits import HttpLimits, Places


class Fault(Enum):
    """Why a connection is refused: the status, a word, and cause and remedy for people."""

    MALFORMED = (400, "malformed_request", "This is no HTTP/1.1 request.")
    HEAD_LATE = (408, "head_late", "The request did not come in time. Send it again.")
    BODY_LATE = (408, "body_late", "The body of the request did not come in time. Send it again.")
    BODY_LONG = (413, "body_too_long", "The body of the request is too long.")
    HEAD_LONG = (431, "head_too_long", "The head of the request is too long. Delete this site's cookies.")
    PIPELINED = (429, "pipelined", "Too many requests at once on one connection. Wait for the answers.")
    CONNECTIONS = (429, "too_many_connections", "Too many connections from one address. Close some of them.")

    @property
    def word(self) -> str:
        """What programs and the log call it."""
        return str(self.value[1])

    @property
    def message(self) -> str:
        """Cause and remedy."""
        return str(self.value[2])

    def answer(self) -> bytes:
        """Return the whole response."""
        status = http.HTTPStatus(self.value[0])
        body = encode(Problem(self.word, self.message))
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
        )
        return head.encode() + body


def _pattern(path: str) -> str:
    parts = ("[^/]+" if part.startswith("{") else re.escape(part) for part in path.split("/"))
    return "/".join(parts) + r"\Z"


class Gate:
    """What the connections of one server have in common: limits, and how many each address has.

    Args:
        trusted_proxies: networks whose connections are not counted: all viewers come by them.
        uploads: paths that take files, whatever prefix stands before them; `{…}` is any one part.
    """

    def __init__(
        self,
        limits: HttpLimits,
        rejections: Rejections | None = None,
        trusted_proxies: Sequence[str] = (),
        uploads: Sequence[str] = (),
    ) -> None:
        self.limits = limits
        self._uploads = re.compile("|".join(map(_pattern, uploads)).encode()) if uploads else None
        self.rejections = rejections or Rejections()
        self._places = Places(limits.connections_per_address)
        self._proxies = [ipaddress.ip_network(proxy) for proxy in trusted_proxies]

    def most_of(self, url: bytes) -> tuple[int, float]:
        """Return how many bytes the body of a request may have, and how many seconds it may take."""
        if self._uploads is not None and self._uploads.search(url.partition(b"?")[0]):
            return self.limits.upload_bytes, self.limits.upload_within_s
        return self.limits.body_bytes, self.limits.body_within_s

    def enter(self, host: str) -> int:
        """Count a connection, and return how many there are of its address; 0 for a trusted proxy's."""
        return 0 if self._is_proxy(host) else self._places.take(network_of(host))

    def leave(self, host: str) -> None:
        """Undo `enter`."""
        if not self._is_proxy(host):
            self._places.give_back(network_of(host))

    def note_cut(self, host: str, code: int, reason: str) -> None:
        """Count a WebSocket that was cut off below the application."""
        self.rejections.count(f"socket_{code}", reason, host)

    def _is_proxy(self, host: str) -> bool:
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return any(address in network for network in self._proxies)
