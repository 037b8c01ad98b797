import pytest
from starlette.exceptions import HTTPException
from starlette.requests import Request
from typing_extensions import override

from backend.contract.base import Role
from backend.http.token_check import EndedTokenError, TokenCheck
from backend.identity.auth import Claims, Right, TokenSigner
from backend.identity.host_tokens import HostTokens
from backend.storage.database import StorageError

SIGNER = TokenSigner(b"0123456789abcdef0123456789abcdef")
HOST = SIGNER.host("main")
VIEWER = SIGNER.viewer("main", "guest-1")


class Generations(HostTokens):
    """Host tokens without a database."""

    def __init__(self, generation: int | StorageError) -> None:
        self._generation = generation

    @override
    def generation(self, room: str) -> int:
        if isinstance(self._generation, StorageError):
            raise self._generation
        return self._generation


def asking(token: str = "") -> Request:
    headers = [(b"authorization", f"Bearer {token}".encode())] if token else []
    return Request({"type": "http", "headers": headers})


async def status(check: TokenCheck, token: str) -> int:
    with pytest.raises(HTTPException) as refused:
        await check.host(asking(token), "main", "The host alone.")
    return refused.value.status_code


async def test_a_token_check_knows_the_host_and_refuses_all_others() -> None:
    check = TokenCheck(SIGNER)
    assert (await check.host(asking(HOST), "main", "")).role is Role.HOST
    assert await status(check, "") == 401
    assert await status(check, "forged") == 401
    assert await status(check, VIEWER) == 403
    assert await status(check, SIGNER.host("other")) == 401


async def test_a_host_token_that_was_renewed_counts_no_more() -> None:
    check = TokenCheck(SIGNER, Generations(1))
    assert await status(check, HOST) == 401
    with pytest.raises(EndedTokenError):
        await check.verify(HOST, "main")
    assert (await check.verify(SIGNER.host("main", generation=1), "main")).version == 1
    viewer = await check.only(Role.VIEWER, asking(VIEWER), "main", missing="", wrong="")
    assert viewer == Claims("guest-1", "main", Role.VIEWER, (Right.VIEW,))


async def test_a_token_check_reads_the_room_from_the_token() -> None:
    assert (await TokenCheck(SIGNER, Generations(0)).any_room(SIGNER.host("other"))).room == "other"
    for check, token in ((TokenCheck(SIGNER), "forged"), (TokenCheck(SIGNER, Generations(1)), HOST)):
        with pytest.raises(HTTPException) as refused:
            await check.any_room(token)
        assert refused.value.status_code == 401


async def test_a_token_that_cannot_be_looked_up_is_refused_for_now() -> None:
    assert await status(TokenCheck(SIGNER, Generations(StorageError("no disk"))), HOST) == 503
