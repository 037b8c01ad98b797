"""Answers over HTTP: JSON of a message, and rejections that name cause and remedy."""

from collections.abc import Mapping

import msgspec
from starlette.responses import Response

from backend.contract.http import Problem
from backend.contract.protocol import encode


def json_response(message: msgspec.Struct, headers: Mapping[str, str] | None = None) -> Response:
    """Answer with a message; what the API says is never kept by a cache."""
    return Response(
        encode(message),
        media_type="application/json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def problem(status: int, error: str, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """Refuse: an HTTP status, a word for programs, a sentence with cause and remedy for people."""
    response = json_response(Problem(error, message), headers)
    response.status_code = status
    return response
