"""The studio's connection to the room: commands out, events in, reconnecting by itself."""

import asyncio
import logging
import random
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import httpx
import msgspec
from PySide6.QtCore import QObject, Signal
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.frames import CloseCode

from backend.contract.protocol import (
    Command,
    ServerMessage,
    decode_server_message,
    encode,
)
from studio.connection.error_details import detail_of
from studio.connection.room_http import REQUEST_TIMEOUT_S, Place, RejectedError, RoomHttp
from studio.connection.room_protocol import ProtocolError, RoomProtocol, RoomUpdate, VersionError

log = logging.getLogger("livestall.client")

PING_INTERVAL_S: Final = 5.0
MAX_MESSAGE_BYTES: Final = 4 * 1024 * 1024
PICTURES_AT_ONCE: Final = 4
# After a room closed the line because its limits were broken, we wait as after so many failures in a row.
FAILURES_OF_A_BREACH: Final = 6


class LineState(StrEnum):
    """How the line to the backend is doing."""

    WAITING = "waiting"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    BROKEN = "broken"
    REFUSED = "refused"
    OUTDATED = "outdated"  # this program is older than the backend
    BACKEND_OUTDATED = "backend_outdated"


# What trying again does not change.
_FINAL: Final = frozenset({LineState.REFUSED, LineState.OUTDATED})


@dataclass(frozen=True)
class LineStatus:
    """How the line is doing, and, where it is not well, why.

    Attributes:
        detail: in English.
        http_status: with which the backend refused; 0 where it did not.
    """

    state: LineState
    detail: str = ""
    http_status: int = 0


@dataclass(frozen=True)
class BackOff:
    """How long to wait before the next attempt: full jitter, so that many do not come back at once.

    Attributes:
        first_s: the most after the first failure; it doubles with each.
        longest_s: the most ever.
    """

    first_s: float = 0.4
    longest_s: float = 8.0

    def delay_s(self, failures: int, chance: float) -> float:
        """Seconds to wait after so many failures in a row (at least 1); `chance` is from 0 to 1."""
        most = min(self.longest_s, self.first_s * 2.0 ** (failures - 1))
        return most * (0.2 + 0.8 * chance)


class RoomClient(QObject):
    """Keeps one connection to the room for as long as `run` runs; lives in the Qt loop.

    Attributes:
        line_changed: emitted with a `LineStatus`.
        updated: emitted with each `RoomUpdate`: snapshot, event, rejection, clock, or "up to date".
        unsent: emitted with a command that could not be sent, or whose answer was lost with the connection.
        catalog_read: emitted with a list of products.
        gifts_read: emitted with a list of gifts.
        picture_read: emitted with an image URL and its bytes.
    """

    line_changed = Signal(object)
    updated = Signal(object)
    unsent = Signal(object)
    catalog_read = Signal(object)
    gifts_read = Signal(object)
    picture_read = Signal(str, bytes)

    def __init__(self, back_off: BackOff | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._back_off = back_off or BackOff()
        self._protocol = RoomProtocol()
        self._place: Place | None = None
        self._place_changed = asyncio.Event()
        self._catalog_wanted = asyncio.Event()
        self._outbox: asyncio.Queue[Command] = asyncio.Queue()
        self._pictures: set[str] = set()
        self._failures = 0
        self._known_room = ("", "")
        self._status = LineStatus(LineState.WAITING)

    @property
    def is_connected(self) -> bool:
        """Whether commands can be sent now."""
        return self._status.state is LineState.CONNECTED

    @property
    def status(self) -> LineStatus:
        """How the line is doing."""
        return self._status

    def go_to(self, place: Place | None) -> None:
        """Talk to the room at this place from now on; None: to none."""
        if place == self._place:
            return
        self._place = place
        self._failures = 0
        self._place_changed.set()

    def send(self, command: Command) -> None:
        """Send a command now; without a connection it comes back by `unsent`, never late."""
        if self.is_connected:
            self._outbox.put_nowait(command)
        else:
            self.unsent.emit(command)

    def read_catalog(self) -> None:
        """Read the catalogue; it comes by `catalog_read`."""
        self._catalog_wanted.set()

    async def run(self) -> None:
        """Keep the line until cancelled."""
        while True:
            self._place_changed.clear()
            place = self._place
            if place is None:
                self._set_status(LineStatus(LineState.WAITING))
                await self._place_changed.wait()
                continue
            self._forget_another_room(place)
            self._set_status(LineStatus(LineState.CONNECTING, self._status.detail))
            status = await self._attempt(place)
            self._give_back_unsent()
            if self._place is not place:
                continue
            self._set_status(status)
            await self._pause(None if status.state in _FINAL else self._next_delay_s())

    def _forget_another_room(self, place: Place) -> None:
        room = (place.url, place.room)
        if room != self._known_room:
            self._known_room = room
            self._protocol.forget()
            self._pictures.clear()

    def _next_delay_s(self) -> float:
        self._failures += 1
        return self._back_off.delay_s(self._failures, random.random())

    async def _pause(self, delay_s: float | None) -> None:
        try:
            async with asyncio.timeout(delay_s):
                await self._place_changed.wait()
        except TimeoutError:
            return

    async def _attempt(self, place: Place) -> LineStatus:
        try:
            await self._converse(place)
        except RejectedError as error:
            log.warning("refused by %s: %s", place.url, error)
            return LineStatus(LineState.REFUSED, str(error), error.status)
        except VersionError as error:
            log.warning("cannot talk to %s: %s", place.url, error)
            state = LineState.OUTDATED if error.is_ours_older else LineState.BACKEND_OUTDATED
            return LineStatus(state, str(error))
        except (OSError, httpx.HTTPError, WebSocketException, ProtocolError, msgspec.MsgspecError) as error:
            log.info("line to %s broke: %r", place.url, error)
            if _is_closed_for_a_breach(error):
                self._failures = max(self._failures, FAILURES_OF_A_BREACH)
            return LineStatus(LineState.BROKEN, detail_of(error))
        return LineStatus(LineState.BROKEN, "the connection was closed")

    async def _converse(self, place: Place) -> None:
        async with RoomHttp(place) as http:
            admission = await http.enter()
            async with connect(
                place.socket_address(admission),
                max_size=MAX_MESSAGE_BYTES,
                open_timeout=REQUEST_TIMEOUT_S,
                close_timeout=1,
                compression=None,
                proxy=None if place.is_local else True,
            ) as socket:
                await socket.send(encode(self._protocol.join()).decode())
                await self._serve(socket, http)

    async def _serve(self, socket: ClientConnection, http: RoomHttp) -> None:
        """Serve the connection until it ends or the place changes."""
        async with asyncio.TaskGroup() as tasks:
            helpers = [
                tasks.create_task(self._write(socket), name="write"),
                tasks.create_task(self._ping(socket), name="ping"),
                tasks.create_task(self._follow_catalog(http), name="catalog"),
                tasks.create_task(self._leave_for_another_place(socket), name="leave"),
            ]
            # Caught here, not outside: a task group would wrap it.
            error: Exception | None = None
            try:
                await self._read(socket)
            except (WebSocketException, ProtocolError, msgspec.MsgspecError) as caught:
                error = caught
            finally:
                for helper in helpers:
                    helper.cancel()
        if error is not None:
            raise error

    async def _read(self, socket: ClientConnection) -> None:
        async for data in socket:
            if self._place_changed.is_set():
                return  # what comes now is of a room that was left
            message: ServerMessage = decode_server_message(data)
            for update in self._protocol.receive(message, _now_ms()):
                self._on_update(update)

    def _on_update(self, update: RoomUpdate) -> None:
        if not self.is_connected:
            self._failures = 0
            self._set_status(LineStatus(LineState.CONNECTED))
            self._catalog_wanted.set()
        self.updated.emit(update)

    async def _write(self, socket: ClientConnection) -> None:
        while True:
            command = await self._outbox.get()
            act = self._protocol.act(command)
            try:
                await socket.send(encode(act).decode())
            except ConnectionClosed:
                return

    async def _ping(self, socket: ClientConnection) -> None:
        while True:
            await asyncio.sleep(PING_INTERVAL_S)
            try:
                await socket.send(encode(self._protocol.ping(_now_ms())).decode())
            except ConnectionClosed:
                return

    async def _leave_for_another_place(self, socket: ClientConnection) -> None:
        await self._place_changed.wait()
        await socket.close()

    async def _follow_catalog(self, http: RoomHttp) -> None:
        while True:
            await self._catalog_wanted.wait()
            self._catalog_wanted.clear()
            try:
                await self._read_catalog(http)
            except (httpx.HTTPError, msgspec.MsgspecError) as error:
                log.warning("could not read the catalogue: %r", error)

    async def _read_catalog(self, http: RoomHttp) -> None:
        products = await http.catalog()
        self.catalog_read.emit(products)
        self.gifts_read.emit(await http.gifts())
        wanted = {product.image_url for product in products if product.image_url} - self._pictures
        gate = asyncio.Semaphore(PICTURES_AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            for url in sorted(wanted):
                tasks.create_task(self._read_picture(http, url, gate))

    async def _read_picture(self, http: RoomHttp, url: str, gate: asyncio.Semaphore) -> None:
        async with gate:
            try:
                content = await http.picture(url)
            except httpx.HTTPError as error:
                log.info("no picture %s: %r", url, error)
                return
        self._pictures.add(url)
        self.picture_read.emit(url, content)

    def _give_back_unsent(self) -> None:
        lost = self._protocol.take_unanswered()
        while not self._outbox.empty():
            lost.append(self._outbox.get_nowait())
        for command in lost:
            self.unsent.emit(command)

    def _set_status(self, status: LineStatus) -> None:
        if status != self._status:
            self._status = status
            self.line_changed.emit(status)


def _is_closed_for_a_breach(error: Exception) -> bool:
    received = error.rcvd if isinstance(error, ConnectionClosed) else None
    return received is not None and received.code == CloseCode.POLICY_VIOLATION


def _now_ms() -> float:
    return time.time() * 1000
