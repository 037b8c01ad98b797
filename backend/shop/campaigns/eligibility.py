"""Who may take part in what gives something away: by their account's age and by their phone.

The functions run inside the caller's transaction.
"""

import hmac
from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import Connection, select

from backend.shop.customers.buyer_keys import phone_key, read_key_secret
from backend.storage.order_tables import ADDRESSES
from backend.storage.tables import ACCOUNTS

MINUTE_MS: Final = 60_000


def with_account(connection: Connection, user_ids: Collection[str], made_before_ms: int) -> set[str]:
    """Return which of these people have an account that was made before a time."""
    account = ACCOUNTS.c
    is_old = account.user_id.in_(sorted(user_ids)), account.created_at_ms <= made_before_ms
    return set(connection.scalars(select(account.user_id).where(*is_old)))


def phones_of(connection: Connection, user_ids: Collection[str]) -> Mapping[str, str]:
    """Return a keyed digest of the phone of each who has one in their address book, the default first."""
    address = ADDRESSES.c
    query = (
        select(address.buyer_id, address.phone, address.country)
        .where(address.buyer_id.in_(sorted(user_ids)))
        .order_by(address.is_default, address.address_id)
    )
    secret = read_key_secret(connection)
    found: dict[str, str] = {}
    for buyer_id, phone, country in connection.execute(query):
        if digits := phone_key(str(phone), str(country)):
            found[str(buyer_id)] = hmac.digest(secret, f"campaign {digits}".encode(), "sha256").hex()
    return found
