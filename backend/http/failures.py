"""How failures of all routes are answered: as problem details below /api/v1, as JSON of our own elsewhere."""

from collections.abc import Mapping
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from backend.http.api.problems import ApiError, problem_response, refusal
from backend.http.prefix import path_below
from backend.http.problems import problem
from backend.relay.http import CORS

MEDIA_PATHS: Final = ("/whip/", "/whep/")
API_PATHS: Final = "/api/v1/"
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


async def as_problem(request: Request, error: Exception) -> Response:
    """Answer an error that a handler raised on purpose."""
    if not isinstance(error, HTTPException):
        raise error
    if isinstance(error, ApiError) or path_below(request.scope).startswith(API_PATHS):
        return problem_response(error)
    word, headers = (
        _WORDS.get(error.status_code, "refused"),
        {**_open_to_all(request), **(error.headers or {})},
    )
    return problem(error.status_code, word, error.detail, headers)


async def as_failure(request: Request, _error: Exception) -> Response:
    """Answer an error that no handler expected."""
    message = "The backend failed; its log names the cause. Try again."
    if path_below(request.scope).startswith(API_PATHS):
        return problem_response(refusal(500, message))
    return problem(500, "failed", message, _open_to_all(request))
