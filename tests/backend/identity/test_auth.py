import base64

import jwt
import pytest

from backend.contract.base import Role
from backend.identity.auth import (
    TICKET_LIFETIME_S,
    Claims,
    Right,
    TicketOffice,
    TokenError,
    TokenSigner,
    bearer_token,
)

SECRET = b"0123456789abcdef0123456789abcdef"
VIEWER = Claims("guest-1", "main", Role.VIEWER, (Right.VIEW,))


@pytest.fixture
def signer() -> TokenSigner:
    return TokenSigner(SECRET)


def test_a_token_says_what_was_signed(signer: TokenSigner) -> None:
    assert signer.verify(signer.viewer("main", "guest-1"), "main") == VIEWER
    host = signer.verify(signer.host("main"), "main")
    assert (host.role, host.rights) == (Role.HOST, (Right.VIEW, Right.PUBLISH))


def test_to_watch_is_not_to_publish(signer: TokenSigner) -> None:
    assert Right.PUBLISH not in signer.verify(signer.viewer("main", "guest-1"), "main").rights


def test_a_token_of_another_secret_is_refused(signer: TokenSigner) -> None:
    foreign = TokenSigner(SECRET[::-1]).host("main")
    with pytest.raises(TokenError, match="did not sign"):
        signer.verify(foreign, "main")


def test_a_token_of_another_room_is_refused(signer: TokenSigner) -> None:
    with pytest.raises(TokenError, match="'other'"):
        signer.verify(signer.host("other"), "main")


def test_a_token_names_its_room(signer: TokenSigner) -> None:
    assert signer.verify_any_room(signer.host("other")).room == "other"
    with pytest.raises(TokenError):
        signer.verify_any_room(signer.device(VIEWER))


def test_a_token_out_of_date_is_refused_and_says_so(signer: TokenSigner) -> None:
    with pytest.raises(TokenError, match="out of date"):
        signer.verify(signer.sign(VIEWER, lifetime_s=-1), "main")


DEEP = base64.urlsafe_b64encode(b'{"x":' * 3000).decode().rstrip("=")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é" * 40, f"{DEEP}.e30.x"])
def test_a_token_of_nonsense_is_refused(signer: TokenSigner, token: str) -> None:
    with pytest.raises(TokenError):
        signer.verify(token, "main")


def test_an_unsigned_token_is_refused(signer: TokenSigner) -> None:
    payload = {"sub": "host", "room": "main", "role": "host", "rights": [], "exp": 1 << 40}
    with pytest.raises(TokenError):
        signer.verify(jwt.encode(payload, "", algorithm="none"), "main")


@pytest.mark.parametrize(
    "payload",
    [
        {"sub": "host", "room": "main", "role": "king", "rights": [], "exp": 1 << 33},
        {"sub": "host", "room": "main", "role": "host", "rights": ["fly"], "exp": 1 << 33},
        {"sub": "host", "role": "host", "rights": [], "exp": 1 << 33},
        {"sub": "host", "room": "main", "role": "host", "rights": []},
    ],
)
def test_a_signed_token_of_another_shape_is_refused(signer: TokenSigner, payload: dict[str, object]) -> None:
    with pytest.raises(TokenError):
        signer.verify(jwt.encode(payload, SECRET, algorithm="HS256"), "main")


def test_a_short_secret_is_no_secret() -> None:
    with pytest.raises(ValueError, match="at least 32 bytes, got 5"):
        TokenSigner(b"short")


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


async def test_a_ticket_opens_once() -> None:
    office = TicketOffice(Clock())
    ticket = office.issue(VIEWER)
    assert await office.redeem(ticket, "main") == VIEWER
    assert await office.redeem(ticket, "main") is None


async def test_a_ticket_is_for_its_room_and_is_spent_on_a_wrong_one() -> None:
    office = TicketOffice(Clock())
    ticket = office.issue(VIEWER)
    assert await office.redeem(ticket, "other") is None
    assert await office.redeem(ticket, "main") is None


async def test_a_ticket_is_good_for_thirty_seconds() -> None:
    clock = Clock()
    office = TicketOffice(clock)
    in_time, late = office.issue(VIEWER), office.issue(VIEWER)
    clock.now_s += TICKET_LIFETIME_S - 0.001
    assert await office.redeem(in_time, "main") == VIEWER
    clock.now_s += 0.001
    assert await office.redeem(late, "main") is None


def test_tickets_that_nobody_used_are_forgotten() -> None:
    clock = Clock()
    office = TicketOffice(clock)
    for _ in range(50):
        office.issue(VIEWER)
    clock.now_s += TICKET_LIFETIME_S
    office.issue(VIEWER)
    assert len(office._tickets) == 1


@pytest.mark.parametrize(
    ("value", "token"),
    [(b"Bearer abc", "abc"), (b"bearer  abc ", "abc"), (b"Basic abc", None), (b"Bearer", None), (b"", None)],
)
def test_the_bearer_token_is_read_from_the_header(value: bytes, token: str | None) -> None:
    assert bearer_token([(b"host", b"x"), (b"Authorization", value)]) == token


def test_without_the_header_there_is_no_token() -> None:
    assert bearer_token([]) is None
