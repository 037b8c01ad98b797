"""What the shop answers over HTTP: a document, or a refusal in its own words."""

from typing import Final, TypeVar

import httpx
import msgspec

from backend.contract.decoding import decode_json
from backend.contract.problems import ProblemDetails
from studio.connection.room_http import RejectedError

_UNWELL: Final = 500
_REFUSED: Final = 400

Answer = TypeVar("Answer", bound=msgspec.Struct)


def decoded(answer: httpx.Response, kind: type[Answer]) -> Answer:
    """Return the document.

    Raises:
        RejectedError: the shop refuses; the message is its own.
        httpx.HTTPError: the backend is not well.
        msgspec.MsgspecError: that is no answer of a shop.
    """
    check(answer)
    return decode_json(answer.content, kind)


def check(answer: httpx.Response) -> None:
    """Raise what `decoded` raises, where the answer is no document."""
    if _REFUSED <= answer.status_code < _UNWELL:
        problem = _problem_of(answer)
        raise RejectedError(
            problem.detail,
            answer.status_code,
            kind=problem.type,
            allowed=problem.allowed,
            left=problem.left,
        )
    answer.raise_for_status()


class _Problem(ProblemDetails, frozen=True, kw_only=True):
    """A refusal, with the member that some kinds have."""

    allowed: str = ""
    left: int = 0


def _problem_of(answer: httpx.Response) -> _Problem:
    try:
        return decode_json(answer.content, _Problem)
    except msgspec.MsgspecError:
        status = answer.status_code
        return _Problem(type="", title="", status=status, detail=f"the server answered {status}")
