"""Checks each request against its endpoint's declaration, and hands it over: plain routes, no middleware."""

import hashlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import msgspec
from sqlalchemy.exc import IntegrityError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.contract.api_tokens import PREFIX
from backend.contract.base import AssistantRight, Role
from backend.contract.bounds import excess_of, is_longer_than_cleaned
from backend.contract.protocol import encode
from backend.http.api.endpoint import ANYONE_AT_ALL, AnyEndpoint, Call, FileAnswer, Nothing, RawBody, Who
from backend.http.api.plain_texts import plain_texts
from backend.http.api.problems import ApiError, refusal
from backend.http.problems import json_response
from backend.http.request_limits import Pace, address_of, read_body, read_bytes, retry_after
from backend.http.token_check import BEARER, TokenCheck
from backend.identity.api_tokens import ApiTokenStore, Program
from backend.identity.auth import Claims, TokenError, bearer_token
from backend.limits import ApiPace
from backend.plain_text import plain_text
from backend.shop.orders.changes import ChangedMeanwhileError
from backend.shop.orders.limits import OverLimitError
from backend.shop.stock.movements import NotEnoughStockError
from backend.storage.database import StorageError
from backend.storage.writer import BusyError

log = logging.getLogger("livestall.api")

KEY_HEADER: Final = "idempotency-key"
MAX_KEY: Final = 64
AGAIN_S: Final = 2
OUTRUN: Final = (
    "Somebody changed it at the same moment. Load it again, or send the same again: it is done once."
)
UNAVAILABLE: Final = "The backend cannot do this just now. Send the same again in a moment: it is done once."

PUT_OUT: Final = "You were put out of this room and cannot buy here. What you ordered before is still yours."
NOT_FOR_PROGRAMS: Final = (
    "The API token has no right to this. The host makes one with the rights that the program needs; buying, "
    "addresses and the host's own settings are for no program."
)

NOT_THIS_ROOM: Final = (
    "This is about the whole shop, with all its rooms: it is for the staff of the shop's first room."
)

# Another writer was faster; the transaction that found out has changed nothing.
_OUTRUN: Final = (ChangedMeanwhileError, OverLimitError, NotEnoughStockError)

HasRight = Callable[[Claims, AssistantRight], Awaitable[bool]]
Admits = Callable[[Claims], Awaitable[None]]
MayBuy = Callable[[Claims], Awaitable[bool]]
Answer = TypeVar("Answer", bound=msgspec.Struct)


Conceals = Callable[[Any, Claims], Any]
"""Returns an answer as a caller may see it."""


async def no_assistant_has_it(_claims: Claims, _right: AssistantRight) -> bool:
    """Give assistants no right at all."""
    return False


async def everybody_may(_claims: Claims) -> bool:
    """Let everybody buy."""
    return True


def wall_clock_ms() -> int:
    """Return the machine's time."""
    return time.time_ns() // 1_000_000


def conceal_nothing(answer: Answer, _claims: Claims) -> Answer:
    """Show all that is answered."""
    return answer


class Dispatch:
    """Serves endpoints.

    Args:
        admits: raises `HTTPException` where a token is good, but its holder may not come in any more.
        has_right: whether an assistant has a right now.
        may_buy: whether the token's holder may use endpoints that are purchases.
        programs: know who has an API token; None where none counts.
        shop_room: the room whose staff may use what is about the whole shop; None for any.
        conceals: hides persons in what is answered to assistants without the right to customers.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        endpoints: Sequence[AnyEndpoint],
        *,
        tokens: TokenCheck,
        admits: Admits,
        has_right: HasRight = no_assistant_has_it,
        may_buy: MayBuy = everybody_may,
        programs: ApiTokenStore | None = None,
        shop_room: str | None = None,
        conceals: Conceals = conceal_nothing,
        pace: ApiPace | None = None,
        clock_ms: Callable[[], int] = wall_clock_ms,
    ) -> None:
        self._endpoints = endpoints
        self._tokens = tokens
        self._admits = admits
        self._has_right = has_right
        self._may_buy = may_buy
        self._programs = programs
        self._shop_room = shop_room
        self._conceals = conceals
        self._clock_ms = clock_ms
        pace = pace or ApiPace()
        self._users = Pace(per_second=pace.user_per_second, burst=pace.user_at_once)
        self._addresses = Pace(per_second=pace.address_per_second, burst=pace.address_at_once)

    def routes(self) -> list[BaseRoute]:
        """Return one route a path, so that the answer to a wrong method names all the right ones."""
        by_path: dict[str, dict[str, AnyEndpoint]] = {}
        for endpoint in self._endpoints:
            by_path.setdefault(endpoint.path, {})[endpoint.method] = endpoint
        return [
            Route(path, self._serving(methods), methods=list(methods)) for path, methods in by_path.items()
        ]

    def _serving(self, methods: Mapping[str, AnyEndpoint]) -> Callable[[Request], Awaitable[Response]]:
        async def serve(request: Request) -> Response:
            endpoint = methods["GET" if request.method == "HEAD" else request.method]
            call = await self._checked_now(endpoint, request)
            try:
                answer = await self._shown(await endpoint.handle(call), call)
            except ApiError as error:
                problem = await self._shown(error.problem, call)
                raise ApiError(problem, error.headers) from error
            except (StorageError, BusyError) as error:
                log.warning("%s cannot be done: %s", endpoint.name, error)
                raise refusal(503, UNAVAILABLE, retry_after(AGAIN_S)) from error
            except _OUTRUN as error:
                log.warning("%s was outrun: %s", endpoint.name, error)
                raise refusal(409, OUTRUN, retry_after(AGAIN_S)) from error
            except IntegrityError as error:
                # What it did not fit may name a person: the statement alone is logged.
                log.error("%s does not fit what the database holds: %s", endpoint.name, error.statement)  # noqa: TRY400
                raise refusal(503, UNAVAILABLE, retry_after(AGAIN_S)) from error
            response = _file_response(answer) if isinstance(answer, FileAnswer) else json_response(answer)
            response.status_code = endpoint.status
            return response

        return serve

    async def _shown(self, answer: Answer, call: Call[Any, Any]) -> Answer:
        # With no right at all, too: an old key may recall what they saw as staff.
        is_assistant = call.caller.role is Role.ASSISTANT
        if not is_assistant or await self._has(call.caller, AssistantRight.CUSTOMERS):
            return answer
        concealed: Answer = self._conceals(answer, call.caller)
        return concealed

    async def _checked_now(self, endpoint: AnyEndpoint, request: Request) -> Call[Any, Any]:
        try:
            return await self._checked(endpoint, request)
        except StorageError as error:
            log.warning("who asks for %s cannot be looked up: %s", endpoint.name, error)
            raise refusal(503, UNAVAILABLE, retry_after(AGAIN_S)) from error

    async def _checked(self, endpoint: AnyEndpoint, request: Request) -> Call[Any, Any]:
        began_at_ms = self._clock_ms()
        self._addresses.take(address_of(request))
        caller = await self._caller(endpoint, request)
        rights = await self._rights(caller, endpoint)
        is_staff = caller.role is Role.HOST or bool(rights)
        if isinstance(caller, Program) and not is_staff:
            raise refusal(403, NOT_FOR_PROGRAMS)
        if not is_staff and endpoint.who not in {Who.ANYONE, Who.MEMBER}:
            raise refusal(403, "This is for the host, and for assistants whom the host lets do it.")
        if endpoint.is_shops and self._shop_room not in {None, caller.room}:
            raise refusal(403, NOT_THIS_ROOM)
        key = _key(request) if endpoint.is_idempotent else ""
        parameters = _parameters(endpoint, request)
        asked_at_ms = self._clock_ms()
        body = await _body(endpoint, request)
        # Who holds the rest of a request back was not there yet; how long we looked at it does not count.
        waited_ms = self._clock_ms() - asked_at_ms
        return Call(
            caller=caller,
            is_staff=is_staff,
            parameters=parameters,
            body=body,
            key=key,
            body_hash=hashlib.sha256(encode(body)).hexdigest() if key else "",
            headers=request.headers,
            address=address_of(request),
            rights=rights,
            received_at_ms=began_at_ms + waited_ms,
        )

    async def _caller(self, endpoint: AnyEndpoint, request: Request) -> Claims:
        if endpoint.who is Who.ANYONE:
            return ANYONE_AT_ALL
        token = bearer_token(request.headers.raw)
        if token is None:
            raise refusal(401, "Enter a room, and send the token that it gives.", BEARER)
        if self._programs is not None and token.startswith(PREFIX):
            return await self._program(self._programs, token)
        claims = await self._tokens.any_room(token)
        self._users.take(f"{claims.room} {claims.user_id}")
        await self._admits(claims)
        if endpoint.is_purchase and not await self._may_buy(claims):
            raise refusal(403, PUT_OUT)
        return claims

    async def _program(self, programs: ApiTokenStore, token: str) -> Program:
        try:
            program = await programs.program(token)
        except TokenError as error:
            raise refusal(401, str(error), BEARER) from error
        except StorageError as error:
            log.warning("API tokens cannot be looked up: %s", error)
            raise refusal(503, UNAVAILABLE, retry_after(AGAIN_S)) from error
        self._users.take(f"{program.room} {program.user_id}")
        return program

    async def _has(self, claims: Claims, right: AssistantRight) -> bool:
        if isinstance(claims, Program):
            return right in claims.granted
        return await self._has_right(claims, right)

    async def _rights(self, claims: Claims, endpoint: AnyEndpoint) -> frozenset[AssistantRight]:
        who = endpoint.who
        asked = {endpoint.staff_right if isinstance(who, Who) else who, endpoint.or_right} - {None}
        if claims.role is Role.HOST:
            return frozenset(right for right in asked if right is not None)
        if claims.role is not Role.ASSISTANT:
            return frozenset()
        had = [right for right in asked if right is not None and await self._has(claims, right)]
        return frozenset(had)


def _key(request: Request) -> str:
    key = request.headers.get(KEY_HEADER, "")
    if not (1 <= len(key) <= MAX_KEY and key.isascii() and key.isprintable()):
        raise refusal(
            400,
            f"Send an Idempotency-Key of 1 to {MAX_KEY} letters, a new one for each thing you want done: "
            "then it is done once, however often the request is sent.",
        )
    return key


def _parameters(endpoint: AnyEndpoint, request: Request) -> msgspec.Struct:
    texts = {**request.query_params, **request.path_params}
    given = {name: plain_text(str(text)) for name, text in texts.items()}
    kind: type[msgspec.Struct] = endpoint.parameters
    fields = ", ".join(kind.__struct_fields__)
    try:
        # Whatever an address holds is text; numbers are read from it.
        parameters = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError:
        raise refusal(422, f"The address does not hold what it must: {fields}.") from None
    if excess_of(parameters) is not None:
        raise refusal(422, f"One of {fields} in the address is longer than it may be.")
    return parameters


async def _body(endpoint: AnyEndpoint, request: Request) -> msgspec.Struct:
    kind: type[msgspec.Struct] = endpoint.body
    if kind is Nothing:
        return Nothing()
    if kind is RawBody:
        return RawBody(await read_bytes(request, endpoint.body_bytes))
    body = await read_body(request, kind, endpoint.body_bytes)
    try:
        plain = plain_texts(body)
    except msgspec.ValidationError:
        # What came is not repeated: it may hold an address.
        raise refusal(422, "A text that must say something holds nothing that can be seen.") from None
    if is_longer_than_cleaned(plain):
        fields = ", ".join(kind.__struct_fields__)
        raise refusal(422, f"A text in one of the fields {fields} is longer than it may be. Shorten it.")
    return plain


def _file_response(answer: FileAnswer) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{answer.name}"', "Cache-Control": "no-store"}
    return Response(answer.content, 200, headers, answer.media_type)
