"""A buyer's addresses. The functions run inside the caller's transaction."""

from typing import Final

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from backend.contract.addresses import Address, AddressBook, SaveAddress, SavedAddress
from backend.shop.ids import new_id
from backend.storage.database import read_rows
from backend.storage.order_tables import ADDRESSES

MOST_ADDRESSES: Final = 50


def read_book(connection: Connection, buyer_id: str) -> AddressBook:
    """Return a buyer's addresses, the default first, then the newest."""
    query = (
        select(ADDRESSES)
        .where(ADDRESSES.c.buyer_id == buyer_id)
        .order_by(ADDRESSES.c.is_default.desc(), ADDRESSES.c.address_id.desc())
    )
    return AddressBook([_saved(row) for row in read_rows(connection, query)])


def find_saved(connection: Connection, buyer_id: str, address_id: str) -> SavedAddress | None:
    """Return an entry of a buyer's book; None where there is none, or it is another's."""
    query = select(ADDRESSES).where(ADDRESSES.c.buyer_id == buyer_id, ADDRESSES.c.address_id == address_id)
    rows = read_rows(connection, query)
    return _saved(rows[0]) if rows else None


def find_address(connection: Connection, buyer_id: str, address_id: str) -> Address | None:
    """Return an address of a buyer; None where there is none, or it is another's."""
    saved = find_saved(connection, buyer_id, address_id)
    return None if saved is None else saved.address


def save_address(
    connection: Connection, buyer_id: str, wish: SaveAddress, now_ms: int
) -> SavedAddress | None:
    """Add or replace an address; None where it is another's, gone, or the book is full."""
    of_buyer = ADDRESSES.c.buyer_id == buyer_id
    count = int(connection.scalar(select(func.count()).select_from(ADDRESSES).where(of_buyer)) or 0)
    others = (of_buyer, ADDRESSES.c.address_id != (wish.address_id or ""))
    has_default = connection.scalar(select(ADDRESSES.c.address_id).where(*others, ADDRESSES.c.is_default))
    is_default = wish.is_default or has_default is None
    values = {**msgspec.structs.asdict(wish.address), "is_default": is_default, "updated_at_ms": now_ms}
    if wish.address_id is None:
        if count >= MOST_ADDRESSES:
            return None
        address_id = new_id(now_ms)
        connection.execute(insert(ADDRESSES).values(address_id=address_id, buyer_id=buyer_id, **values))
    else:
        address_id = wish.address_id
        is_this = ADDRESSES.c.address_id == address_id
        if connection.execute(update(ADDRESSES).where(of_buyer, is_this).values(values)).rowcount != 1:
            return None
    if is_default:
        is_other = ADDRESSES.c.address_id != address_id
        connection.execute(update(ADDRESSES).where(of_buyer, is_other).values(is_default=False))
    return SavedAddress(address_id, wish.address, is_default)


def delete_address(connection: Connection, buyer_id: str, address_id: str) -> bool:
    """Delete an address of a buyer; return whether there was one. Orders keep their own copy.

    Of a book without its default, the newest is it.
    """
    of_buyer = ADDRESSES.c.buyer_id == buyer_id
    is_this = (of_buyer, ADDRESSES.c.address_id == address_id)
    was_default = connection.scalar(select(ADDRESSES.c.is_default).where(*is_this))
    if was_default is None:
        return False
    connection.execute(delete(ADDRESSES).where(*is_this))
    if was_default:
        newest = select(func.max(ADDRESSES.c.address_id)).where(of_buyer).scalar_subquery()
        connection.execute(update(ADDRESSES).where(ADDRESSES.c.address_id == newest).values(is_default=True))
    return True


def _saved(row: dict[str, object]) -> SavedAddress:
    fields = {name: row[name] for name in Address.__struct_fields__}
    return SavedAddress(str(row["address_id"]), Address(**fields), bool(row["is_default"]))  # type: ignore[arg-type]
