"""Starts the backend, reports that it is ready, and ends it in good order."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Generator, Sequence
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Final

import msgspec
import platformdirs

from backend.address_watch import AddressWatch
from backend.cluster.cluster import Cluster
from backend.cluster.secret import shared_secret
from backend.compose import Backend
from backend.contract.startup import Moved, NotStarted, StartProblem
from backend.data_folder import HOST_TOKEN, StartError, load_secret, open_data_folder, write_private
from backend.http.listening import LOOPBACK, advertised, free_udp_port, is_wildcard, listen
from backend.http.public import check_certificate, own_base, viewer_base
from backend.identity.auth import TokenSigner
from backend.identity.host_tokens import HostTokens
from backend.identity.stream_keys import KeyRing, StreamKeyStore
from backend.media import Media
from backend.options import ServeOptions
from backend.relay.client import RelayClient
from backend.relay.options import RelayOptions
from backend.storage.database import StorageError, open_database

__all__ = ["Ready", "ServeOptions", "serve"]

log = logging.getLogger("livestall.serve")

EXIT_BROKE_DOWN: Final = 1
EXIT_CANNOT_START: Final = 2
BUS_TOKEN: Final = "LIVESTALL_BUS_TOKEN"  # noqa: S105 - the name of a variable


class Ready(msgspec.Struct, frozen=True):
    """What is printed when the backend takes requests; the host token is a secret."""

    url: str
    viewer_url: str
    room: str
    whip_url: str
    whep_url: str
    host_token: str


def serve(options: ServeOptions) -> int:
    """Run a backend until it is asked to end, and return the exit code."""
    folder = options.data or Path(platformdirs.user_data_dir("livestall", appauthor=False))
    try:
        check_certificate(options)
        with open_data_folder(folder), listen(options.host, options.port) as listener:
            secret = _secret_from_stdin() if options.has_secret_on_stdin else load_secret(folder)
            return _run_to_the_end(options, folder, secret, listener)
    except (StartError, StorageError) as error:
        _tell_not_started(options, error)
        return EXIT_CANNOT_START


def _tell_not_started(options: ServeOptions, error: StartError | StorageError) -> None:
    print(f"livestall: {error}", file=sys.stderr)  # noqa: T201 - to the person who started it
    if options.prints_ready_json:
        problem = error.problem if isinstance(error, StartError) else StartProblem.DATABASE
        line = msgspec.json.encode(NotStarted(problem, str(error))).decode()
        print(line, flush=True)  # noqa: T201 - what the option promises


def _run_to_the_end(options: ServeOptions, folder: Path, secret: bytes, listener: socket.socket) -> int:
    try:
        asyncio.run(run(options, folder, secret, listener))
    except (StartError, StorageError):
        raise
    except ExceptionGroup as group:
        told = group.subgroup((StartError, StorageError))
        if told is not None and not group.split((StartError, StorageError))[1]:
            raise _first(told) from group
        log.critical("the backend broke down; please report this", exc_info=True)
        return EXIT_BROKE_DOWN
    except Exception:  # the top of the process
        log.critical("the backend broke down; please report this", exc_info=True)
        return EXIT_BROKE_DOWN
    return 0


def _first(group: ExceptionGroup[Exception]) -> Exception:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, ExceptionGroup) else error


def _secret_from_stdin() -> bytes:
    secret = sys.stdin.buffer.readline().strip()
    try:
        TokenSigner(secret)
    except ValueError as error:
        raise StartError(f"No usable secret on stdin: {error}. The first line must hold it.") from error
    return secret


async def run(options: ServeOptions, folder: Path, secret: bytes, listener: socket.socket) -> None:
    """Serve on a listening socket until a signal, the end of stdin or the given time ends it."""
    if options.bus is not None and options.database is None:
        raise StartError("Several nodes share one database: give --database postgresql://… beside --bus.")
    async with AsyncExitStack() as stack:
        database = await asyncio.to_thread(open_database, folder, options.database)
        stack.callback(database.close)
        cluster = None
        if options.bus is not None:
            from backend.cluster.nats_bus import open_bus

            bus = await stack.enter_async_context(open_bus(options.bus, token=os.environ.get(BUS_TOKEN)))
            cluster = Cluster(bus, database)
            secret = await asyncio.to_thread(shared_secret, database, secret)
        signer = TokenSigner(secret)
        port = listener.getsockname()[1]
        addresses = await asyncio.to_thread(advertised, options.host)
        host_tokens = HostTokens(database)
        media = Media(
            lambda heard: RelayClient(_relay_options(options, port, addresses), heard),
            signer,
            KeyRing(StreamKeyStore(database)),
            host_tokens,
            share=cluster.share if cluster else lambda relay: relay,
            pace=options.offers,
        )
        backend = await asyncio.to_thread(
            Backend, options, folder, database=database, signer=signer, media=media, cluster=cluster
        )
        generation = await asyncio.to_thread(host_tokens.generation, options.rooms[0])
        host_token = signer.host(options.rooms[0], generation=generation)
        ready = _ready(options, port, host_token, addresses)
        backend.server.on_started = lambda: _tell_ready(options, folder, ready)
        if not options.prints_ready_json:
            backend.on_host_renewed = partial(_keep_host_token, options, folder, signer)
        stack.enter_context(_ending(options, backend))
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(_watch(options, port, media, addresses))
            await backend.run(listener)
            watching.cancel()
        log.info("the backend has ended")


async def _watch(options: ServeOptions, port: int, media: Media, addresses: Sequence[str]) -> None:
    """Follow the machine's addresses, where the backend listens on all of them."""
    if not is_wildcard(options.host):
        return

    def on_moved(best: str) -> None:
        _tell_moved(options, f"{viewer_base(options, best, port)}/r/{options.rooms[0]}")

    await AddressWatch(lambda: advertised(options.host), media.listen_on, addresses, on_moved).run()


def _relay_options(options: ServeOptions, port: int, addresses: Sequence[str]) -> RelayOptions:
    return RelayOptions(
        listen=addresses, udp_port=free_udp_port(addresses, port), advertise=options.advertise
    )


def _ready(options: ServeOptions, port: int, host_token: str, addresses: Sequence[str]) -> Ready:
    room, best = options.rooms[0], addresses[0]
    url = own_base(options, LOOPBACK if is_wildcard(options.host) else best, port)
    return Ready(
        url=url,
        viewer_url=f"{viewer_base(options, best, port)}/r/{room}",
        room=room,
        whip_url=f"{url}/whip/{room}",
        whep_url=f"{url}/whep/{room}",
        host_token=host_token,
    )


def _tell_ready(options: ServeOptions, folder: Path, ready: Ready) -> None:
    log.info("the backend is ready on %s", ready.url)
    _collect_garbage_rarely()
    if options.prints_ready_json:
        print(msgspec.json.encode(ready).decode(), flush=True)  # noqa: T201 - what the option promises
        return
    token_file = folder / HOST_TOKEN
    write_private(token_file, ready.host_token.encode())
    welcome = (
        f"Viewers: {ready.viewer_url}\nWHIP:    {ready.whip_url}\n"
        f"Studio elsewhere: host token in {token_file}\n"
        "OBS and other programs: make a stream key with `main.py stream-key add NAME`, or in the studio"
    )
    print(welcome, file=sys.stderr)  # noqa: T201 - to the person who started it


def _keep_host_token(
    options: ServeOptions, folder: Path, signer: TokenSigner, room: str, generation: int
) -> None:
    """Let the file have the token that counts, whoever renewed it. This blocks."""
    if room != options.rooms[0]:
        return
    try:
        write_private(folder / HOST_TOKEN, signer.host(room, generation=generation).encode())
    except StartError as error:
        log.error("the renewed host token is not written; renew it again: %s", error)  # noqa: TRY400 - told in words


def _collect_garbage_rarely() -> None:
    """Search what lives as long as the backend for garbage no more: that held all answers up for 200 ms."""
    gc.collect()
    gc.freeze()


def _tell_moved(options: ServeOptions, viewer_url: str) -> None:
    if options.names:
        return  # a name follows by itself
    if options.prints_ready_json:
        print(msgspec.json.encode(Moved(viewer_url)).decode(), flush=True)  # noqa: T201 - what the option promises
    else:
        print(f"Viewers: {viewer_url}", file=sys.stderr)  # noqa: T201 - to the person who started it


@contextmanager
def _ending(options: ServeOptions, backend: Backend) -> Generator[None, None, None]:
    """End the backend by SIGTERM, SIGINT, the end of stdin (as a child), or the given time."""
    loop = asyncio.get_running_loop()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(backend.end)

    def until_stdin_closes() -> None:
        # Past Python's own buffer: its lock, held by a waiting thread, would abort the interpreter's end.
        while os.read(sys.stdin.fileno(), 4096):
            pass
        loop.call_soon_threadsafe(backend.end)

    if options.has_secret_on_stdin:
        threading.Thread(target=until_stdin_closes, name="stdin", daemon=True).start()
    if options.exit_after_seconds is not None:
        loop.call_later(options.exit_after_seconds, backend.end)
    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
