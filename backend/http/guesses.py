"""Slows down who guesses passwords, and not whose account it is.

Who tries is slowed down by their address and the name they try. What many addresses try on one name stands in
line together: it takes longer, for the holder on a new device too, but is never shut. A device that signed in
to the account before has a mark of it, and waits for nobody (OWASP calls that a device cookie).
"""

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from backend.http.request_limits import Pace, address_of, retry_after
from backend.identity.auth import DEVICE_LIFETIME_S, Claims, TokenError, TokenSigner
from backend.limits import MAX_KEYS

AT_ONCE: Final = 30
EVERY_S: Final = 2.0
# A browser's patience is longer, see the player's `account/account-requests.js`.
WAIT_AT_MOST_S: Final = 8.0
# Whose an account is: their user id, and the account's version.
Holder = tuple[str, int]


class WaitingLine:
    """Lets so many through at once for each key, then one in a while; who comes between waits for their turn.

    Args:
        clock_s: a clock that never goes back, in seconds.
        sleep: waits so many seconds.
    """

    def __init__(
        self,
        clock_s: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._clock_s = clock_s
        self._sleep = sleep
        self._taken_until_s: OrderedDict[str, float] = OrderedDict()

    async def turn(self, key: str) -> None:
        """Wait for a turn; refuse (429) who would wait for more than 8 s."""
        now_s = self._clock_s()
        until_s = max(now_s, self._taken_until_s.get(key, 0.0))
        wait_s = until_s - now_s - (AT_ONCE - 1) * EVERY_S
        if wait_s > WAIT_AT_MOST_S:
            message = (
                "Many try to sign in by this name just now. Try again in a moment, or on a device of yours."
            )
            raise HTTPException(429, message, retry_after(int(EVERY_S)))
        self._taken_until_s[key] = until_s + EVERY_S
        self._taken_until_s.move_to_end(key)
        if len(self._taken_until_s) > MAX_KEYS:
            self._taken_until_s.popitem(last=False)
        if wait_s > 0:
            await self._sleep(wait_s)


class Guesses:
    """Lets tries through at the pace of who makes them."""

    def __init__(self, signer: TokenSigner, line: WaitingLine | None = None) -> None:
        self._signer = signer
        self._line = line or WaitingLine()
        self._by_party = Pace(per_second=0.2, burst=10)
        self._by_name = Pace(per_second=0.1, burst=6)

    def enter(self, request: Request, room: str) -> None:
        """Let a request about accounts through, or refuse it (429)."""
        self._by_party.take(self._party(request, room))

    def take(self, request: Request, room: str, name: str, holders: Sequence[Holder]) -> None:
        """Let a try on a name through, or refuse it (429)."""
        # Only the holder's device counts apart: everybody has as many as they make accounts.
        is_holders = self._is_holders(request, room, holders)
        party = self._party(request, room) if is_holders else address_of(request)
        self._by_name.take(f"{party} {name}")

    async def turn(self, request: Request, room: str, name: str, holders: Sequence[Holder]) -> None:
        """Wait for a turn at a name, unless the device is its holder's."""
        if not self._is_holders(request, room, holders):
            await self._line.turn(name)

    def mark(self, request: Request, response: Response, claims: Claims) -> None:
        """Let the device be known as the holder's from now on; it opens nothing."""
        response.set_cookie(
            _cookie(claims.room),
            self._signer.device(claims),
            max_age=DEVICE_LIFETIME_S,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )

    def _is_holders(self, request: Request, room: str, holders: Sequence[Holder]) -> bool:
        device = self._device(request, room)
        return device is not None and (device.user_id, device.version) in holders

    def _party(self, request: Request, room: str) -> str:
        device = self._device(request, room)
        return f"device {device.user_id} {device.version}" if device else address_of(request)

    def _device(self, request: Request, room: str) -> Claims | None:
        try:
            return self._signer.read_device(request.cookies.get(_cookie(room), ""), room)
        except TokenError:
            return None


def _cookie(room: str) -> str:
    return f"livestall_device_{hashlib.sha256(room.encode()).hexdigest()[:8]}"
