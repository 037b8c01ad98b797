"""The route of WebSockets: who comes in, how many at once, and what becomes of those who may not."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

from starlette.responses import Response
from starlette.websockets import WebSocket

from backend.contract.link_source import PARAMETER, source_of
from backend.features.actor import Actor
from backend.features.chat.sanctions import BLOCKED
from backend.http.account_routes import SIGNED_OUT
from backend.http.problems import problem
from backend.http.rejections import Rejections
from backend.http.request_limits import address_of, retry_after
from backend.identity.auth import Claims, Tickets
from backend.identity.held_back import HeldBack
from backend.limits import HttpLimits, Places
from backend.room.connection import Connection, Venue

NO_ASSISTANT: Final = (
    "You are no assistant of this room any more: your rights ended, or the host took them back. "
    "Ask the host for a new code."
)
BAD_TICKET: Final = "The ticket is used, unknown or older than 30 s. Enter the room again for a new one."
MAX_TICKET: Final = 128
RETRY_S: Final = 10


class Sockets:
    """Opens lines to rooms.

    Args:
        holds: whether what a ticket says of an account, or of the host, is still so.
        origin: digests an address, to count by.
        held_back: remembers the addresses of guests who were put out.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        rooms: Mapping[str, Venue],
        tickets: Tickets,
        *,
        holds: Callable[[Claims], Awaitable[bool]],
        origin: Callable[[str], str],
        limits: HttpLimits,
        rejections: Rejections,
        held_back: HeldBack,
        clock_ms: Callable[[], int],
    ) -> None:
        self._rooms = rooms
        self._tickets = tickets
        self._holds = holds
        self._origin = origin
        self._refusals = rejections
        self._held_back = held_back
        self._clock_ms = clock_ms
        self._of_address = Places(limits.sockets_per_address)
        self._of_user = Places(limits.sockets_per_user)

    async def open(self, socket: WebSocket) -> None:
        """Open the line to a room for who has a ticket, and serve it to its end."""
        address = address_of(socket)
        try:
            if self._of_address.take(address) > self._of_address.most:
                rejection: Response | None = _too_many("from your address", "some of them")
            else:
                rejection = await self._let_in(socket)
            if rejection is not None:
                await socket.send_denial_response(rejection)
        finally:
            self._of_address.give_back(address)

    async def _let_in(self, socket: WebSocket) -> Response | None:
        room_id = socket.path_params["room"]
        room = self._rooms.get(room_id)
        if room is None:
            return no_such_room(room_id)
        claims = await self._claims(socket.query_params.get("ticket", ""), room_id)
        if claims is None:
            return problem(403, "bad_ticket", BAD_TICKET)
        if not await self._holds(claims):
            return problem(403, "signed_out", SIGNED_OUT)
        source = source_of(socket.query_params.get(PARAMETER))
        actor = Actor(
            claims.user_id,
            claims.role,
            source=source,
            version=claims.version,
            origin=self._origin(address_of(socket)),
        )
        if not await room.admits(actor):
            return problem(403, "dismissed", NO_ASSISTANT)
        user = f"{room_id} {claims.user_id}"
        try:
            if self._of_user.take(user) > self._of_user.most:
                return _too_many("of yours", "this room in other tabs and on other devices")
            on_cut = partial(self._on_cut, room_id, address_of(socket))
            close = await Connection(socket, room, actor, self._clock_ms, on_cut).run()
        finally:
            self._of_user.give_back(user)
        if close is not None:
            self._refusals.count(f"socket_{close.code}", close.reason, address_of(socket))
        return None

    def _on_cut(self, room_id: str, address: str, code: int) -> None:
        if code == BLOCKED:
            self._held_back.hold(room_id, address)

    async def _claims(self, ticket: str, room_id: str) -> Claims | None:
        return await self._tickets.redeem(ticket, room_id) if len(ticket) <= MAX_TICKET else None


def no_such_room(room: str) -> Response:
    """Refuse who asks for a room that is not there."""
    return problem(404, "not_found", f"There is no room {room!r}. Check the address.")


def _too_many(whose: str, which: str) -> Response:
    message = f"There are too many open lines {whose}. Close {which}, and try again."
    return problem(429, "too_many_sockets", message, retry_after(RETRY_S))
