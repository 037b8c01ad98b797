"""All that the shop knows of a buyer. The functions run inside the caller's transaction."""

import msgspec
from sqlalchemy import Connection, select

from backend.contract.cases import Case
from backend.contract.coins import CoinMove
from backend.contract.my_data import MyAttempt, MyData, MyProfile
from backend.contract.orders import Order
from backend.money.wallet import read_coins
from backend.shop.cases.store import CaseFilter, read_cases
from backend.shop.coins.ages import read_age
from backend.shop.coins.history import read_history
from backend.shop.coupons.grants import read_held
from backend.shop.customers.address_book import read_book
from backend.shop.messages.store import messages_of_buyer
from backend.shop.orders.reading import MOST_A_PAGE, OrderFilter, read_page
from backend.shop.people import Person
from backend.shop.privacy.my_campaigns import auctions_of, draw_entries_of, packet_claims_of, wheel_spins_of
from backend.storage.database import read_rows
from backend.storage.order_tables import ORDERS
from backend.storage.payment_tables import PAYMENT_ATTEMPTS
from backend.storage.tables import ACCOUNTS


def read_my_data(connection: Connection, person: Person, now_ms: int) -> MyData:
    """Return what the shop knows of a person, the newest first."""
    now_held = read_held(connection, [person.buyer_id], now_ms)
    return MyData(
        profile=_profile(connection, person),
        addresses=read_book(connection, person.buyer_id).addresses,
        orders=_orders(connection, person.buyer_id),
        cases=_cases(connection, person.buyer_id),
        attempts=_attempts(connection, person.buyer_id),
        messages=messages_of_buyer(connection, person.buyer_id),
        coupons=now_held.get(person.buyer_id, []),
        coin_moves=_coin_moves(connection, person.buyer_id),
        age=read_age(connection, person.user_id),
        draw_entries=draw_entries_of(connection, person.user_id),
        packet_claims=packet_claims_of(connection, person.user_id),
        wheel_spins=wheel_spins_of(connection, person.user_id),
        auctions=auctions_of(connection, person.buyer_id),
    )


def _profile(connection: Connection, person: Person) -> MyProfile:
    is_theirs = ACCOUNTS.c.user_id == person.user_id
    row = connection.execute(select(ACCOUNTS.c.name, ACCOUNTS.c.created_at_ms).where(is_theirs)).first()
    name, created_at_ms = (row.name, row.created_at_ms) if row else ("", None)
    return MyProfile(
        user_id=person.user_id,
        room_id=person.room_id,
        account_name=name,
        created_at_ms=created_at_ms,
        coins=read_coins(connection, person.buyer_id),
    )


def _orders(connection: Connection, buyer_id: str) -> list[Order]:
    orders: list[Order] = []
    cursor = None
    while True:
        page = read_page(connection, OrderFilter(buyer_id=buyer_id), cursor=cursor, limit=MOST_A_PAGE)
        orders += page.orders
        cursor = page.next
        if cursor is None:
            return orders


def _cases(connection: Connection, buyer_id: str) -> list[Case]:
    cases: list[Case] = []
    cursor = None
    while True:
        page = read_cases(connection, CaseFilter(buyer_id=buyer_id), cursor=cursor, limit=MOST_A_PAGE)
        cases += page.cases
        cursor = page.next
        if cursor is None:
            return cases


def _coin_moves(connection: Connection, buyer_id: str) -> list[CoinMove]:
    moves: list[CoinMove] = []
    before = None
    while True:
        page = read_history(connection, user_id=buyer_id, before=before, limit=MOST_A_PAGE)
        moves += page.moves
        before = page.next
        if before is None:
            return moves


def _attempts(connection: Connection, buyer_id: str) -> list[MyAttempt]:
    columns = [PAYMENT_ATTEMPTS.c[name] for name in MyAttempt.__struct_fields__]
    query = (
        select(*columns)
        .join(ORDERS, ORDERS.c.order_id == PAYMENT_ATTEMPTS.c.order_id)
        .where(ORDERS.c.buyer_id == buyer_id)
        .order_by(PAYMENT_ATTEMPTS.c.created_at_ms.desc(), PAYMENT_ATTEMPTS.c.attempt_id)
    )
    return msgspec.convert(read_rows(connection, query), list[MyAttempt])
