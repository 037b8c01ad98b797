import pytest
from starlette.exceptions import HTTPException

from backend.contract.base import Role
from backend.http.guesses import AT_ONCE, EVERY_S, WAIT_AT_MOST_S, WaitingLine
from backend.identity.auth import Claims, Right, TokenError, TokenSigner

SIGNER = TokenSigner(b"a secret of the tests, long enough to sign with")
ANNA = Claims("guest-1", "main", Role.VIEWER, (Right.VIEW,), 3)


class Clock:
    """A clock that goes on when told, and notes who sleeps for how long."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.slept: list[float] = []

    def read(self) -> float:
        return self.now_s

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def test_what_many_try_on_one_name_takes_longer_and_another_name_does_not() -> None:
    clock = Clock()
    line = WaitingLine(clock.read, clock.sleep)
    for _ in range(AT_ONCE):
        await line.turn("main anna")
    assert clock.slept == []
    await line.turn("main anna")
    await line.turn("main anna")
    assert clock.slept == [EVERY_S, 2 * EVERY_S]
    await line.turn("main bert")
    assert len(clock.slept) == 2


async def test_the_line_is_never_longer_than_patience_and_is_soon_short_again() -> None:
    clock = Clock()
    line = WaitingLine(clock.read, clock.sleep)
    for _ in range(AT_ONCE + int(WAIT_AT_MOST_S / EVERY_S)):
        await line.turn("main anna")
    with pytest.raises(HTTPException) as refused:
        await line.turn("main anna")
    assert refused.value.status_code == 429
    assert max(clock.slept) == WAIT_AT_MOST_S
    clock.now_s += EVERY_S
    await line.turn("main anna")
    clock.now_s += 1000
    clock.slept.clear()
    await line.turn("main anna")
    assert clock.slept == []


async def test_names_that_were_tried_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.http.guesses.MAX_KEYS", 10)
    line = WaitingLine()
    for number in range(50):
        await line.turn(f"main {number}")
    assert len(line._taken_until_s) == 10


def test_the_mark_of_a_device_is_no_token_and_a_token_no_mark() -> None:
    mark, token = SIGNER.device(ANNA), SIGNER.sign(ANNA, 60)
    assert SIGNER.read_device(mark, "main") == ANNA
    with pytest.raises(TokenError):
        SIGNER.verify(mark, "main")
    with pytest.raises(TokenError):
        SIGNER.read_device(token, "main")
    with pytest.raises(TokenError):
        SIGNER.read_device(mark, "other")
