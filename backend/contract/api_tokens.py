"""API tokens: what a shop's own programs use the API with, as staff of a room with chosen rights."""

import hashlib
import re
import secrets
from typing import Annotated, Final

import msgspec

from backend.contract.base import AssistantRight
from backend.contract.bounds import Id, UpTo

PREFIX: Final = "lsa-"
# Of 32 random bytes nobody can try them all, so a fast digest will do.
TOKEN: Final = re.compile(r"lsa-[A-Za-z0-9_-]{43}")
MAX_NAME: Final = 40
MOST_TOKENS: Final = 20

RIGHTS: Final = (
    AssistantRight.PRODUCTS,
    AssistantRight.PRICES,
    AssistantRight.ORDERS,
    AssistantRight.REFUNDS,
    AssistantRight.PAYMENTS,
    AssistantRight.CUSTOMERS,
)
"""What a program can be allowed; all else happens in the room, where no program is."""

GivenRights = Annotated[list[AssistantRight], UpTo(16, items=len(RIGHTS)), msgspec.Meta(min_length=1)]


class ApiToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token as the host sees it; the token itself is shown where it is made, and nowhere else.

    Attributes:
        name: of the program that uses it; what the program did is noted as done by `program:<token_id>`.
        rights: what the program may do.
        last_used_at_ms: to about a minute; None for never.
    """

    token_id: str
    name: str
    rights: list[AssistantRight]
    created_at_ms: int
    last_used_at_ms: int | None = None


class ApiTokens(msgspec.Struct, frozen=True):
    """What `GET /api/v1/api-tokens` gives, the oldest first."""

    tokens: list[ApiToken]


class NewApiToken(msgspec.Struct, frozen=True):
    """What `POST /api/v1/api-tokens` takes."""

    name: Annotated[str, UpTo(2 * MAX_NAME), msgspec.Meta(min_length=1)]
    rights: GivenRights


class MadeApiToken(msgspec.Struct, frozen=True):
    """What a new token is answered with.

    Attributes:
        token: sent as `Authorization: Bearer …`; it is shown here, once.
    """

    token: str
    made: ApiToken


class OneApiToken(msgspec.Struct, frozen=True):
    """Which token, by the address."""

    token_id: Id


def new_api_token() -> str:
    """Make a token, such as `lsa-…`; 256 bits by chance."""
    return f"{PREFIX}{secrets.token_urlsafe(32)}"


def api_token_digest(token: str) -> str:
    """Return what is kept of a token: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(token.encode()).hexdigest()
