"""The API tokens of rooms: kept as digests, honoured by every node, worthless from the moment they go."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.contract.api_tokens import (
    MAX_NAME,
    MOST_TOKENS,
    RIGHTS,
    TOKEN,
    ApiToken,
    MadeApiToken,
    NewApiToken,
    api_token_digest,
    new_api_token,
)
from backend.contract.base import AssistantRight, RejectReason, Role
from backend.identity.auth import Claims, TokenError
from backend.plain_text import clean
from backend.storage.database import Database, read_rows
from backend.storage.tables import API_TOKENS

NOTED_EVERY_MS: Final = 60_000
PROGRAM: Final = "program:"
REVOKED: Final = "The API token is unknown or was revoked. Ask the host for another one."

_decode_rights = msgspec.json.Decoder(list[AssistantRight]).decode


class Program(Claims, frozen=True):
    """Who has an API token: staff of a room, and never in it.

    Attributes:
        granted: what it may do.
    """

    granted: frozenset[AssistantRight] = frozenset()


class ApiTokenError(Exception):
    """A token cannot be made; `status` is HTTP's, the message names cause and remedy."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class ApiTokenStore:
    """The tokens of all rooms.

    Args:
        clock_ms: the time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._clock_ms = clock_ms

    async def all(self, room: str) -> list[ApiToken]:
        """Return a room's tokens, the oldest first."""
        return await asyncio.to_thread(self._all, room)

    async def add(self, room: str, wanted: NewApiToken) -> MadeApiToken:
        """Make a token; raise `ApiTokenError` where it cannot be."""
        return await asyncio.to_thread(self._add, room, wanted)

    async def remove(self, room: str, token_id: str) -> ApiToken | None:
        """Forget a token, and return what it was; None where there is none."""
        return await asyncio.to_thread(self._remove, room, token_id)

    async def program(self, token: str) -> Program:
        """Return who has a token; raise `TokenError` where it is none that counts."""
        if not TOKEN.fullmatch(token):
            raise TokenError(REVOKED)
        found = await asyncio.to_thread(self._find, api_token_digest(token))
        if found is None:
            raise TokenError(REVOKED)
        return found

    def _all(self, room: str) -> list[ApiToken]:
        table = API_TOKENS.c
        query = select(API_TOKENS).where(table.room_id == room)
        with self._database.reading() as connection:
            rows = read_rows(connection, query.order_by(table.created_at_ms, table.token_id))
        return [_read(row) for row in rows]

    def _add(self, room: str, wanted: NewApiToken) -> MadeApiToken:
        name, rights = _checked(wanted)
        token, now_ms = new_api_token(), self._clock_ms()
        made = ApiToken(token_id=secrets.token_hex(8), name=name, rights=rights, created_at_ms=now_ms)
        row = {
            "room_id": room,
            "token_id": made.token_id,
            "name": name,
            "digest": api_token_digest(token),
            "rights": msgspec.json.encode(rights).decode(),
            "created_at_ms": now_ms,
        }
        try:
            with self._database.transaction() as connection:
                is_here = API_TOKENS.c.room_id == room
                count = connection.scalar(select(func.count()).select_from(API_TOKENS).where(is_here))
                if (count or 0) >= MOST_TOKENS:
                    raise ApiTokenError(
                        409, f"A room has at most {MOST_TOKENS} API tokens. Revoke one that is not needed."
                    )
                connection.execute(insert(API_TOKENS).values(row))
        except IntegrityError as error:
            raise ApiTokenError(
                409, "An API token of this name is there already. Choose another name, or revoke that one."
            ) from error
        return MadeApiToken(token, made)

    def _remove(self, room: str, token_id: str) -> ApiToken | None:
        is_this = (API_TOKENS.c.room_id == room, API_TOKENS.c.token_id == token_id)
        with self._database.transaction() as connection:
            rows = read_rows(connection, select(API_TOKENS).where(*is_this))
            connection.execute(delete(API_TOKENS).where(*is_this))
        return _read(rows[0]) if rows else None

    def _find(self, digest: str) -> Program | None:
        with self._database.reading() as connection:
            rows = read_rows(connection, select(API_TOKENS).where(API_TOKENS.c.digest == digest))
        if not rows:
            return None
        room, token = str(rows[0]["room_id"]), _read(rows[0])
        now_ms = self._clock_ms()
        if token.last_used_at_ms is None or now_ms - token.last_used_at_ms >= NOTED_EVERY_MS:
            with self._database.transaction_aside() as connection:
                noted = update(API_TOKENS).where(API_TOKENS.c.digest == digest)
                connection.execute(noted.values(last_used_at_ms=now_ms))
        return Program(PROGRAM + token.token_id, room, Role.ASSISTANT, (), granted=frozenset(token.rights))


def _checked(wanted: NewApiToken) -> tuple[str, list[AssistantRight]]:
    name = clean(wanted.name, MAX_NAME)
    if isinstance(name, RejectReason):
        raise ApiTokenError(
            422, f"The name must have 1 to {MAX_NAME} readable characters. Choose another one."
        )
    foreign = [right for right in wanted.rights if right not in RIGHTS]
    if foreign:
        usable = ", ".join(RIGHTS)
        raise ApiTokenError(422, f"No program can use the right {foreign[0].value!r}. There are: {usable}.")
    return name, _in_order(wanted.rights)


def _in_order(rights: Sequence[AssistantRight]) -> list[AssistantRight]:
    return [right for right in RIGHTS if right in rights]


def _read(row: dict[str, object]) -> ApiToken:
    last = row["last_used_at_ms"]
    return ApiToken(
        token_id=str(row["token_id"]),
        name=str(row["name"]),
        rights=_decode_rights(str(row["rights"])),
        created_at_ms=int(str(row["created_at_ms"])),
        last_used_at_ms=None if last is None else int(str(last)),
    )
