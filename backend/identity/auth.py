"""Identity and rights of a user: signed tokens that last, and tickets that open one socket once."""

import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final, Protocol

import jwt
import msgspec

from backend.contract.base import HOST_USER, Role

ALGORITHM: Final = "HS256"
MIN_SECRET_BYTES: Final = 32
TICKET_LIFETIME_S: Final = 30.0
MAX_TICKETS: Final = 100_000
HOST_LIFETIME_S: Final = 180 * 86_400
DEVICE_LIFETIME_S: Final = 180 * 86_400
VIEWER_LIFETIME_S: Final = 30 * 86_400
_DEVICE: Final = "livestall-device"
ASSISTANT_LIFETIME_S: Final = 180 * 86_400  # no grant lasts longer


class TokenError(Exception):
    """The token was not signed here, is out of date, or is for another room."""


class WrongRoomError(TokenError):
    """The token is good, but for another room."""


class Right(StrEnum):
    """What a token opens on the media path; to watch and to publish are given apart."""

    VIEW = "view"
    PUBLISH = "publish"


class Claims(msgspec.Struct, frozen=True):
    """What a token says of its holder.

    Attributes:
        version: of the holder's account when it was signed, of the host the generation of their tokens; 0 for
            who has none.
    """

    user_id: str
    room: str
    role: Role
    rights: tuple[Right, ...]
    version: int = 0


class TokenSigner:
    """Signs and checks tokens (JWT, RFC 7519) with one secret of at least 32 bytes."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < MIN_SECRET_BYTES:
            raise ValueError(f"expected a secret of at least {MIN_SECRET_BYTES} bytes, got {len(secret)}")
        self._secret = secret

    def host(self, room: str, user_id: str = HOST_USER, generation: int = 0) -> str:
        """Sign a token for the room's host: may command, watch and publish, while its generation counts."""
        claims = Claims(user_id, room, Role.HOST, (Right.VIEW, Right.PUBLISH), generation)
        return self.sign(claims, HOST_LIFETIME_S)

    def viewer(self, room: str, user_id: str) -> str:
        """Sign a token for a viewer of the room."""
        return self.sign(Claims(user_id, room, Role.VIEWER, (Right.VIEW,)), VIEWER_LIFETIME_S)

    def account(self, room: str, user_id: str, version: int) -> tuple[str, Claims]:
        """Sign a token for a viewer with an account."""
        claims = Claims(user_id, room, Role.VIEWER, (Right.VIEW,), version)
        return self.sign(claims, VIEWER_LIFETIME_S), claims

    def assistant(self, room: str, user_id: str) -> str:
        """Sign a token for an assistant of the room; what it is good for, the room's own grant says."""
        return self.sign(Claims(user_id, room, Role.ASSISTANT, (Right.VIEW,)), ASSISTANT_LIFETIME_S)

    def origin(self, address: str) -> str:
        """Return what an address is counted by: the same on all nodes, and no way back from it."""
        return hmac.new(self._secret, f"origin {address}".encode(), "sha256").hexdigest()[:16]

    def webhook_key(self, target_id: str) -> bytes:
        """Return the key that webhooks to a target are signed with: the same on all nodes, nowhere kept."""
        return hmac.new(self._secret, f"webhook {target_id}".encode(), "sha256").digest()

    def device(self, claims: Claims) -> str:
        """Sign the mark of a device on which an account signed in; it is no token and opens nothing."""
        return self._sign(claims, DEVICE_LIFETIME_S, {"aud": _DEVICE})

    def read_device(self, mark: str, room: str) -> Claims:
        """Return whose device it is; `TokenError` where that is not known."""
        return _of_room(self._read(mark, _DEVICE), room)

    def sign(self, claims: Claims, lifetime_s: float) -> str:
        """Sign a token that is good for `lifetime_s` seconds from now."""
        return self._sign(claims, lifetime_s, {})

    def _sign(self, claims: Claims, lifetime_s: float, more: dict[str, str]) -> str:
        payload = {
            **more,
            "sub": claims.user_id,
            "room": claims.room,
            "role": claims.role.value,
            "rights": [right.value for right in claims.rights],
            "version": claims.version,
            "exp": int(time.time() + lifetime_s),
        }
        return jwt.encode(payload, self._secret, algorithm=ALGORITHM)

    def verify(self, token: str, room: str) -> Claims:
        """Return what the token says, or raise `TokenError` with the cause in words for people."""
        return _of_room(self._read(token, None), room)

    def verify_any_room(self, token: str) -> Claims:
        """Return what the token says, the room among it, or raise `TokenError`."""
        return self._read(token, None)

    def _read(self, token: str, audience: str | None) -> Claims:
        # What names an audience is refused where none is asked for, and the other way about (RFC 7519 §4.1).
        required = ["exp", "sub", *(["aud"] if audience else [])]
        try:
            payload = jwt.decode(
                token, self._secret, algorithms=[ALGORITHM], audience=audience, options={"require": required}
            )
            return _claims(payload)
        except jwt.ExpiredSignatureError:
            raise TokenError("The token is out of date. Ask the host for a new one.") from None
        except (jwt.InvalidTokenError, msgspec.ValidationError, RecursionError):
            # It is read before it is checked, so a stranger may nest it as deep as a header is long.
            raise TokenError("This backend did not sign the token. Copy it again from the studio.") from None


def _of_room(claims: Claims, room: str) -> Claims:
    if claims.room != room:
        raise WrongRoomError(f"The token is for the room {claims.room!r}, not for {room!r}.")
    return claims


def _claims(payload: dict[str, object]) -> Claims:
    return msgspec.convert({**payload, "user_id": payload["sub"]}, Claims)


class Tickets(Protocol):
    """Single-use tickets for sockets."""

    def issue(self, claims: Claims) -> str:
        """Make a ticket that is good for 30 s."""

    async def redeem(self, ticket: str, room: str) -> Claims | None:
        """Use a ticket up; None when it is unknown, used, too old or for another room."""


class TicketOffice:
    """Single-use tickets, each bound to a user, a role and a room; they are kept in memory only.

    Args:
        clock_s: a clock that never goes back, in seconds.
    """

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._tickets: dict[str, tuple[float, Claims]] = {}

    def issue(self, claims: Claims) -> str:
        """Make a ticket that is good for 30 s."""
        self._forget_expired()
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = (self._clock_s() + TICKET_LIFETIME_S, claims)
        return ticket

    async def redeem(self, ticket: str, room: str) -> Claims | None:
        """Use a ticket up; None when it is unknown, used, too old or for another room."""
        expires_at_s, claims = self._tickets.pop(ticket, (0.0, None))
        if claims is None or self._clock_s() >= expires_at_s or claims.room != room:
            return None
        return claims

    def _forget_expired(self) -> None:
        # Tickets live equally long, so the oldest stand first; the bound keeps a flood from filling memory.
        now_s = self._clock_s()
        expired: list[str] = []
        for ticket, (expires_at_s, _claims) in self._tickets.items():
            if expires_at_s > now_s and len(self._tickets) - len(expired) < MAX_TICKETS:
                break
            expired.append(ticket)
        for ticket in expired:
            del self._tickets[ticket]


def bearer_token(headers: Sequence[tuple[bytes, bytes]]) -> str | None:
    """Read the bearer token (RFC 6750 §2.1) from raw request headers; None where there is none."""
    for name, value in headers:
        if name.lower() == b"authorization":
            scheme, _, token = value.decode("latin-1").partition(" ")
            return token.strip() if scheme.lower() == "bearer" and token.strip() else None
    return None
