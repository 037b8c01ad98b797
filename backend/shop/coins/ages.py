"""Who is old enough to buy and to give coins, by their own word; kept once a person.

The functions run inside the caller's transaction.
"""

from collections.abc import Collection

from sqlalchemy import Connection, select

from backend.contract.coins import ConfirmedAge
from backend.contract.sale_settings import ADULT_AT
from backend.shop.settings import read_profile
from backend.storage.bulk import insert_rows
from backend.storage.payment_tables import AGES


def least_age(connection: Connection) -> int:
    """Return how old one must be, by the rules that the shop follows."""
    return ADULT_AT[read_profile(connection)]


def of_age(connection: Connection, user_ids: Collection[str]) -> set[str]:
    """Return which of these people said that they are old enough."""
    is_enough = (AGES.c.user_id.in_(sorted(user_ids)), AGES.c.age >= least_age(connection))
    return set(connection.scalars(select(AGES.c.user_id).where(*is_enough)))


def read_age(connection: Connection, user_id: str) -> ConfirmedAge | None:
    """Return what somebody said; None where nobody asked."""
    kept = connection.execute(select(AGES.c.age, AGES.c.at_ms).where(AGES.c.user_id == user_id)).first()
    return None if kept is None else ConfirmedAge(int(kept.age), int(kept.at_ms))


def confirm_age(connection: Connection, user_id: str, age: int, now_ms: int) -> ConfirmedAge:
    """Keep what somebody says; what is known of them already stays, unless they are older now."""
    row = {"user_id": user_id, "age": age, "at_ms": now_ms}
    insert_rows(connection, AGES, [row], on_conflict=_OLDER)
    kept = connection.execute(select(AGES.c.age, AGES.c.at_ms).where(AGES.c.user_id == user_id)).one()
    return ConfirmedAge(int(kept.age), int(kept.at_ms))


_OLDER = (
    "ON CONFLICT (user_id) DO UPDATE SET age = excluded.age, at_ms = excluded.at_ms "
    "WHERE ages.age < excluded.age"
)
