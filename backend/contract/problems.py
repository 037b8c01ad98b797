"""How the API under /api/v1 refuses: problem details (RFC 9457)."""

from typing import Final

import msgspec

PROBLEM_TYPE: Final = "application/problem+json"


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal of the API. Some kinds have further members, such as the quote that counts now.

    Attributes:
        type: a word for programs.
        title: the kind of problem, the same each time.
        status: the HTTP status.
        detail: cause and remedy of this very case, for people.
    """

    type: str
    title: str
    status: int
    detail: str
