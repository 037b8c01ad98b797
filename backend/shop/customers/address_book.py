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


def find_address(connection: Connection, buyer_id: str, address_id: str) -> Address | None:
    """Return an address of a buyer; None where there is none, or it is another's."""
    query = select(ADDRESSES).where(ADDRESSES.c.buyer_id == buyer_id, ADDRESSES.c.address_id == address_id)
    rows = read_rows(connection, query)
    return _saved(rows[0]).address if rows else None


def save_address(
    connection: Connection, buyer_id: str, wish: SaveAddress, now_ms: int
) -> SavedAddress | None:
    """Add or replace an address; None where it is another's, gone, or the book is full."""
    of_buyer = ADDRESSES.c.buyer_id == buyer_id
    count = int(connection.scalar(select(func.count()).select_from(ADDRESSES).where(of_buyer)) or 0)
    is_default = wish.is_default or count == 0
    if is_default:
        connection.execute(update(ADDRESSES).where(of_buyer).values(is_default=False))
    values = {**msgspec.structs.asdict(wish.address), "is_default": is_default, "updated_at_ms": now_ms}
    if wish.address_id is None:
        if count >= MOST_ADDRESSES:
            return None
        address_id = new_id(now_ms)
        connection.execute(insert(ADDRESSES).values(address_id=address_id, buyer_id=buyer_id, **values))
        return SavedAddress(address_id, wish.address, is_default)
    is_this = ADDRESSES.c.address_id == wish.address_id
    if connection.execute(update(ADDRESSES).where(of_buyer, is_this).values(values)).rowcount != 1:
        return None
    return SavedAddress(wish.address_id, wish.address, is_default)


def delete_address(connection: Connection, buyer_id: str, address_id: str) -> bool:
    """Delete an address of a buyer; return whether there was one. Orders keep their own copy."""
    is_this = (ADDRESSES.c.buyer_id == buyer_id, ADDRESSES.c.address_id == address_id)
    return connection.execute(delete(ADDRESSES).where(*is_this)).rowcount == 1


def _saved(row: dict[str, object]) -> SavedAddress:
    fields = {name: row[name] for name in Address.__struct_fields__}
    return SavedAddress(str(row["address_id"]), Address(**fields), bool(row["is_default"]))  # type: ignore[arg-type]
