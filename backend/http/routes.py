"""The backend's routes, and nothing else: what each does lives in room, shop and relay."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp

from backend.contract.base import AssistantRight, RejectReason
from backend.contract.gifts import GiftCatalog
from backend.contract.http import Redemption
from backend.contract.invitation import code_digest, read_code
from backend.contract.link_source import tagged
from backend.contract.shop import Catalog as CatalogMessage
from backend.features.actor import Actor
from backend.features.insights.audit import AuditLog
from backend.features.staff.assistants import RedeemInvitation
from backend.http.account_routes import AccountRoutes
from backend.http.api.dispatch import Dispatch
from backend.http.api.document_routes import DocumentRoutes
from backend.http.api.endpoint import AnyEndpoint
from backend.http.api.problems import ApiError, problem_response, refusal
from backend.http.audit_query import AuditQuery
from backend.http.guard import Guard
from backend.http.pictures import PICTURE_HEADERS, serve_picture
from backend.http.player_files import PlayerFiles
from backend.http.prefix import Prefix, path_below, redirect
from backend.http.problems import json_response, problem
from backend.http.qr import qr_svg
from backend.http.rejections import CountingRefusals, Rejections
from backend.http.request_limits import Pace, address_of, read_body, retry_after
from backend.http.sockets import NO_ASSISTANT, Sockets
from backend.http.token_check import BEARER, TokenCheck
from backend.identity.accounts import AccountStore, Passwords
from backend.identity.admissions import Admissions
from backend.identity.auth import Claims, Tickets, TokenSigner, bearer_token
from backend.identity.held_back import HeldBack
from backend.identity.host_tokens import ENDED, HostTokens
from backend.limits import ApiPace, HttpLimits
from backend.relay.http import CORS
from backend.room.connection import Venue
from backend.shop.room_products import Catalog

MEDIA_PATHS: Final = ("/whip/", "/whep/")
API_PATHS: Final = "/api/v1/"
# It says by which name it was asked for: a cache in front may not give it to who asks by another one.
QR_HEADERS: Final = {**PICTURE_HEADERS, "Cache-Control": "private, max-age=3600"}

STATISTICS: Final = "The relay's statistics are the host's. Send the host token."
RENEW: Final = "The host token is the host's to renew. Send the one that still counts."
WRONG_CODE: Final = "The code is unknown, used, or out of date. Check it, or ask the host for a new one."

ReadStats = Callable[[str], Awaitable[msgspec.Struct]]


class Hosted(msgspec.Struct, frozen=True):
    """A room, what it sells, who has an account there, and what staff changed."""

    room: Venue
    catalog: Catalog
    accounts: AccountStore | None = None
    audit: AuditLog | None = None


async def _nothing() -> None:
    """Do nothing."""


class AppParts(msgspec.Struct, frozen=True, kw_only=True):
    """What the routes are put together from.

    Attributes:
        rooms: by room id; the first is where `/` leads.
        pictures: folders in which product pictures are looked up, in this order.
        gifts: what viewers can give.
        gift_pictures: the folder of their drawings.
        names: host names we answer to, besides IP addresses.
        prefix: path below which the routes lie for viewers; empty for none.
        enters_per_second: how often one address may enter, in the long run.
        enters_at_once: how often at once.
        media_routes: WHIP and WHEP.
        read_stats: the relay's statistics of a room; None without a relay.
        clock_ms: the server's time, in milliseconds since 1970.
        limits: how many sockets an address and a user have.
        rejections: counts what is refused.
        hold_back_s: how long no new guest comes in from an address where one was put out; 0 for no time.
        host_tokens: tell which tokens of the host still count; None where all do.
        host_renewed: ends what older tokens of the host opened.
        endpoints: of the API under /api/v1.
        pages: further pages, such as the cashier's.
        api_pace: how often it may be used.
    """

    rooms: Mapping[str, Hosted]
    signer: TokenSigner
    tickets: Tickets
    player: PlayerFiles
    pictures: Sequence[Path]
    names: Sequence[str]
    enters_per_second: float
    enters_at_once: int
    clock_ms: Callable[[], int]
    media_routes: Sequence[BaseRoute] = ()
    endpoints: Sequence[AnyEndpoint] = ()
    pages: Sequence[BaseRoute] = ()
    api_pace: ApiPace = ApiPace()
    read_stats: ReadStats | None = None
    host_tokens: HostTokens | None = None
    hold_back_s: float = 600.0
    host_renewed: Callable[[], Awaitable[None]] = _nothing
    prefix: str = ""
    gifts: GiftCatalog = GiftCatalog([])
    gift_pictures: Path | None = None
    limits: HttpLimits = HttpLimits()
    rejections: Rejections = msgspec.field(default_factory=Rejections)


def make_app(parts: AppParts) -> ASGIApp:
    """Put the routes together, behind the guard; what is refused is counted."""
    handlers = Handlers(parts)
    routes = [
        Route("/", handlers.home),
        Route("/healthz", handlers.healthz),
        Route("/r/{room}", handlers.page),
        Route("/r/{room}/qr.svg", handlers.qr_code),
        Route("/player/{version}/{name:path}", handlers.player_file),
        Route("/media/products/{name}", handlers.picture),
        Route("/media/gifts/{name}", handlers.gift_picture),
        Route("/api/gifts", handlers.gifts),
        Route("/api/rooms/{room}/enter", handlers.enter, methods=["POST"]),
        Route("/api/rooms/{room}/assist", handlers.assist, methods=["POST"]),
        Route("/api/rooms/{room}/products", handlers.products),
        Route("/api/rooms/{room}/stats", handlers.stats),
        Route("/api/rooms/{room}/audit", handlers.audit),
        Route("/api/rooms/{room}/host-token", handlers.renew_host_token, methods=["POST"]),
        *handlers.accounts.routes(),
        WebSocketRoute("/ws/rooms/{room}", handlers.sockets.open),
        *handlers.api.routes(),
        *DocumentRoutes(parts.endpoints).routes(),
        *parts.pages,
        *parts.media_routes,
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: _as_problem, Exception: _as_failure})
    return CountingRefusals(Guard(Prefix(app, parts.prefix), parts.names), parts.rejections)


class Handlers:
    """One method a route."""

    def __init__(self, parts: AppParts) -> None:
        self._parts = parts
        self._tokens = TokenCheck(parts.signer, parts.host_tokens)
        self._admissions = Admissions(parts.signer, parts.tickets)
        venues = {room: hosted.room for room, hosted in parts.rooms.items()}
        self.accounts = AccountRoutes(
            {room: hosted.accounts for room, hosted in parts.rooms.items() if hosted.accounts},
            rooms=venues,
            signer=parts.signer,
            tokens=self._tokens,
            admissions=self._admissions,
            passwords=Passwords(),
            clock_ms=parts.clock_ms,
        )
        self._held_back = HeldBack(parts.hold_back_s)
        self.sockets = Sockets(
            venues,
            parts.tickets,
            holds=self._holds,
            origin=parts.signer.origin,
            held_back=self._held_back,
            limits=parts.limits,
            rejections=parts.rejections,
            clock_ms=parts.clock_ms,
        )
        self.api = Dispatch(
            parts.endpoints,
            tokens=self._tokens,
            admits=self._check_still_in,
            has_right=self._has_right,
            may_buy=self._may_buy,
            pace=parts.api_pace,
        )
        self._enters = Pace(per_second=parts.enters_per_second, burst=parts.enters_at_once)
        # A code has 50 bits; at this pace one address tries 300,000 a week, all together 600,000.
        self._tries = Pace(per_second=0.5, burst=10)
        self._all_tries = Pace(per_second=1.0, burst=30)

    async def home(self, request: Request) -> Response:
        """Lead to the first room."""
        return redirect(request.scope, f"/r/{next(iter(self._parts.rooms))}")

    async def healthz(self, _request: Request) -> Response:
        """Say that we are up."""
        return PlainTextResponse("ok")

    async def page(self, request: Request) -> Response:
        """Serve the player; for an unknown room too, with 404: it says so in the viewer's language."""
        is_known = request.path_params["room"] in self._parts.rooms
        return self._parts.player.page.respond(request, 200 if is_known else 404)

    async def qr_code(self, request: Request) -> Response:
        """Draw the QR code of the room's link, under the name by which it was asked for."""
        room = self._room_id(request)
        page = f"{request.scope['root_path']}/r/{room}"
        link = tagged(str(request.url.replace(path=page, query="")), "qr")
        return Response(qr_svg(link), headers=QR_HEADERS, media_type="image/svg+xml")

    async def player_file(self, request: Request) -> Response:
        """Serve a module of the player."""
        found = self._parts.player.asset(request.path_params["version"], request.path_params["name"])
        if found is None:
            return problem(404, "not_found", "The player has no such file. Reload the page.")
        return found.respond(request)

    async def picture(self, request: Request) -> Response:
        """Serve a product picture."""
        return await serve_picture(request, self._parts.pictures)

    async def gift_picture(self, request: Request) -> Response:
        """Serve a gift's drawing."""
        folder = self._parts.gift_pictures
        return await serve_picture(request, [folder] if folder else [])

    async def gifts(self, _request: Request) -> Response:
        """List what viewers can give."""
        return json_response(self._parts.gifts)

    async def enter(self, request: Request) -> Response:
        """Admit a viewer: a token to be the same person next time, and a ticket for one socket."""
        self._enters.take(address_of(request))
        room = self._room_id(request)
        token = bearer_token(request.headers.raw)
        if token is None:
            left_s = self._held_back.left_s(room, address_of(request))
            return _held_back(left_s) if left_s else json_response(self._admissions.greet(room))
        claims = await self._tokens.claims(token, room)
        if not await self._parts.rooms[room].room.admits(Actor(claims.user_id, claims.role)):
            raise HTTPException(403, NO_ASSISTANT)
        return json_response(self._admissions.let_in(token, claims, await self.accounts.check(claims)))

    async def assist(self, request: Request) -> Response:
        """Make an assistant of who has a code of the host's; it works once."""
        self._tries.take(address_of(request))
        room = self._room_id(request)
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

    async def products(self, request: Request) -> Response:
        """List what the room sells."""
        catalog = self._parts.rooms[self._room_id(request)].catalog
        return json_response(CatalogMessage(catalog.products))

    async def stats(self, request: Request) -> Response:
        """Tell the host how the relay is doing."""
        room = self._room_id(request)
        await self._tokens.host(request, room, STATISTICS)
        if self._parts.read_stats is None:
            raise HTTPException(503, "The relay is not running. It starts again by itself; try again soon.")
        return json_response(await self._parts.read_stats(room))

    async def renew_host_token(self, request: Request) -> Response:
        """End all tokens of the host, with what they opened, and give the one who asked a new one."""
        room, tokens = self._room_id(request), self._parts.host_tokens
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

    async def audit(self, request: Request) -> Response:
        """Tell the host who changed what that matters: a page of it, or all as CSV."""
        room = self._room_id(request)
        await self._tokens.host(request, room, "The audit log is the host's. Send the host token.")
        wanted = AuditQuery.read(request.query_params)
        log = self._parts.rooms[room].audit
        if log is None:
            raise HTTPException(503, "This node keeps no log. Ask the one that has the room.")
        if wanted.is_csv:
            headers = {"Content-Disposition": f'attachment; filename="audit-{room}.csv"'}
            return Response(await asyncio.to_thread(log.as_csv, wanted.kinds), 200, headers, "text/csv")
        return json_response(await asyncio.to_thread(log.page, wanted.kinds, wanted.before, wanted.limit))

    def _room_id(self, request: Request) -> str:
        room = str(request.path_params["room"])
        if room not in self._parts.rooms:
            raise HTTPException(404, f"There is no room {room!r}. Check the address.")
        return room

    async def _check_still_in(self, claims: Claims) -> None:
        hosted = self._parts.rooms.get(claims.room)
        if hosted is None:
            raise refusal(404, f"There is no room {claims.room!r} any more.")
        if not await hosted.room.admits(Actor(claims.user_id, claims.role)):
            raise refusal(403, NO_ASSISTANT)
        await self.accounts.check(claims)

    async def _has_right(self, claims: Claims, right: AssistantRight) -> bool:
        actor = Actor(claims.user_id, claims.role, frozenset({right}))
        return await self._parts.rooms[claims.room].room.admits(actor)

    async def _may_buy(self, claims: Claims) -> bool:
        return await self._parts.rooms[claims.room].room.may_buy(Actor(claims.user_id, claims.role))

    async def _holds(self, claims: Claims) -> bool:
        return await self._tokens.holds(claims) and await self.accounts.holds(claims)


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


_WORDS: Final = {
    401: "bad_token",
    403: "forbidden",
    404: "not_found",
    409: "taken",
    405: "wrong_method",
    413: "too_large",
    422: "malformed",
    429: "too_fast",
    503: "unavailable",
}


def _open_to_all(request: Request) -> Mapping[str, str]:
    """Return what lets a player or publisher of another origin read why it was refused."""
    return CORS if path_below(request.scope).startswith(MEDIA_PATHS) else {}


async def _as_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    if isinstance(error, ApiError) or path_below(request.scope).startswith(API_PATHS):
        return problem_response(error)
    word, headers = (
        _WORDS.get(error.status_code, "refused"),
        {**_open_to_all(request), **(error.headers or {})},
    )
    return problem(error.status_code, word, error.detail, headers)


async def _as_failure(request: Request, _error: Exception) -> Response:
    message = "The backend failed; its log names the cause. Try again."
    if path_below(request.scope).startswith(API_PATHS):
        return problem_response(refusal(500, message))
    return problem(500, "failed", message, _open_to_all(request))
