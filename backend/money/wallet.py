"""The wallet of a room as a double-entry journal, written in the same transaction as what moved the coins."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.exc import IntegrityError

from backend.log.entries import CoinsGranted, GiftSent, Record
from backend.storage.database import Database, StorageError, read_rows
from backend.storage.tables import JOURNAL, POSTINGS, WALLET_ACCOUNTS

# The house's accounts: where granted coins come from, and where given ones go.
GRANTS: Final = "grants"
GIFT_INCOME: Final = "gift_income"
HOUSE: Final = frozenset({GRANTS, GIFT_INCOME})

_OPEN = text(
    "INSERT INTO wallet_accounts (room_id, account, kind, coins) VALUES (:room_id, :account, :kind, 0) "
    "ON CONFLICT DO NOTHING"
)
_MOVE = text(
    "UPDATE wallet_accounts SET coins = coins + :coins WHERE room_id = :room_id AND account = :account"
)


class Movement(msgspec.Struct, frozen=True):
    """Coins that go from one account to another.

    Attributes:
        kind, ref: name it; the same pair in the same room moves coins once.
        coins: above 0.
    """

    kind: str
    ref: str
    payer: str
    payee: str
    coins: int


def user_account(user_id: str) -> str:
    """Return the name of a user's account."""
    return f"user:{user_id}"


def movement_of(record: Record) -> Movement | None:
    """Return the coins that a record moves; None where it moves none."""
    match record.entry:
        case CoinsGranted(author=author, coins=coins, reason=reason):
            ref = f"{record.session_id}:{author.user_id}"
            return Movement(f"grant_{reason}", ref, GRANTS, user_account(author.user_id), coins)
        case GiftSent(gift=gift, key=key):
            user_id = gift.author.user_id
            ref = f"{record.session_id}:{user_id}:{key}"
            return Movement("gift", ref, user_account(user_id), GIFT_INCOME, gift.coins)
    return None


class WalletJournal:
    """Writes what the log's records mean in coins; a `Companion` of the log of one room.

    What the rules let through by mistake is undone here, whole: an account below 0, a key used twice.
    """

    def __init__(self, room_id: str) -> None:
        self._room_id = room_id

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """See `Companion.write`; raises `StorageError` where the coins are not there."""
        moved = [(record, movement) for record in records if (movement := movement_of(record))]
        if not moved:
            return
        try:
            self._write(connection, moved)
        except IntegrityError as error:
            raise StorageError(
                f"The wallet of room {self._room_id} does not allow this ({_words(error)}): an account would "
                "fall below 0, or the same movement would count twice. Nothing of it was kept."
            ) from error

    def _write(self, connection: Connection, moved: Sequence[tuple[Record, Movement]]) -> None:
        sides = [_sides(movement) for _record, movement in moved]
        sums: Counter[str] = Counter()
        for side in sides:
            for account, coins in side:
                sums[account] += coins
        # In one order everywhere, so that two writers never wait for each other's rows.
        accounts = [{"room_id": self._room_id, "account": account} for account in sorted(sums)]
        connection.execute(_OPEN, [{**row, "kind": _kind(row["account"])} for row in accounts])
        connection.execute(insert(JOURNAL), [self._journal_row(*one) for one in moved])
        postings = [
            {"room_id": self._room_id, "number": record.number, "account": account, "coins": coins}
            for (record, _movement), side in zip(moved, sides, strict=True)
            for account, coins in side
        ]
        connection.execute(insert(POSTINGS), postings)
        connection.execute(_MOVE, [{**row, "coins": sums[row["account"]]} for row in accounts])

    def _journal_row(self, record: Record, movement: Movement) -> dict[str, object]:
        return {
            "room_id": self._room_id,
            "number": record.number,
            "kind": movement.kind,
            "ref": movement.ref,
            "at_ms": record.at_ms,
        }


class Books(msgspec.Struct, frozen=True):
    """A room's wallet as it is on disk.

    Attributes:
        accounts: what each account holds.
        posted: the same, summed up from the journal.
        unbalanced: movements whose sides do not sum up to 0, by number.
    """

    accounts: dict[str, int]
    posted: dict[str, int]
    unbalanced: list[int]

    @property
    def are_right(self) -> bool:
        """Whether accounts and journal agree, nothing came from nowhere and nobody owes."""
        owes = any(coins < 0 for account, coins in self.accounts.items() if account not in HOUSE)
        return not (owes or self.unbalanced or sum(self.posted.values())) and self.accounts == self.posted


def read_books(database: Database, room_id: str) -> Books:
    """Read a room's accounts and add its journal up. This blocks."""
    with database.transaction() as connection:
        query = select(WALLET_ACCOUNTS).where(WALLET_ACCOUNTS.c.room_id == room_id)
        accounts = {str(row["account"]): row["coins"] for row in read_rows(connection, query)}
        postings = read_rows(connection, select(POSTINGS).where(POSTINGS.c.room_id == room_id))
    posted: Counter[str] = Counter()
    sums: Counter[int] = Counter()
    for row in postings:
        coins = msgspec.convert(row["coins"], int)
        posted[str(row["account"])] += coins
        sums[msgspec.convert(row["number"], int)] += coins
    return Books(
        accounts=msgspec.convert(accounts, dict[str, int]),
        posted=dict(posted),
        unbalanced=[number for number, coins in sums.items() if coins],
    )


def _words(error: IntegrityError) -> str:
    return " ".join(str(error.orig).split())


def _sides(movement: Movement) -> Iterable[tuple[str, int]]:
    return ((movement.payer, -movement.coins), (movement.payee, movement.coins))


def _kind(account: str) -> str:
    return "house" if account in HOUSE else "user"
