"""Who may take part in what gives something away: by their account's age, their phone and their network.

The rules of all kinds are decided here; all runs inside the caller's transaction.
"""

import hmac
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final, Protocol

from sqlalchemy import Connection, func, select, true

from backend.contract.base import RejectReason
from backend.contract.eligibility import EntryRules
from backend.shop.campaigns.rows import CampaignRow
from backend.shop.customers.buyer_keys import phone_key, read_key_secret
from backend.storage.bulk import insert_rows
from backend.storage.campaign_tables import CAMPAIGN_PEOPLE
from backend.storage.order_tables import ADDRESSES
from backend.storage.tables import ACCOUNTS

MINUTE_MS: Final = 60_000
_PERSON: Final = CAMPAIGN_PEOPLE.c


class Asking(Protocol):
    """Somebody who wants to take part."""

    @property
    def user_id(self) -> str:
        """Who it is."""

    @property
    def origin(self) -> str:
        """A keyed digest of the network address that they ask from; empty where it is not known."""


class Eligibility:
    """Decides who may take part in one campaign, of many who ask at once.

    Args:
        row: of the campaign; accounts are as old as they are when it opens.
        rules: its terms.
        asking: all who may be asked about.
        phones: by person, where the campaign was told them; None: those of their address books.
    """

    def __init__(
        self,
        connection: Connection,
        row: CampaignRow,
        rules: EntryRules,
        asking: Sequence[Asking],
        phones: Mapping[str, str] | None = None,
    ) -> None:
        users = {one.user_id for one in asking}
        self._campaign_id, self._most = row.campaign_id, rules.per_network
        self._members, self._with_new_account = users, set[str]()
        if rules.account_minutes is not None:
            made_before_ms = row.opens_at_ms - rules.account_minutes * MINUTE_MS
            self._members = with_account(connection, users, made_before_ms)
            self._with_new_account = with_account(connection, users - self._members, None)
        self._phones: Mapping[str, str] | None = None
        if rules.one_a_phone:
            known_phones = _phones_in_books(connection, users) if phones is None else phones
            self._phones = _phone_keys(connection, known_phones)
        known = set((self._phones or {}).values())
        self._used_phones = _phones_used(connection, row.campaign_id, known)
        origins = {one.origin for one in asking if one.origin} if self._most is not None else set()
        self._by_origin = Counter(_counted_by_origin(connection, row.campaign_id, origins))
        self._rows: list[dict[str, object]] = []

    def refusal(self, one: Asking) -> RejectReason | None:
        """Return why somebody who is not in yet may not take part."""
        if one.user_id not in self._members:
            is_new = one.user_id in self._with_new_account
            return RejectReason.ACCOUNT_TOO_NEW if is_new else RejectReason.ACCOUNTS_ONLY
        if self._phones is not None and one.user_id not in self._phones:
            return RejectReason.PHONE_MISSING
        if self._phone_of(one.user_id) in self._used_phones:
            return RejectReason.PHONE_USED
        return None if self._has_room(one) else RejectReason.NETWORK_FULL

    def count(self, one: Asking) -> None:
        """Let somebody be in: who comes after them may find the phone or the network used."""
        if self._phones is None and self._most is None:
            return  # nobody is counted: nothing is kept of them
        phone = self._phone_of(one.user_id)
        if phone is not None:
            self._used_phones.add(phone)
        origin = one.origin if self._most is not None else ""
        self._by_origin[origin] += 1
        kept = {"user_id": one.user_id, "origin": origin, "phone_key": phone}
        self._rows.append({"campaign_id": self._campaign_id, **kept})

    def write(self, connection: Connection) -> None:
        """Write by what those are counted who are in now."""
        insert_rows(connection, CAMPAIGN_PEOPLE, self._rows)

    def _has_room(self, one: Asking) -> bool:
        return self._most is None or not one.origin or self._by_origin[one.origin] < self._most

    def _phone_of(self, user_id: str) -> str | None:
        return None if self._phones is None else self._phones.get(user_id)


def with_account(connection: Connection, user_ids: Collection[str], made_before_ms: int | None) -> set[str]:
    """Return which of these people have an account that was made before a time; None for at any time."""
    if not user_ids:
        return set()
    account = ACCOUNTS.c
    theirs = select(account.user_id).where(account.user_id.in_(sorted(user_ids)))
    is_old = account.created_at_ms <= made_before_ms if made_before_ms is not None else true()
    return set(connection.scalars(theirs.where(is_old)))


def _phone_keys(connection: Connection, phones: Mapping[str, str]) -> Mapping[str, str]:
    """Return a keyed digest of each person's phone."""
    secret = read_key_secret(connection)
    return {
        user_id: hmac.digest(secret, f"campaign {phone}".encode(), "sha256").hex()
        for user_id, phone in phones.items()
    }


def _phones_in_books(connection: Connection, user_ids: Collection[str]) -> Mapping[str, str]:
    """Return the phone of each who has one in their address book, that of the default address first."""
    address = ADDRESSES.c
    query = (
        select(address.buyer_id, address.phone, address.country)
        .where(address.buyer_id.in_(sorted(user_ids)))
        .order_by(address.is_default, address.address_id)
    )
    found: dict[str, str] = {}
    for buyer_id, phone, country in connection.execute(query):
        if digits := phone_key(str(phone), str(country)):
            found[str(buyer_id)] = digits
    return found


def _phones_used(connection: Connection, campaign_id: str, phone_keys: Collection[str]) -> set[str]:
    """Return which of these phones somebody takes part with."""
    if not phone_keys:
        return set()
    is_known = _PERSON.campaign_id == campaign_id, _PERSON.phone_key.in_(sorted(phone_keys))
    return set(connection.scalars(select(_PERSON.phone_key).where(*is_known)))


def _counted_by_origin(connection: Connection, campaign_id: str, origins: Collection[str]) -> dict[str, int]:
    """Return how many people of each of these origins take part."""
    if not origins:
        return {}
    is_known = _PERSON.campaign_id == campaign_id, _PERSON.origin.in_(sorted(origins))
    query = select(_PERSON.origin, func.count()).where(*is_known).group_by(_PERSON.origin)
    return {str(origin): int(number) for origin, number in connection.execute(query)}
