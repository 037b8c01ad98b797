"""A process that buys as fast as it can and prints the id of each order that it was promised.

`python -m tests.backend.shop.buyers <folder or postgresql address>`; it runs until it is killed.
"""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

from backend.shop.orders.results import Placed
from backend.shop.people import Person
from backend.shop.shop import Shop
from backend.storage.database import Database, open_database
from tests.backend.shop.goods import ROOM, home_of, lines_of, order_of, quoted, request_of

BUYERS = 32
ROOT = Path(__file__).parents[3]


def open_place(place: str) -> Database:
    """Open a folder or a server's database."""
    is_server = place.startswith("postgresql:")
    return open_database(Path() if is_server else Path(place), place if is_server else None)


async def buy_for_ever(shop: Shop, number: int) -> None:
    """Buy one unit after the other, each by a buyer who never bought before."""
    quote, count = await quoted(shop, lines_of(tea=1)), 0
    while True:
        count += 1
        buyer = f"{os.getpid()}-{number}-{count}"
        wanted = order_of(quote, address=home_of(buyer))
        result = await shop.place(Person(buyer, ROOM), wanted, request_of(buyer, "k", wanted))
        assert isinstance(result, Placed), result
        os.write(1, f"{result.order.order_id}\n".encode())


async def main(place: str) -> None:
    """Let many buy at once."""
    shop = Shop(open_place(place), clock_ms=lambda: time.time_ns() // 1_000_000)
    async with asyncio.TaskGroup() as tasks:
        for number in range(BUYERS):
            tasks.create_task(buy_for_ever(shop, number))


def killed_after(place: str, acknowledged: int) -> set[str]:
    """Let a process buy until it has printed some orders, kill it, and return all that it printed."""
    command = [sys.executable, "-m", "tests.backend.shop.buyers", place]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in range(acknowledged)]
        process.kill()
        rest = process.stdout.read().splitlines(keepends=True)
    # The last line may have been cut off by the kill.
    return {line.strip() for line in (*printed, *rest) if line.endswith("\n")}


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
