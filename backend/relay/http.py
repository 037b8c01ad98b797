"""WHIP and WHEP over HTTP (RFC 9725, draft-ietf-wish-whep), for players and publishers of any origin.

Whoever knows a session's unguessable resource id may PATCH or DELETE it. A WHEP offer to a room without a
stream gets 404 with Retry-After: the draft allows 404 or 409, and players that retry understand both.
"""

import hashlib
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol

import msgspec
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.contract.http import Problem
from backend.contract.stream import ChosenLayer, ViewerLayer
from backend.limits import KeyedBuckets, OfferPace
from backend.relay.doors import Door, PublishDenial
from backend.relay.messages import PeerRole
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.sdp import MAX_SDP_BYTES
from backend.relay.succession import HOST, HOST_PARTY, Contender

SDP: Final = "application/sdp"
STUDIO_HEADER: Final = "Livestall-Studio"
STUDIO_NAME: Final = re.compile(r"[A-Za-z0-9]{1,32}")
TAKE_OVER_HEADER: Final = "Livestall-Take-Over"
JSON: Final = "application/json"
TRICKLE: Final = "application/trickle-ice-sdpfrag"
# Any origin may play and publish: what protects a room is its token, not the page that holds it.
CORS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Location, ETag, Retry-After, Accept-Post, Accept-Patch",
}
PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match",
    "Access-Control-Max-Age": "86400",
}


class RelayLike(Protocol):
    """What the routes need of `RelayClient`."""

    async def offer(
        self, room: str, role: PeerRole, sdp: str, address: str = "", by: Contender = HOST
    ) -> Answer | RelayProblem:
        """Offer to publish or to watch, from this address; `by` is the publishing party."""

    async def remove(self, room: str, resource_id: str) -> RelayProblem | None:
        """Close a session."""

    async def trickle(self, room: str, resource_id: str, fragment: str) -> RelayProblem | None:
        """Take in a PATCH."""

    async def layer(
        self, room: str, resource_id: str, choice: ChosenLayer | None = None
    ) -> ViewerLayer | RelayProblem:
        """Which layer of the picture a viewer gets; they choose one first where that is given."""


_chosen = msgspec.json.Decoder(ChosenLayer)

AddressOf = Callable[[Request], str]
Endpoint = Callable[[Request], Awaitable[Response]]


def _peer_address(request: Request) -> str:
    return request.client.host if request.client else ""


def relay_routes(
    relay: RelayLike,
    doors: Sequence[Door],
    pace: OfferPace = OfferPace(),  # noqa: B008  # a tuple
    address_of: AddressOf = _peer_address,
) -> list[BaseRoute]:
    """The routes of all doors, of their sessions, and of the layer of those who watch.

    Args:
        relay: carries out what is asked.
        doors: more specific paths first.
        pace: how often one address may send an offer, and as often again a PATCH or ask for a layer or choose
            one; at each door.
        address_of: where a request comes from.
    """
    return [route for door in doors for route in _routes(relay, door, _Doorman(pace, address_of))]


def _routes(relay: RelayLike, door: Door, doorman: "_Doorman") -> list[BaseRoute]:
    handler = _Handler(relay, door, doorman)
    resource = f"{door.path}/{{resource_id}}"
    routes: list[BaseRoute] = [
        Route(door.path, _checked(handler.post), methods=["POST"]),
        Route(door.path, handler.options, methods=["OPTIONS"]),
        Route(resource, _checked(handler.patch), methods=["PATCH"]),
        Route(resource, _checked(handler.delete), methods=["DELETE"]),
        Route(resource, handler.options, methods=["OPTIONS"]),
    ]
    if door.role is PeerRole.SUBSCRIBER:
        layer = f"{resource}/layer"
        routes += [
            Route(layer, _checked(handler.layer), methods=["GET", "PUT"]),
            Route(layer, handler.options, methods=["OPTIONS"]),
        ]
    return routes


class _ProblemError(Exception):
    """Carries a problem out of a handler's helpers."""

    def __init__(self, problem: RelayProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _checked(endpoint: Endpoint) -> Endpoint:
    async def checked(request: Request) -> Response:
        try:
            return await endpoint(request)
        except _ProblemError as error:
            return _problem(error.problem)
        except ClientDisconnect:
            return Response(status_code=400)

    return checked


class _Doorman:
    """Refuses who comes too often, before anything of the request is read."""

    def __init__(self, pace: OfferPace, address_of: AddressOf) -> None:
        self.address_of = address_of
        self._buckets = {
            method: KeyedBuckets(per_second=pace.per_second, burst=pace.at_once)
            for method in ("POST", "PATCH", "GET", "PUT")
        }

    def let_in(self, request: Request) -> None:
        # Starlette answers HEAD by what GET has to say.
        method = "GET" if request.method == "HEAD" else request.method
        retry_ms = self._buckets[method].take(self.address_of(request), time.monotonic())
        if retry_ms:
            seconds = -(-retry_ms // 1000)
            message = f"Too many requests come from your network. Try again in {seconds} s."
            raise _ProblemError(RelayProblem(429, "too_many_offers", message, seconds))


class _Handler:
    """Either WHIP or WHEP, at one door."""

    def __init__(self, relay: RelayLike, door: Door, doorman: _Doorman) -> None:
        self._relay = relay
        self._door = door
        self._doorman = doorman

    async def post(self, request: Request) -> Response:
        """An offer: 201 with the answer and the session's Location, or a problem."""
        self._doorman.let_in(request)
        stream = self._stream(request)
        by = await self._authorize(request)
        sdp = await _body(request, SDP)
        address = self._doorman.address_of(request)
        outcome = await self._relay.offer(stream, self._door.role, sdp, address, by)
        if isinstance(outcome, RelayProblem):
            return _problem(outcome)
        await self._check_again(stream, request, outcome)
        below = request.scope.get("root_path", "")
        path = self._door.path.format_map(request.path_params)
        location = f"{below}{path}/{outcome.resource_id}"
        headers = {**CORS, "Location": location, "ETag": _etag(outcome.resource_id), "Accept-Patch": TRICKLE}
        return Response(outcome.sdp, status_code=201, media_type=SDP, headers=headers)

    async def _check_again(self, stream: str, request: Request, outcome: Answer) -> None:
        """Close a session whose key or token ended while its offer came: nobody was there to be cut off."""
        try:
            await self._authorize(request)
        except _ProblemError:
            await self._relay.remove(stream, outcome.resource_id)
            raise

    async def patch(self, request: Request) -> Response:
        """Candidates: 204, for an ICE-lite relay needs none. A restart of ICE: 422 (RFC 9725 §4.3.1)."""
        self._doorman.let_in(request)
        stream, resource_id = self._stream(request), request.path_params["resource_id"]
        told = request.headers.get("if-match", "*")
        fragment = await _body(request, TRICKLE)
        problem = await self._relay.trickle(stream, resource_id, fragment)
        if problem is None and told not in ("*", _etag(resource_id)):
            problem = RelayProblem(
                412, "etag_mismatch", "If-Match names another ICE session than the one that is running."
            )
        return _problem(problem) if problem else Response(status_code=204, headers=CORS)

    async def layer(self, request: Request) -> Response:
        """Which layer of the picture the viewer gets; a PUT chooses first. 200, or a problem."""
        self._doorman.let_in(request)
        stream, choice = self._stream(request), None
        if request.method == "PUT":
            try:
                choice = _chosen.decode(await _body(request, JSON))
            except msgspec.DecodeError as error:
                raise _ProblemError(RelayProblem(400, "malformed_choice", f"{error}.")) from None
        outcome = await self._relay.layer(stream, request.path_params["resource_id"], choice)
        if isinstance(outcome, RelayProblem):
            return _problem(outcome)
        return Response(msgspec.json.encode(outcome), media_type=JSON, headers=CORS)

    async def delete(self, request: Request) -> Response:
        """The end of a session: 200."""
        problem = await self._relay.remove(self._stream(request), request.path_params["resource_id"])
        return _problem(problem) if problem else Response(status_code=200, headers=CORS)

    async def options(self, request: Request) -> Response:
        """What may be posted here, and the answer to a browser's preflight."""
        del request
        headers = {**CORS, **PREFLIGHT, "Accept-Post": SDP, "Accept-Patch": TRICKLE}
        return Response(status_code=204, headers=headers)

    def _stream(self, request: Request) -> str:
        stream = self._door.stream_of(request.path_params)
        if stream is None:
            raise _ProblemError(RelayProblem(404, "unknown_room", "There is no such room; check the link."))
        return stream

    async def _authorize(self, request: Request) -> Contender:
        if self._door.authorize is None:
            return HOST
        publisher = await self._door.authorize(request.path_params, _bearer(request))
        if publisher is PublishDenial.UNAUTHORIZED:
            raise _ProblemError(RelayProblem(401, "unauthorized", self._door.needs))
        if publisher is PublishDenial.UNAVAILABLE:
            message = "The backend cannot look up stream keys now; its log names the cause. Try again soon."
            raise _ProblemError(RelayProblem(503, "unavailable", message, 2))
        if publisher is PublishDenial.FORBIDDEN:
            raise _ProblemError(
                RelayProblem(403, "forbidden", "This token does not allow publishing in this room.")
            )
        return _as_studio(publisher, request) if publisher.party == HOST_PARTY else publisher


def _as_studio(host: Contender, request: Request) -> Contender:
    """The host's studio: which one of several, and whether it knowingly takes over."""
    told = request.headers.get(STUDIO_HEADER, "")
    party = f"{HOST_PARTY}/{told}" if STUDIO_NAME.fullmatch(told) else HOST_PARTY
    return Contender(party, host.name, takes_over=request.headers.get(TAKE_OVER_HEADER) == "1")


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


async def _body(request: Request, media_type: str) -> str:
    """The body as text; refuses another type (415), too much (413), and what is not UTF-8 (400)."""
    told = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if told != media_type:
        message = f"Expected Content-Type {media_type}, got {told[:80] or 'none'}."
        raise _ProblemError(RelayProblem(415, "unsupported_media_type", message))
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_SDP_BYTES:
            raise _ProblemError(RelayProblem(413, "sdp_too_long", f"Expected at most {MAX_SDP_BYTES} bytes."))
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise _ProblemError(RelayProblem(400, "malformed_sdp", "Expected UTF-8 text.")) from None


def _etag(resource_id: str) -> str:
    """Names the ICE session, which never changes here, without telling the resource id's secret."""
    return f'"{hashlib.sha256(resource_id.encode()).hexdigest()[:16]}"'


def _problem(problem: RelayProblem) -> Response:
    headers = dict(CORS)
    if problem.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="livestall"'
    if problem.retry_s is not None:
        headers["Retry-After"] = str(problem.retry_s)
    if problem.status == 415:
        headers["Accept-Post"] = SDP
    body = msgspec.json.encode(Problem(problem.error, problem.message, problem.by))
    return Response(body, status_code=problem.status, media_type="application/json", headers=headers)
