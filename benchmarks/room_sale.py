"""Purchases in the process of a backend, at a steady pace, by buyers who buy once."""

import asyncio
import time
from itertools import count
from typing import Final

from backend.contract.orders import PlaceOrder
from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.goods import ROOM, home_of, lines_of, order_of, put_on_sale, quoted, request_of

UNITS: Final = 100_000_000
TICK_S: Final = 0.02
PRODUCT: Final = "flash"


class Sale:
    """Sells one product in the room `main`."""

    def __init__(self, shop: Shop, database: Database) -> None:
        self._shop = shop
        self._database = database
        self._numbers = count()
        self._is_on = False

    async def begin(self) -> None:
        """Put the product on sale."""
        if not self._is_on:
            await asyncio.to_thread(put_on_sale, self._database, PRODUCT, stock=UNITS)
            self._is_on = True

    async def sell(self, rate: float, seconds: float) -> float:
        """Sell so many units a second, and return how many there really were."""
        await self.begin()
        quote = await quoted(self._shop, lines_of(**{PRODUCT: 1}))
        began, sold = time.monotonic(), 0
        async with asyncio.TaskGroup() as tasks:
            while (passed := time.monotonic() - began) < seconds:
                while sold < passed * rate:
                    buyer = f"buyer-{next(self._numbers)}"
                    wanted = order_of(quote, address=home_of(buyer))
                    tasks.create_task(self._buy(buyer, wanted))
                    sold += 1
                await asyncio.sleep(TICK_S)
        return sold / (time.monotonic() - began)

    async def _buy(self, buyer: str, wanted: PlaceOrder) -> None:
        result = await self._shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k", wanted))
        assert isinstance(result, Placed), result
