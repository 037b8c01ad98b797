"""What viewers ask about their accounts: to make one, to sign in, to change the password."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.contract.base import RejectReason, Role
from backend.contract.http import Credentials, NewPassword
from backend.features.actor import Actor, SignOut
from backend.features.audience.people import AskName, TakeName
from backend.features.feature_set import InnerCommand
from backend.http.guesses import Guesses
from backend.http.problems import json_response
from backend.http.request_limits import Pace, address_of, read_body, retry_after
from backend.http.token_check import TokenCheck
from backend.identity.accounts import (
    PASSWORD_LENGTHS,
    Account,
    AccountStore,
    BusyError,
    Erased,
    NameTakenError,
    Passwords,
    name_key,
    readable_name,
)
from backend.identity.admissions import Admissions
from backend.identity.auth import Claims, TokenSigner
from backend.plain_text import look
from backend.room.connection import Venue

log = logging.getLogger("livestall.accounts")

TELL_AGAIN_S: Final = (1.0, 2.0, 5.0, 10.0, 30.0)
SIGNED_OUT: Final = "You were signed out. Sign in again."
WRONG: Final = "Name or password is wrong."
NO_NAME: Final = "The name must have 1 to 20 readable characters. Choose another one."
NO_PASSWORD: Final = f"The password must have {PASSWORD_LENGTHS[0]} to {PASSWORD_LENGTHS[-1]} characters."
TAKEN: Final = (
    "This name is not available: it is somebody's, reserved, or looks too much like such a name. "
    "Choose another one, or sign in if it is yours."
)
HAS_ONE: Final = "You have an account already. Sign out first to make another one."
SIGN_IN_FIRST: Final = "You are not signed in. Sign in first."
NOT_FOR_STAFF: Final = "Accounts are for viewers; staff come in by their link or code."


class AccountRoutes:
    """The routes of accounts.

    Args:
        store: the accounts of the shop; None where there are none.
        rooms: by room id.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        store: AccountStore | None,
        *,
        rooms: Mapping[str, Venue],
        signer: TokenSigner,
        tokens: TokenCheck,
        admissions: Admissions,
        passwords: Passwords,
        clock_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._signer = signer
        self._tokens = tokens
        self._admissions = admissions
        self._passwords = passwords
        self._clock_ms = clock_ms
        self._guesses = Guesses(signer)
        # Who lists names by asking for accounts gets no further; accounts that are made do not count.
        self._refused_names = Pace(per_second=1 / 60, burst=5)

    def routes(self) -> list[BaseRoute]:
        """Return them."""
        base = "/api/rooms/{room}"
        return [
            Route(f"{base}/account", self.register, methods=["POST"]),
            Route(f"{base}/sign-in", self.sign_in, methods=["POST"]),
            Route(f"{base}/account/password", self.change_password, methods=["POST"]),
        ]

    async def check(self, claims: Claims) -> str:
        """Return the account's name of who has a token, empty for guests; refuse what was signed out."""
        if self._store is None or claims.role is not Role.VIEWER:
            return ""
        standing = await asyncio.to_thread(self._store.standing, claims.user_id)
        if not _counts(claims, standing):
            raise HTTPException(401, SIGNED_OUT, {"WWW-Authenticate": "Bearer"})
        return standing.name if isinstance(standing, Account) else ""

    async def holds(self, claims: Claims) -> bool:
        """Whether what a token says is true now: its account's password may have changed since."""
        # The version of a host's token counts its renewals.
        if self._store is None or claims.role is not Role.VIEWER:
            return True
        return _counts(claims, await asyncio.to_thread(self._store.standing, claims.user_id))

    async def register(self, request: Request) -> Response:
        """Make an account of a guest, who stays the same user."""
        store, room = self._enter(request)
        wanted = await read_body(request, Credentials)
        claims = await self._guest(request, room)
        if await self.check(claims):
            raise HTTPException(409, HAS_ONE)
        name = readable_name(wanted.name)
        if name is None:
            raise HTTPException(422, NO_NAME)
        _check_password(wanted.password)
        self._refused_names.take(address_of(request))
        account = Account(
            user_id=claims.user_id,
            name=name,
            name_key=name_key(name),
            look_key=look(name),
            password_hash=await self._hash(wanted.password),
            version=1,
            created_at_ms=self._clock_ms(),
        )
        undone = await self._create(store, room, account)
        self._refused_names.give_back(address_of(request))
        return self._let_in_alone(request, account, undone)

    async def _create(self, store: AccountStore, room: str, account: Account) -> list[InnerCommand]:
        """Save a new account; return what its room could not hear of it."""
        # One answer for all that is taken, reserved or looks so, after the same work: who lists names learns
        # no more than which cannot be had.
        actor = Actor(account.user_id, Role.VIEWER)
        rejection = await self._rooms[room].execute(AskName(account.name), actor)
        if rejection is not None:
            raise _refused(rejection.reason)
        try:
            await asyncio.to_thread(store.create, account)
        except NameTakenError:
            raise HTTPException(409, TAKEN) from None
        named = TakeName(account.name)
        return [] if await self._rooms[room].execute(named, actor) is None else [named]

    async def sign_in(self, request: Request) -> Response:
        """Let the holder of an account in; who guesses learns nothing, not even whether there is one."""
        store, room = self._enter(request)
        given = await read_body(request, Credentials)
        name = readable_name(given.name)
        tried = name_key(name) if name else ""
        accounts = await asyncio.to_thread(store.by_name, name, room) if name else []
        holders = [(account.user_id, account.version) for account in accounts]
        self._guesses.take(request, room, tried, holders)
        await self._guesses.turn(request, room, tried, holders)
        for account in accounts:
            if await self._matches(account, given.password):
                return self._let_in(request, account)
        if not accounts:
            await self._matches(None, given.password)  # it takes as long
        raise HTTPException(403, WRONG)

    async def change_password(self, request: Request) -> Response:
        """Take another password; every other device is signed out."""
        store, room = self._enter(request)
        given = await read_body(request, NewPassword)
        claims = await self._guest(request, room)
        await self.check(claims)
        account = await asyncio.to_thread(store.by_user, claims.user_id)
        if account is None:
            raise HTTPException(401, SIGN_IN_FIRST)
        self._guesses.take(request, room, account.name_key, [(account.user_id, account.version)])
        if not await self._matches(account, given.old):
            raise HTTPException(403, WRONG)
        _check_password(given.new)
        changed = await asyncio.to_thread(store.change_password, account, await self._hash(given.new))
        if changed is None:
            raise HTTPException(401, SIGNED_OUT, {"WWW-Authenticate": "Bearer"})
        return self._let_in_alone(request, changed)

    def _enter(self, request: Request) -> tuple[AccountStore, str]:
        room = str(request.path_params["room"])
        self._guesses.enter(request, room)
        if self._store is None or room not in self._rooms:
            raise HTTPException(404, f"There is no room {room!r}. Check the address.")
        return self._store, room

    async def _guest(self, request: Request, room: str) -> Claims:
        missing = "Enter the room first."
        return await self._tokens.only(Role.VIEWER, request, room, missing=missing, wrong=NOT_FOR_STAFF)

    def _let_in(self, request: Request, account: Account) -> Response:
        room = str(request.path_params["room"])
        token, claims = self._signer.account(room, account.user_id, account.version)
        response = json_response(self._admissions.let_in(token, claims, account.name))
        self._guesses.mark(request, response, claims)
        return response

    def _let_in_alone(
        self, request: Request, account: Account, undone: Sequence[InnerCommand] = ()
    ) -> Response:
        """Let the holder in, and end all connections, to any room, that older tokens opened."""
        response = self._let_in(request, account)
        room, ending = str(request.path_params["room"]), SignOut(account.version)
        of_others: dict[str, Sequence[InnerCommand]] = {other: [ending] for other in self._rooms}
        # Afterwards: the device that asked is to come back by its new token, not by the one that ended.
        response.background = BackgroundTask(
            self._tell_rooms, account, {**of_others, room: [*undone, ending]}
        )
        return response

    async def _tell_rooms(self, account: Account, commands: Mapping[str, Sequence[InnerCommand]]) -> None:
        async with asyncio.TaskGroup() as tasks:
            for room, of_room in commands.items():
                tasks.create_task(self._tell_room(room, account, of_room))

    async def _tell_room(self, room: str, account: Account, commands: Sequence[InnerCommand]) -> None:
        actor, left = Actor(account.user_id, Role.VIEWER), list(commands)
        for pause_s in (*TELL_AGAIN_S, None):
            while left and await self._rooms[room].execute(left[0], actor) is None:
                left.pop(0)
            if not left:
                return
            if pause_s is not None:
                await asyncio.sleep(pause_s)  # the room changes its owner
        log.error("room %s does not take in what changed of account %s: %s", room, account.user_id, left)

    async def _hash(self, password: str) -> str:
        try:
            return await self._passwords.hash(password)
        except BusyError:
            raise _busy() from None

    async def _matches(self, account: Account | None, password: str) -> bool:
        if len(password) not in PASSWORD_LENGTHS:
            password = ""  # never one, but it takes as long
        try:
            return await self._passwords.matches(account.password_hash if account else None, password)
        except BusyError:
            raise _busy() from None


def _counts(claims: Claims, standing: Account | Erased | None) -> bool:
    """Whether a viewer's token names its user: none does whose account was erased, however old it is."""
    match standing:
        case Account(version=version):
            return version == claims.version
        case Erased():
            return False
        case None:
            return claims.version == 0


def _check_password(password: str) -> None:
    if len(password) not in PASSWORD_LENGTHS:
        raise HTTPException(422, NO_PASSWORD)


def _refused(reason: RejectReason) -> HTTPException:
    match reason:
        case RejectReason.NAME_UNAVAILABLE:
            return HTTPException(409, TAKEN)
        case RejectReason.BLOCKED:
            return HTTPException(403, "The host put you out of this room.")
        case _:
            return HTTPException(
                503, "The room does not answer just now. Try again in a moment.", retry_after(2)
            )


def _busy() -> HTTPException:
    return HTTPException(503, "Many sign in just now. Try again in a moment.", retry_after(2))
