"""What every request passes: which names we answer to, who may open a socket, what a page may load."""

import ipaddress
import re
from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from backend.http.problems import problem

_FIXED_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=(self)",
}
_HOST: Final = re.compile(r"(\[(?P<literal>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.-]+))(:\d{1,5})?", re.ASCII)
_POLICY: Final = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'; connect-src 'self' ws://{host} wss://{host}"
)


class Guard:
    """Pure ASGI middleware.

    A name that is not ours is refused, so that a foreign page cannot reach a backend at home by pointing its
    own name at it (DNS rebinding); a bare IP address is fine, as no foreign page has it as its name. A
    browser's socket must come from our own pages.

    Args:
        names: host names we answer to, besides IP addresses.
    """

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._is_ours(host):
            await self._refuse(scope, receive, send, problem(421, "wrong_host", _wrong_host(host)))
        elif scope["type"] == "websocket" and not _is_same_origin(headers.get("origin"), host):
            await self._refuse(scope, receive, send, problem(403, "foreign_origin", _FOREIGN_ORIGIN))
        else:
            await self._app(scope, receive, _with_headers(send, host))

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, response: Response) -> None:
        if scope["type"] == "websocket":
            await WebSocket(scope, receive, send).send_denial_response(response)
        else:
            await response(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = _name(host)
        return name in self._names or _is_ip_address(name)


_FOREIGN_ORIGIN: Final = (
    "This socket is for our own pages. Open the room on this backend's own page; a proxy in front must pass "
    "the Host header on."
)


def _wrong_host(host: str) -> str:
    return (
        f"This backend does not answer to {host!r}. Use its IP address, or start it with that name: "
        "main.py serve --name NAME."
    )


def _name(host: str) -> str:
    """Return the name in a Host header (RFC 9110 §7.2) without its port; empty where it is malformed."""
    found = _HOST.fullmatch(host)
    return (found["literal"] or found["name"]).lower().rstrip(".") if found else ""


def _is_ip_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_same_origin(origin: str | None, host: str) -> bool:
    # Programs send no Origin. The scheme is not compared: a proxy in front may speak TLS.
    return origin is None or origin.partition("://")[2].lower() == host.lower()


def _with_headers(send: Send, host: str) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            headers = MutableHeaders(scope=message)
            for name, value in _FIXED_HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Content-Security-Policy", _POLICY.format(host=host))
        await send(message)

    return send_with_headers
