"""Coins as people buy and see them, and as the host sells them."""

from collections.abc import Callable
from functools import partial
from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.coins import BuyCoins, CoinHistory, CoinSettings, CoinShop, ConfirmedAge
from backend.contract.orders import Order
from backend.money.wallet import read_coins
from backend.shop.coins.ages import confirm_age, least_age, of_age
from backend.shop.coins.history import read_history
from backend.shop.idempotency import KeyReused, Request, whole, write_once
from backend.shop.orders.kept import orders_for
from backend.shop.people import Person
from backend.shop.settings import read_rules
from backend.shop.topup.ordering import CoinRefusal, payable_by, place_coin_order
from backend.shop.topup.packages import read_packages, write_packages
from backend.storage.database import Database
from backend.storage.writer import GroupWriter

OK: Final = 200
CREATED: Final = 201


class TooYoung(msgspec.Struct, frozen=True):
    """Who is only so old may neither buy nor give coins."""

    age: int


class TopUps:
    """Sells coins.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        writer: the shop's.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms

    async def shown(self, person: Person) -> CoinShop:
        """Return what a person has and can buy."""
        return await self._database.read(partial(_shown, person=person))

    async def history(self, person: Person, before: int | None, limit: int) -> CoinHistory:
        """Return what coins a person got and gave, the newest first."""
        return await self._database.read(
            partial(read_history, user_id=person.buyer_id, before=before, limit=limit)
        )

    async def place(
        self, person: Person, wanted: BuyCoins, request: Request
    ) -> Order | CoinRefusal | KeyReused | None:
        """Place an order of coins; the request must name the person as its actor."""

        def act(connection: Connection) -> Order | CoinRefusal:
            return place_coin_order(connection, person, wanted, self._clock_ms())

        keeping = orders_for(person)
        return await write_once(self._writer, request, keeping, act, status=CREATED, clock_ms=self._clock_ms)

    async def confirm_age(self, person: Person, age: int) -> ConfirmedAge | TooYoung:
        """Keep that a person says they are at least so old."""
        now_ms = self._clock_ms()

        def act(connection: Connection) -> ConfirmedAge | TooYoung:
            least = least_age(connection)
            return confirm_age(connection, person.buyer_id, age, now_ms) if age >= least else TooYoung(least)

        return await self._writer.run(act)

    async def settings(self) -> CoinSettings:
        """Return what the shop sells."""
        return await self._database.read(read_packages)

    async def save_settings(self, wanted: CoinSettings, request: Request) -> CoinSettings | KeyReused:
        """Change what the shop sells."""
        return await write_once(
            self._writer,
            request,
            whole(CoinSettings),
            lambda connection: write_packages(connection, wanted),
            status=OK,
            clock_ms=self._clock_ms,
        )


def _shown(connection: Connection, person: Person) -> CoinShop:
    settings = read_packages(connection)
    is_on = settings.is_on and bool(settings.packages) and not person.is_seller
    return CoinShop(
        coins=read_coins(connection, person.buyer_id),
        is_on=is_on,
        currency=settings.currency,
        packages=settings.packages if is_on else [],
        methods=payable_by(read_rules(connection).methods),
        age=least_age(connection),
        has_confirmed_age=bool(of_age(connection, [person.buyer_id])),
    )
