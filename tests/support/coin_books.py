"""The wallets of a database, and whether its books are right."""

from backend.keeping.check_money import check_money
from backend.money.ledger import balances
from backend.money.wallet import COINS, read_purses
from backend.storage.database import Database


def wallets(database: Database) -> dict[str, int]:
    """Return what each person has; the books must be right."""
    with database.reading() as connection:
        assert list(check_money(connection)) == []
        return {purse.user_id: purse.coins for purse in read_purses(connection)}


def house(database: Database) -> dict[str, int]:
    """Return what the house's accounts have in coins."""
    with database.reading() as connection:
        held = {one.account: one.amount_minor for one in balances(connection) if one.currency == COINS}
    return {account: coins for account, coins in held.items() if not account.startswith("wallet:")}
