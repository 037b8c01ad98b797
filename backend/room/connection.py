"""The thin shell around a `Session`: takes messages off one WebSocket and does what the session says."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from backend.contract.protocol import Command
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.features.feature_set import InnerCommand
from backend.room.line import Line, open_line
from backend.room.session import (
    POLICY_VIOLATION,
    Action,
    Close,
    Execute,
    Heard,
    Refresh,
    RoomView,
    Send,
    Session,
    Subscribe,
)

JOIN_WITHIN_S: Final = 10.0
GOODBYE_WITHIN_S: Final = 2.0

# The client closed first: there is nobody to say goodbye to.
_GONE: Final = Close(1005, "")


class Venue(RoomView, Protocol):
    """A room as its connections see it: at work here, or on another node."""

    def enter(self, line: Line, actor: Actor) -> None:
        """Add a client: its line gets every event from now on."""

    def leave(self, line: Line, actor: Actor) -> None:
        """Undo `enter`."""

    def refresh(self, line: Line) -> None:
        """Deliver the totals, soon, to who resumed: of the sampled lane nothing is sent again."""

    def hear(self, line: Line, actor: Actor) -> None:
        """Take in that a client is there: it pinged. Who pinged and fell silent counts as away."""

    async def admits(self, actor: Actor) -> bool:
        """Whether the actor may come in with their token's role: an assistant's rights can have ended.

        Rights that the actor brings are those that are asked for.
        """

    async def may_buy(self, actor: Actor) -> bool:
        """Whether the actor may place orders here: a blocked one may not, but while no owner answers, may."""

    async def execute(
        self, command: Command | InnerCommand, actor: Actor, received_at_ms: int | None = None
    ) -> Rejection | None:
        """Carry a command out: None when it is done, saved and delivered to all, else why not.

        Where the time of receipt decides, it is `received_at_ms`, as the node that got it says; None for now.
        """


class Connection:
    """One client's connection to a room.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
        on_cut: called with the code when the room cuts the line.
    """

    def __init__(
        self,
        socket: WebSocket,
        room: Venue,
        actor: Actor,
        clock_ms: Callable[[], int],
        on_cut: Callable[[int], None] | None = None,
    ) -> None:
        self._socket = socket
        self._room = room
        self._session = Session(actor, room)
        self._clock_ms = clock_ms
        self._on_cut = on_cut
        self._is_inside = False

    async def run(self) -> Close | None:
        """Accept the socket and serve it until either side ends it; return why we did, where it was us."""
        await self._socket.accept()
        line = open_line(self._socket, self._on_cut)
        close: Close | None = None
        try:
            # A task costs 2 KB: a line that needs none gets none.
            close = await (self._until_cut(line) if line.has_work else self._read(line))
        finally:
            if self._is_inside:
                self._room.leave(line, self._session.actor)
        if close is not None:
            await self._say_goodbye(close, line)
        return close

    async def _until_cut(self, line: Line) -> Close | None:
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(line.run())
            reading = tasks.create_task(self._read(line))
            await asyncio.wait((running, reading), return_when=asyncio.FIRST_COMPLETED)
            running.cancel()
            reading.cancel()
        return None if reading.cancelled() else reading.result()

    async def _read(self, line: Line) -> Close | None:
        close = await self._do(self._session.open(self._clock_ms()), line)
        try:
            async with asyncio.timeout(JOIN_WITHIN_S):
                while close is None and not self._session.has_joined:
                    close = await self._read_one(line)
        except TimeoutError:
            return Close(POLICY_VIOLATION, "no join within 10 s")
        while close is None:
            close = await self._read_one(line)
        return None if close is _GONE else close

    async def _read_one(self, line: Line) -> Close | None:
        data = _payload(await self._socket.receive())
        if data is None:
            return _GONE
        received_at_ms = self._clock_ms()
        return await self._do(self._session.receive(data, received_at_ms), line, received_at_ms)

    async def _do(
        self, actions: Iterable[Action], line: Line, received_at_ms: int | None = None
    ) -> Close | None:
        for action in actions:
            match action:
                case Send(prepared=prepared):
                    line.send(prepared)
                case Subscribe():
                    self._is_inside = True
                    self._room.enter(line, self._session.actor)
                case Refresh():
                    self._room.refresh(line)
                case Heard():
                    self._room.hear(line, self._session.actor)
                case Execute(request_id=request_id, command=command):
                    rejection = await self._room.execute(command, self._session.actor, received_at_ms)
                    answer = self._session.executed(request_id, rejection, self._clock_ms())
                    close = await self._do(answer, line)
                    if close is not None:
                        return close
                case Close():
                    return action
        return None

    async def _say_goodbye(self, close: Close, line: Line) -> None:
        try:
            async with asyncio.timeout(GOODBYE_WITHIN_S):
                await self._socket.close(close.code, close.reason)
        except WebSocketDisconnect:
            return
        except TimeoutError:
            # It does not read what it was sent, so it would never read the goodbye either.
            line.cut(close.code, close.reason)


def _payload(message: Message) -> bytes | None:
    """Return a message's bytes; None when the client is gone."""
    if message["type"] != "websocket.receive":
        return None
    text = message.get("text")
    return text.encode() if text is not None else bytes(message.get("bytes") or b"")
