"""A flash sale under 1,000 buyers at once (SQLite): how long the slowest wait, and what is oversold."""

import asyncio
import json
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Final

from backend.contract.campaigns import Campaign, NewCampaign
from backend.contract.flash_sale import FlashPrice, FlashSaleTerms
from backend.contract.orders import AskQuote, Quote
from backend.shop.flash_sale.sales import find_sale
from backend.shop.idempotency import Request
from backend.shop.orders.results import FlashMissed, Placed
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database
from tests.backend.shop.campaigns.conftest import go_live
from tests.backend.shop.goods import (
    ANYBODY,
    ROOM,
    STAFF,
    home_of,
    lines_of,
    open_rooms,
    order_of,
    put_on_sale,
    request_of,
    stock_of,
)

ROUNDS: Final = 5
BUYERS: Final = 1000
QUOTA: Final = 100
STOCK: Final = 10_000


class Clock:
    """The server's time, as far as a sale is concerned."""

    now_ms = 1_800_000_000_000

    def __call__(self) -> int:
        """Return it."""
        return self.now_ms


def main() -> None:
    """Measure and print the figures."""
    # In the working directory: /tmp may be memory, where a commit costs nothing.
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        figures = asyncio.run(flash_sales(Database(Path(folder))))
    print(json.dumps({"figures": figures}))


async def flash_sales(database: Database) -> dict[str, float]:
    """Return what buyers wait for their answer in ms, the slowest hundredth, and units sold beyond quotas."""
    open_rooms(database)
    go_live(database)
    put_on_sale(database, "tea", price_minor=100, stock=STOCK)
    clock = Clock()
    shop = Shop(database, clock_ms=clock)
    slowest, oversold = [], 0
    for number in range(ROUNDS):
        campaign = await _opened(shop, clock, number)
        waits_ms, answers = await _rush(shop, campaign, number)
        slowest.append(statistics.quantiles(waits_ms, n=100)[-1])
        oversold += abs(answers[Placed] - QUOTA) + _beyond(database, campaign)
        print(f"flash: p99 {slowest[-1]:.0f} ms, {answers[Placed]} of {BUYERS} got one", flush=True)
        clock.now_ms = campaign.closes_at_ms + 60_000
        for _ in range(3):
            await shop.campaigns._timer.sweep()
            clock.now_ms += 60_000
    _, reserved, _ = stock_of(database, "tea")
    oversold += abs(reserved - ROUNDS * QUOTA)
    await asyncio.to_thread(shop.close)
    database.close()
    return {"flash_p99_ms": round(statistics.median(slowest)), "flash_oversold": oversold}


async def _opened(shop: Shop, clock: Clock, number: int) -> Campaign:
    wish = NewCampaign(FlashSaleTerms("tea", [FlashPrice("tea", 60, QUOTA)]))
    armed = await shop.campaigns.arm(STAFF, wish, Request("host", "campaigns", f"k{number}", ""))
    assert isinstance(armed, Campaign), armed
    clock.now_ms = armed.opens_at_ms
    await shop.campaigns._timer.sweep()
    return armed


async def _rush(shop: Shop, campaign: Campaign, number: int) -> tuple[list[float], Counter[type]]:
    quote = await shop.quote(ANYBODY, AskQuote(lines_of(tea=1)))
    assert isinstance(quote, Quote)
    assert quote.lines[0].campaign_id == campaign.campaign_id
    waits_ms: list[float] = []
    answers: Counter[type] = Counter()

    async def buy(buyer: str) -> None:
        wanted = order_of(quote, address=home_of(buyer))
        began_s = time.perf_counter()
        result = await shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k", wanted))
        waits_ms.append((time.perf_counter() - began_s) * 1000)
        assert isinstance(result, Placed | FlashMissed), result
        answers[type(result)] += 1

    await asyncio.gather(*(buy(f"b{number}-{one}") for one in range(BUYERS)))
    return waits_ms, answers


def _beyond(database: Database, campaign: Campaign) -> int:
    with database.reading() as connection:
        sale = find_sale(connection, campaign.campaign_id)
    assert sale is not None
    offer = sale.offers["tea"]
    return max(0, offer.reserved + offer.sold - offer.quota)


if __name__ == "__main__":
    main()
