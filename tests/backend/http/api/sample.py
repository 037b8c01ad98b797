"""A small API for tests: notes that somebody writes, reads and counts."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated

import httpx
import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from backend.contract.base import AssistantRight
from backend.contract.bounds import Id, UpTo
from backend.contract.problems import ProblemDetails
from backend.http.api.dispatch import Admits, Dispatch, HasRight, no_assistant_has_it, wall_clock_ms
from backend.http.api.document_routes import DocumentRoutes
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, RawBody, Who
from backend.http.api.problems import ApiError, problem_response, refusal
from backend.http.token_check import TokenCheck
from backend.identity.auth import Claims, TokenSigner
from backend.limits import ApiPace

SIGNER = TokenSigner(b"0123456789abcdef0123456789abcdef")
VIEWER = SIGNER.viewer("main", "guest-1")
HOST = SIGNER.host("main")
ASSISTANT = SIGNER.assistant("main", "assistant-1")


class NewNote(msgspec.Struct, frozen=True):
    """What a note says.

    Attributes:
        stars: 1 to 5.
    """

    text: Annotated[str, UpTo(10)]
    stars: Annotated[int, msgspec.Meta(ge=1, le=5)] = 3
    labels: Annotated[list[str], UpTo(4, items=2)] = []


class Note(msgspec.Struct, frozen=True):
    """A note as it was taken in."""

    text: str
    stars: int
    writer: str
    key: str
    body_hash: str


class OneNote(msgspec.Struct, frozen=True):
    """Which note."""

    note_id: Id
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20


class Count(msgspec.Struct, frozen=True):
    """A number."""

    number: int


class TooManyStars(ProblemDetails, frozen=True, kw_only=True):
    """The note has more stars than are left."""

    left: int


async def write_note(call: Call[Nothing, NewNote]) -> Note:
    if call.body.stars == 5:
        raise ApiError(TooManyStars(type="too_many_stars", title="Stars", status=409, detail="", left=4))
    return Note(call.body.text, call.body.stars, call.caller.user_id, call.key, call.body_hash)


async def count_notes(call: Call[OneNote, Nothing]) -> Count:
    if call.parameters.note_id == "gone":
        raise HTTPException(404, "There is no such note.")
    if call.parameters.note_id == "broken":
        raise refusal(503, "Not now.")
    return Count(call.parameters.limit)


async def measure(call: Call[Nothing, RawBody]) -> Count:
    return Count(len(call.body.content))


async def do_nothing(_call: Call[Nothing, Nothing]) -> Count:
    return Count(0)


ENDPOINTS: tuple[AnyEndpoint, ...] = (
    Endpoint(
        method="POST",
        path="/api/v1/notes",
        summary="Write a note.",
        who=Who.MEMBER,
        handle=write_note,
        answer=Note,
        parameters=Nothing,
        body=NewNote,
        status=201,
        is_idempotent=True,
        problems={409: (TooManyStars,)},
    ),
    Endpoint(
        method="GET",
        path="/api/v1/notes",
        summary="Keep still.",
        who=Who.HOST,
        handle=do_nothing,
        answer=Count,
        parameters=Nothing,
        body=Nothing,
    ),
    Endpoint(
        method="GET",
        path="/api/v1/notes/{note_id}",
        summary="Count what a note has.",
        who=Who.ANYONE,
        handle=count_notes,
        answer=Count,
        parameters=OneNote,
        body=Nothing,
    ),
    Endpoint(
        method="POST",
        path="/api/v1/measures",
        summary="Measure what comes.",
        who=AssistantRight.PRODUCTS,
        handle=measure,
        answer=Count,
        parameters=Nothing,
        body=RawBody,
    ),
)


async def all_may_enter(_claims: Claims) -> None:
    """Refuse nobody."""


async def _as_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem_response(error)


@asynccontextmanager
async def sample_api(
    *,
    admits: Admits = all_may_enter,
    has_right: HasRight = no_assistant_has_it,
    pace: ApiPace | None = None,
    write: Callable[[Call[Nothing, NewNote]], Awaitable[Note]] = write_note,
    clock_ms: Callable[[], int] = wall_clock_ms,
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the notes' API."""
    endpoints = (msgspec.structs.replace(ENDPOINTS[0], handle=write), *ENDPOINTS[1:])
    dispatch = Dispatch(
        endpoints,
        tokens=TokenCheck(SIGNER),
        admits=admits,
        has_right=has_right,
        pace=pace,
        clock_ms=clock_ms,
    )
    app = Starlette(
        routes=[*dispatch.routes(), *DocumentRoutes(ENDPOINTS).routes()],
        exception_handlers={HTTPException: _as_problem},
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


def bearer(token: str, key: str = "") -> dict[str, str]:
    """The headers of a request with a token, and with a key where there is one."""
    return {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})


def details(response: httpx.Response) -> ProblemDetails:
    """Read a refusal."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    return msgspec.json.decode(response.content, type=ProblemDetails)
