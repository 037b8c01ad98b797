"""How people come in: viewers and staff with their tokens, assistants with a code, a renewed host."""

import asyncio
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.contract.base import RejectReason, Role
from backend.contract.http import Redemption
from backend.contract.invitation import code_digest, read_code
from backend.features.actor import Actor
from backend.features.staff.assistants import RedeemInvitation
from backend.http.account_routes import AccountRoutes
from backend.http.app_parts import AppParts
from backend.http.problems import json_response, problem
from backend.http.request_limits import Pace, address_of, read_body, retry_after
from backend.http.sockets import NO_ASSISTANT
from backend.http.token_check import BEARER, TokenCheck
from backend.identity.admissions import Admissions
from backend.identity.auth import Claims, bearer_token
from backend.identity.held_back import HeldBack
from backend.identity.host_tokens import ENDED

RENEW: Final = "The host token is the host's to renew. Send the one that still counts."
WRONG_CODE: Final = "The code is unknown, used, or out of date. Check it, or ask the host for a new one."


class EntranceRoutes:
    """Gives out tokens and tickets."""

    def __init__(
        self,
        parts: AppParts,
        *,
        tokens: TokenCheck,
        admissions: Admissions,
        accounts: AccountRoutes,
        held_back: HeldBack,
    ) -> None:
        self._parts = parts
        self._tokens = tokens
        self._admissions = admissions
        self._accounts = accounts
        self._held_back = held_back
        self._enters = Pace(per_second=parts.enters_per_second, burst=parts.enters_at_once)
        # A code has 50 bits; at this pace one address tries 300,000 a week, all together 600,000.
        self._tries = Pace(per_second=0.5, burst=10)
        self._all_tries = Pace(per_second=1.0, burst=30)

    def routes(self) -> list[Route]:
        """Return the routes, for the server to add."""
        room = "/api/rooms/{room}"
        return [
            Route(f"{room}/enter", self.enter, methods=["POST"]),
            Route(f"{room}/assist", self.assist, methods=["POST"]),
            Route(f"{room}/host-token", self.renew_host_token, methods=["POST"]),
        ]

    async def enter(self, request: Request) -> Response:
        """Admit a viewer: a token to be the same person next time, and a ticket for one socket."""
        self._enters.take(address_of(request))
        room = self._parts.room_id(request)
        token = bearer_token(request.headers.raw)
        if token is None:
            left_s = self._held_back.left_s(room, address_of(request))
            return _held_back(left_s) if left_s else json_response(self._admissions.greet(room))
        claims = await self._tokens.any_room(token)
        if claims.room != room and claims.role is Role.VIEWER:
            return await self._exchange(request, room, claims)
        claims = await self._tokens.claims(token, room)
        if not await self._parts.rooms[room].room.admits(Actor(claims.user_id, claims.role)):
            raise HTTPException(403, NO_ASSISTANT)
        return json_response(self._admissions.let_in(token, claims, await self._accounts.check(claims)))

    async def _exchange(self, request: Request, room: str, claims: Claims) -> Response:
        """Admit a viewer whom another room knows: the same person, by a token for this room."""
        name = await self._accounts.check(claims)
        # New here, with an account too: whoever was put out could make one in another room.
        left_s = self._held_back.left_s(room, address_of(request))
        if left_s:
            return _held_back(left_s)
        token, here = self._parts.signer.account(room, claims.user_id, claims.version)
        return json_response(self._admissions.let_in(token, here, name))

    async def assist(self, request: Request) -> Response:
        """Make an assistant of who has a code of the host's; it works once."""
        self._tries.take(address_of(request))
        room = self._parts.room_id(request)
        self._all_tries.take(room)
        redemption = await read_body(request, Redemption)
        code = read_code(redemption.code)
        if code is None:
            raise HTTPException(403, WRONG_CODE)
        digest = await asyncio.to_thread(code_digest, code, room)
        token, claims = self._admissions.new_assistant(room)
        command = RedeemInvitation(digest, redemption.name)
        rejection = await self._parts.rooms[room].room.execute(command, Actor(claims.user_id, claims.role))
        if rejection is not None:
            raise _refused(rejection.reason)
        return json_response(self._admissions.let_in(token, claims))

    async def renew_host_token(self, request: Request) -> Response:
        """End all tokens of the host, with what they opened, and give the one who asked a new one."""
        room, tokens = self._parts.room_id(request), self._parts.host_tokens
        claims = await self._tokens.host(request, room, RENEW)
        if tokens is None:
            raise HTTPException(503, "Here host tokens cannot be renewed.")
        generation = await asyncio.to_thread(tokens.renew_from, room, claims.version)
        if generation is None:
            raise HTTPException(401, ENDED, BEARER)
        await self._parts.host_renewed()
        renewed = self._parts.signer.host(room, claims.user_id, generation)
        return json_response(
            self._admissions.let_in(renewed, msgspec.structs.replace(claims, version=generation))
        )


def _held_back(left_s: int) -> Response:
    message = (
        f"Somebody at your address was just put out: new guests from there wait {left_s} s. "
        "Who has an account signs in on a device that was here before."
    )
    return problem(429, "held_back", message, retry_after(left_s))


def _refused(reason: RejectReason) -> HTTPException:
    match reason:
        case RejectReason.EMPTY | RejectReason.TOO_LONG:
            return HTTPException(422, "The name must have 1 to 20 readable characters. Choose another one.")
        case RejectReason.NAME_UNAVAILABLE:
            return HTTPException(422, "This name is another's, or too much like one. Choose another one.")
        case RejectReason.UNAVAILABLE:
            return HTTPException(503, "The backend could not keep it; its log names the cause. Try again.")
        case _:
            return HTTPException(403, WRONG_CODE)
