"""Counts what is refused, and logs each kind once a minute: a flood must leave the log readable."""

import logging
import time
from collections.abc import Callable
from typing import Final

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backend.contract.decoding import guarded
from backend.contract.http import Problem
from backend.contract.problems import ProblemDetails
from backend.http.request_limits import network_of

log = logging.getLogger("livestall.rejections")

TELL_EVERY_S: Final = 60.0
MAX_KINDS: Final = 100
MAX_CAUSE: Final = 200
OTHERS: Final = "others"
_STARTS: Final = frozenset({"http.response.start", "websocket.http.response.start"})
_BODIES: Final = frozenset({"http.response.body", "websocket.http.response.body"})
_FAILED: Final = 500
_decode_problem = guarded(msgspec.json.Decoder(Problem).decode)
_decode_details = guarded(msgspec.json.Decoder(ProblemDetails).decode)


class _Kind:
    """How often something was refused since it was last logged, and why the last time."""

    def __init__(self) -> None:
        self.count = 0
        self.cause = ""
        self.told_at_s = float("-inf")


class Rejections:
    """Tells the first rejection of a kind at once, and how many more there were a minute later.

    Args:
        clock_s: a clock that never goes back, in seconds.
    """

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._kinds: dict[str, _Kind] = {}

    def count(self, kind: str, cause: str, host: str = "") -> None:
        """Count a rejection.

        Args:
            kind: a word for programs, such as `bad_ticket`.
            cause: in words for people.
            host: who was refused.
        """
        if kind not in self._kinds and len(self._kinds) >= MAX_KINDS:
            kind = OTHERS
        known = self._kinds.setdefault(kind, _Kind())
        known.count += 1
        known.cause = f"{cause} ({network_of(host)})" if host else cause
        self._tell_if_due(kind, known)

    def tell_due(self) -> None:
        """Tell what has waited for its minute; call it now and then."""
        for kind, known in self._kinds.items():
            self._tell_if_due(kind, known)

    def tell_all(self) -> None:
        """Log what was not logged yet, at the end."""
        for kind, known in self._kinds.items():
            self._tell(kind, known)

    def _tell_if_due(self, kind: str, known: _Kind) -> None:
        if self._clock_s() - known.told_at_s >= TELL_EVERY_S:
            self._tell(kind, known)

    def _tell(self, kind: str, known: _Kind) -> None:
        if known.count:
            log.info("%s refused as %s, the last: %s", f"{known.count:,}", kind, _on_one_line(known.cause))
            known.count, known.told_at_s = 0, self._clock_s()


def _on_one_line(text: str) -> str:
    # Parts of it may be a stranger's: no line of theirs may look like one of ours.
    return "".join(letter if letter.isprintable() else "?" for letter in text[:MAX_CAUSE])


class CountingRefusals:
    """Pure ASGI middleware: counts the rejections that the application answers with, by their word."""

    def __init__(self, app: ASGIApp, rejections: Rejections) -> None:
        self._app = app
        self._refusals = rejections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        status = 0

        async def send_and_count(message: Message) -> None:
            nonlocal status
            if message["type"] in _STARTS:
                status = message["status"]
            elif message["type"] in _BODIES and status >= 400:
                self._count(status, message.get("body", b""), scope)
                status = 0
            await send(message)

        await self._app(scope, receive, send_and_count)

    def _count(self, status: int, body: bytes, scope: Scope) -> None:
        if status == _FAILED:
            return  # it is in the log, with its traceback
        problem = _read_problem(body) or Problem(f"http_{status}", scope["path"])
        client = scope.get("client")
        self._refusals.count(problem.error, problem.message, client[0] if client else "")


def _read_problem(body: bytes) -> Problem | None:
    try:
        return _decode_problem(body)
    except msgspec.DecodeError:
        pass
    try:
        details = _decode_details(body)
    except msgspec.DecodeError:
        return None
    return Problem(details.type, details.detail)
