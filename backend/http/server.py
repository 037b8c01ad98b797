"""uvicorn, set up for rooms: it reports when it listens, leaves signals to us, and hands out lines."""

import asyncio
import socket
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import cast

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

from backend.contract.protocol import MAX_CLIENT_MESSAGE_BYTES
from backend.http.gate import Gate
from backend.http.protocol import LimitedHttpProtocol
from backend.http.rejections import Rejections
from backend.limits import HttpLimits
from backend.room.fanout_protocol import FanoutProtocol

SHUTDOWN_WITHIN_S = 3
MANY_FILES = 65_536
TICK_S = 0.1
"""uvicorn counts ticks: each tenth makes the date of the answers anew."""


class BackendServer(uvicorn.Server):
    """Serves the application until `end`; sockets are then closed with 1012 (service restart).

    Args:
        trusted_proxies: networks that may tell where a request comes from.
        certificate: PEM files of certificate and key; None for http.
        limits: what connections, addresses and users may ask.
        rejections: counts what is refused.
        uploads: paths that take files.

    Attributes:
        on_started: called once it takes requests.
    """

    on_started: Callable[[], None]

    def __init__(
        self,
        app: ASGIApp,
        *,
        trusted_proxies: Sequence[str] = (),
        certificate: tuple[Path, Path] | None = None,
        limits: HttpLimits | None = None,
        rejections: Rejections | None = None,
        uploads: Sequence[str] = (),
    ) -> None:
        self._refusals = rejections or Rejections()
        gate = Gate(limits or HttpLimits(), self._refusals, trusted_proxies, uploads)
        super().__init__(_config(app, gate, trusted_proxies, certificate))
        self.on_started = lambda: None
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Take no more requests, and end; to be called in the loop that serves."""
        self.should_exit = True
        self._ended.set()

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        allow_many_connections()
        await super().startup(sockets)
        self.on_started()

    @override
    async def main_loop(self) -> None:
        # uvicorn's own sleeps through the end until its next tick.
        ticks = 0
        while not await self.on_tick(ticks):
            ticks += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), TICK_S)

    @override
    async def on_tick(self, counter: int) -> bool:
        """Tell the log what is due."""
        self._refusals.tell_due()
        return await super().on_tick(counter)

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, and tell the log the rest."""
        await super().shutdown(sockets)
        self._refusals.tell_all()

    @override
    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        # uvicorn would raise the signal again after a good end, and the exit code would tell of a crash.
        yield


def allow_many_connections() -> None:
    """Use as many files as the system lets us: many start programs with 1,024, and a viewer is a file."""
    try:
        import resource
    except ImportError:  # Windows, where there is no such limit
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY or now < most:
        wanted = MANY_FILES if most == resource.RLIM_INFINITY else most
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now, wanted), most))


def _config(
    app: ASGIApp, gate: Gate, trusted_proxies: Sequence[str], certificate: tuple[Path, Path] | None
) -> uvicorn.Config:
    cert, key = certificate or (None, None)
    return uvicorn.Config(
        app,
        # Left to itself, uvicorn believes whatever this machine's other programs say.
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        ssl_certfile=cert,
        ssl_keyfile=key,
        loop="none",
        # A class to uvicorn's types; it calls it with names, as it would a class.
        http=cast("type[asyncio.Protocol]", partial(LimitedHttpProtocol, gate)),
        timeout_keep_alive=gate.limits.idle_s,
        ws=FanoutProtocol,
        ws_max_size=MAX_CLIENT_MESSAGE_BYTES,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_WITHIN_S,
    )
