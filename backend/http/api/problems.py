"""Refusals of the API as problem details (RFC 9457)."""

from collections.abc import Mapping
from typing import Final

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import Response

from backend.contract.problems import PROBLEM_TYPE, ProblemDetails
from backend.contract.protocol import encode

_KINDS: Final = {
    400: ("bad_request", "The request is not complete"),
    401: ("bad_token", "The token is missing or does not count"),
    403: ("forbidden", "This is not yours to do"),
    404: ("not_found", "There is no such thing"),
    405: ("wrong_method", "The address takes another method"),
    409: ("outrun", "Somebody else was faster"),
    413: ("too_large", "The request is too large"),
    422: ("malformed", "The request is not what the endpoint takes"),
    429: ("too_fast", "Too many requests"),
    500: ("failed", "The backend failed"),
    503: ("unavailable", "The backend cannot do this now"),
}


class ApiError(HTTPException):
    """A refusal with its problem details, members of the kind included.

    Args:
        problem: what is answered; its status is that of the response.
    """

    def __init__(self, problem: ProblemDetails, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.status, problem.detail, dict(headers or {}))
        self.problem = problem


def refusal(status: int, detail: str, headers: Mapping[str, str] | None = None) -> ApiError:
    """Make a refusal of the kind that its status is."""
    return ApiError(problem_of_status(status, detail), headers)


def problem_of_status(status: int, detail: str) -> ProblemDetails:
    """Return the problem details of a status."""
    kind, title = _KINDS.get(status, ("refused", "The request is refused"))
    return ProblemDetails(type=kind, title=title, status=status, detail=detail)


def problem_response(error: HTTPException) -> Response:
    """Answer with a refusal."""
    problem: msgspec.Struct
    if isinstance(error, ApiError):
        problem = error.problem
    else:
        problem = problem_of_status(error.status_code, error.detail)
    headers = {"Cache-Control": "no-store", **(error.headers or {})}
    return Response(encode(problem), error.status_code, headers, PROBLEM_TYPE)
