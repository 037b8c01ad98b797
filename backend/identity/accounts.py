"""Accounts of viewers: a name and a password in the shop, kept beside the id they had as a guest."""

import asyncio
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from typing import Final

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import ColumnElement, bindparam, case, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.contract.base import RejectReason
from backend.contract.bounds import MAX_NAME
from backend.plain_text import clean, key, look
from backend.storage.database import Database, read_rows
from backend.storage.erasing_tables import ERASED_ACCOUNTS
from backend.storage.tables import ACCOUNTS, FORMER_ACCOUNTS

PASSWORD_LENGTHS: Final = range(8, 128 + 1)
HASHING_AT_ONCE: Final = 2
HASHING_WAITING: Final = 16
# Made once: each request to the API asks for it.
_BY_USER: Final = select(ACCOUNTS).where(ACCOUNTS.c.user_id == bindparam("user_id"))
_ERASED: Final = select(ERASED_ACCOUNTS.c.user_id).where(ERASED_ACCOUNTS.c.user_id == bindparam("user_id"))


class BusyError(Exception):
    """Too many passwords wait to be looked at; it works again in a moment."""


class NameTakenError(Exception):
    """The name, or one that looks the same, is another account's; or the guest has an account already."""


class Erased(Enum):
    """What an account is that was erased: no token names its user any more."""

    ERASED = "erased"


class Account(msgspec.Struct, frozen=True):
    """An account; `version` grows when all tokens given out so far shall end.

    Attributes:
        name_key: what is typed as the same name.
        look_key: what is read as the same name; None where another account had it before that counted.
    """

    user_id: str
    name: str
    name_key: str
    password_hash: str
    version: int
    created_at_ms: int
    look_key: str | None = None


def readable_name(text: str) -> str | None:
    """Return a name as others read it; None where nothing readable of 1 to 20 characters is left."""
    cleaned = clean(text, MAX_NAME)
    return None if isinstance(cleaned, RejectReason) else cleaned


def name_key(name: str) -> str:
    """Return what is typed as the same name: width, case, spaces and punctuation make no difference."""
    return key(name) or unicodedata.normalize("NFKC", name).casefold()


class Passwords:
    """Hashes passwords with argon2id (RFC 9106), two at once, in threads of its own.

    Args:
        hasher: how much work each is; tests take less.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._pool = ThreadPoolExecutor(HASHING_AT_ONCE, thread_name_prefix="passwords")
        self._waiting = 0
        self._nobodys = ""

    async def hash(self, password: str) -> str:
        """Return what is kept of a password; raise `BusyError` when too many wait."""
        return await self._work(password, None)

    async def matches(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; None takes as long and never is. Raises `BusyError`."""
        if not self._nobodys:
            self._nobodys = await self._work("nobody has this password", None)
        return bool(await self._work(password, kept or self._nobodys)) and kept is not None

    async def _work(self, password: str, kept: str | None) -> str:
        if self._waiting >= HASHING_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._try, password, kept)
        finally:
            self._waiting -= 1

    def _try(self, password: str, kept: str | None) -> str:
        # The same letters, however a keyboard composes them (RFC 8265 §4.2).
        composed = unicodedata.normalize("NFC", password)
        if kept is None:
            return self._hasher.hash(composed)
        try:
            self._hasher.verify(kept, composed)
        except VerificationError:
            return ""
        return kept


class AccountStore:
    """The accounts of the shop, which enter all its rooms. Its methods block."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, account: Account) -> None:
        """Keep a new account; raise `NameTakenError` where its name or its user has one."""
        try:
            with self._database.transaction() as connection:
                connection.execute(insert(ACCOUNTS).values(msgspec.structs.asdict(account)))
        except IntegrityError as error:
            raise NameTakenError from error

    def names(self, made_since_ms: int = 0) -> dict[str, str]:
        """Return the names of accounts that were made since a time, by user id."""
        is_new = ACCOUNTS.c.created_at_ms >= made_since_ms
        query = select(ACCOUNTS.c.user_id, ACCOUNTS.c.name).where(is_new)
        with self._database.reading() as connection:
            return {str(row["user_id"]): str(row["name"]) for row in read_rows(connection, query)}

    def fill_keys(self) -> None:
        """Give older accounts the keys that count now; of names that look alike, the first has the look."""
        with self._database.transaction() as connection:
            columns = (ACCOUNTS.c.user_id, ACCOUNTS.c.name, ACCOUNTS.c.name_key, ACCOUNTS.c.look_key)
            rows = read_rows(connection, select(*columns).order_by(ACCOUNTS.c.created_at_ms))
            keys, looks = {row["name_key"] for row in rows}, {row["look_key"] for row in rows}
            for row in rows:
                name, values = str(row["name"]), {}
                if (typed := name_key(name)) not in keys:
                    keys.add(typed)
                    values["name_key"] = typed
                if row["look_key"] is None and (seen := look(name)) not in looks:
                    looks.add(seen)
                    values["look_key"] = seen
                if values:
                    is_this = ACCOUNTS.c.user_id == row["user_id"]
                    connection.execute(update(ACCOUNTS).where(is_this).values(values))

    def by_name(self, name: str, room_id: str) -> list[Account]:
        """Return whose account a name can mean in a room: first who had it there before it was the shop's."""
        typed = name_key(name)
        is_former = (FORMER_ACCOUNTS.c.room_id == room_id, FORMER_ACCOUNTS.c.name_key == typed)
        former = select(FORMER_ACCOUNTS.c.user_id).where(*is_former).scalar_subquery()
        # An order by truth values differs between databases.
        is_of_room = case((ACCOUNTS.c.user_id == former, 0), else_=1)
        return self._find((ACCOUNTS.c.name_key == typed) | (ACCOUNTS.c.user_id == former), is_of_room)

    def by_user(self, user_id: str) -> Account | None:
        """Return the account of a user; None for a guest."""
        with self._database.reading() as connection:
            rows = read_rows(connection, _BY_USER.params(user_id=user_id))
        return msgspec.convert(rows[0], Account) if rows else None

    def standing(self, user_id: str) -> Account | Erased | None:
        """Return the account of a user, or that it was erased; None for a guest, who never had one."""
        with self._database.reading() as connection:
            rows = read_rows(connection, _BY_USER.params(user_id=user_id))
            if rows:
                return msgspec.convert(rows[0], Account)
            return Erased.ERASED if read_rows(connection, _ERASED.params(user_id=user_id)) else None

    def change_password(self, account: Account, password_hash: str) -> Account | None:
        """Keep another password, and end all tokens given out so far; None where another just did so."""
        changed = msgspec.structs.replace(account, password_hash=password_hash, version=account.version + 1)
        # Of two who change it at once, both would hold tokens of the same version.
        is_unchanged = ACCOUNTS.c.version == account.version
        is_this = (ACCOUNTS.c.user_id == account.user_id, is_unchanged)
        values = {"password_hash": password_hash, "version": changed.version}
        with self._database.transaction() as connection:
            kept = connection.execute(update(ACCOUNTS).where(*is_this).values(values))
            return changed if kept.rowcount else None

    def _find(self, is_this: ColumnElement[bool], *order: ColumnElement[int]) -> list[Account]:
        with self._database.reading() as connection:
            rows = read_rows(connection, select(ACCOUNTS).where(is_this).order_by(*order))
        return msgspec.convert(rows, list[Account])
