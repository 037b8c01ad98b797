"""The backend's routes, and nothing else: what each does lives in room, shop and relay."""

import asyncio
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp

from backend.contract.base import AssistantRight
from backend.contract.link_source import tagged
from backend.contract.shop import Catalog as CatalogMessage
from backend.features.actor import Actor
from backend.http.account_routes import AccountRoutes
from backend.http.api.concealing import conceal_customers
from backend.http.api.dispatch import Dispatch
from backend.http.api.document_routes import DocumentRoutes
from backend.http.api.problems import refusal
from backend.http.app_parts import AppParts
from backend.http.audit_query import AuditQuery
from backend.http.entrance_routes import EntranceRoutes
from backend.http.failures import as_failure, as_problem
from backend.http.guard import Guard
from backend.http.pictures import PICTURE_HEADERS, serve_picture
from backend.http.prefix import Prefix, redirect
from backend.http.problems import json_response, problem
from backend.http.qr import qr_svg
from backend.http.rejections import CountingRefusals
from backend.http.room_page import room_head
from backend.http.sockets import NO_ASSISTANT, Sockets
from backend.http.token_check import TokenCheck
from backend.identity.accounts import Passwords
from backend.identity.admissions import Admissions
from backend.identity.auth import Claims
from backend.identity.held_back import HeldBack

# It says by which name it was asked for: a cache in front may not give it to who asks by another one.
QR_HEADERS: Final = {**PICTURE_HEADERS, "Cache-Control": "private, max-age=3600"}

RELAY_DOWN: Final = "The relay is not running. It starts again by itself; try again soon."
STATISTICS: Final = "The relay's statistics are the host's. Send the host token."


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
        Route("/api/rooms/{room}/products", handlers.products),
        Route("/api/rooms/{room}/stats", handlers.stats),
        Route("/api/rooms/{room}/lines", handlers.lines),
        Route("/api/rooms/{room}/audit", handlers.audit),
        *handlers.entrances.routes(),
        *handlers.accounts.routes(),
        WebSocketRoute("/ws/rooms/{room}", handlers.sockets.open),
        *handlers.api.routes(),
        *DocumentRoutes(parts.endpoints).routes(),
        *parts.pages,
        *parts.media_routes,
    ]
    app = Starlette(routes=routes, exception_handlers={HTTPException: as_problem, Exception: as_failure})
    return CountingRefusals(Guard(Prefix(app, parts.prefix), parts.names), parts.rejections)


class Handlers:
    """One method a route."""

    def __init__(self, parts: AppParts) -> None:
        self._parts = parts
        self._tokens = TokenCheck(parts.signer, parts.host_tokens)
        admissions = Admissions(parts.signer, parts.tickets)
        venues = {room: hosted.room for room, hosted in parts.rooms.items()}
        self.accounts = AccountRoutes(
            parts.accounts,
            rooms=venues,
            signer=parts.signer,
            tokens=self._tokens,
            admissions=admissions,
            passwords=Passwords(),
            clock_ms=parts.clock_ms,
        )
        held_back = HeldBack(parts.hold_back_s)
        self.entrances = EntranceRoutes(
            parts,
            tokens=self._tokens,
            admissions=admissions,
            accounts=self.accounts,
            held_back=held_back,
        )
        self.sockets = Sockets(
            venues,
            parts.tickets,
            holds=self._holds,
            origin=parts.signer.origin,
            held_back=held_back,
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
            programs=parts.api_tokens,
            shop_room=next(iter(parts.rooms), None),
            conceals=conceal_customers,
            pace=parts.api_pace,
            clock_ms=parts.clock_ms,
        )

    async def home(self, request: Request) -> Response:
        """Lead to the first room."""
        return redirect(request.scope, f"/r/{next(iter(self._parts.rooms))}")

    async def healthz(self, _request: Request) -> Response:
        """Say that we are up."""
        return PlainTextResponse("ok")

    async def page(self, request: Request) -> Response:
        """Serve the player; for an unknown room too, with 404: it says so in the viewer's language."""
        room, player = request.path_params["room"], self._parts.player
        hosted = self._parts.rooms.get(room)
        if hosted is None:
            return player.page.respond(request, 404)
        return player.page_with(room_head(request, room, hosted.room.snapshot())).respond(request)

    async def qr_code(self, request: Request) -> Response:
        """Draw the QR code of the room's link, under the name by which it was asked for."""
        room = self._parts.room_id(request)
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

    async def products(self, request: Request) -> Response:
        """List what the room sells."""
        catalog = self._parts.rooms[self._parts.room_id(request)].catalog
        return json_response(CatalogMessage(catalog.products))

    async def stats(self, request: Request) -> Response:
        """Tell the host how the relay is doing."""
        room = self._parts.room_id(request)
        await self._tokens.host(request, room, STATISTICS)
        if self._parts.read_stats is None:
            raise HTTPException(503, RELAY_DOWN)
        return json_response(await self._parts.read_stats(room))

    async def lines(self, request: Request) -> Response:
        """Tell the host how the stream reaches those who watch it."""
        room = self._parts.room_id(request)
        await self._tokens.host(request, room, STATISTICS)
        lines = await self._parts.read_lines(room)
        if lines is None:
            raise HTTPException(503, RELAY_DOWN)
        return json_response(lines)

    async def audit(self, request: Request) -> Response:
        """Tell the host who changed what that matters: a page of it, or all as CSV."""
        room = self._parts.room_id(request)
        await self._tokens.host(request, room, "The audit log is the host's. Send the host token.")
        wanted = AuditQuery.read(request.query_params)
        log = self._parts.rooms[room].audit
        if log is None:
            raise HTTPException(503, "This node keeps no log. Ask the one that has the room.")
        if wanted.is_csv:
            headers = {"Content-Disposition": f'attachment; filename="audit-{room}.csv"'}
            return Response(await asyncio.to_thread(log.as_csv, wanted.kinds), 200, headers, "text/csv")
        return json_response(await asyncio.to_thread(log.page, wanted.kinds, wanted.before, wanted.limit))

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
