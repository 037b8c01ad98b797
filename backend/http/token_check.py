"""Whose token it is, and whether it still counts: the one place where routes ask."""

import logging
from collections.abc import Awaitable
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request

from backend.contract.base import Role
from backend.identity.auth import Claims, TokenError, TokenSigner, bearer_token
from backend.identity.host_tokens import ENDED, HostTokens
from backend.storage.database import StorageError

log = logging.getLogger("livestall.host_tokens")

BEARER: Final = {"WWW-Authenticate": "Bearer"}


class EndedTokenError(TokenError):
    """The token was the host's, and was renewed since."""


class TokenCheck:
    """Checks tokens.

    Args:
        host_tokens: tell which tokens of the host still count; None where all do.
    """

    def __init__(self, signer: TokenSigner, host_tokens: HostTokens | None = None) -> None:
        self._signer = signer
        self._host_tokens = host_tokens

    async def verify(self, token: str, room: str) -> Claims:
        """Return what a token says, or raise `TokenError` with the cause in words for people."""
        return await self._current(self._signer.verify(token, room))

    async def _current(self, claims: Claims) -> Claims:
        if not await self.holds(claims):
            raise EndedTokenError(ENDED)
        return claims

    async def holds(self, claims: Claims) -> bool:
        """Whether a token of the host still counts; all others do."""
        return self._host_tokens is None or await self._host_tokens.holds(claims)

    async def claims(self, token: str, room: str) -> Claims:
        """Return what a token says, or refuse it with 401; with 503 where that cannot be looked up."""
        return await _or_refused(self.verify(token, room))

    async def any_room(self, token: str) -> Claims:
        """Return what a token says, the room among it, or refuse it as `claims` does."""
        return await _or_refused(self._verify_any_room(token))

    async def _verify_any_room(self, token: str) -> Claims:
        return await self._current(self._signer.verify_any_room(token))

    async def only(self, role: Role, request: Request, room: str, *, missing: str, wrong: str) -> Claims:
        """Return what the request's token says, whose holder has this role.

        `missing` is said (401) where there is no token, `wrong` (403) to who has another role.
        """
        token = bearer_token(request.headers.raw)
        if token is None:
            raise HTTPException(401, missing, BEARER)
        claims = await self.claims(token, room)
        if claims.role is not role:
            raise HTTPException(403, wrong)
        return claims

    async def host(self, request: Request, room: str, refused: str) -> Claims:
        """Return what the host's token says; `refused` is said to everybody else."""
        return await self.only(Role.HOST, request, room, missing=refused, wrong=refused)


async def _or_refused(verifying: Awaitable[Claims]) -> Claims:
    try:
        return await verifying
    except TokenError as error:
        raise HTTPException(401, str(error), BEARER) from error
    except StorageError as error:
        log.warning("host tokens cannot be looked up: %s", error)
        raise HTTPException(503, "The backend cannot look up tokens now; try again soon.") from error
