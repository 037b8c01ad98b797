"""Two real nodes; the one that owns the room is killed with −9: when does the room take commands again?"""

import asyncio
import json
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from backend.contract.cards import HideCard, ShowCard
from backend.contract.protocol import Accepted
from tests.backend.cluster.nodes import Follower, ServedNode, running_node
from tests.support.nats import running_nats
from tests.support.postgres import running_postgres

ROUNDS: Final = 5
CARDS: Final = (ShowCard("demo-tea"), ShowCard("demo-lipstick"))
EVENTS: Final = 20  # fewer than a client may send at once


async def main() -> None:
    """Measure and print the figures as the last line."""
    with tempfile.TemporaryDirectory() as folder, running_postgres() as postgres, running_nats() as bus:
        database = postgres.new_database()
        took_s, wrong = [], 0
        for number in range(ROUNDS):
            async with AsyncExitStack() as stack:
                data = Path(folder) / str(number)
                owner = await stack.enter_async_context(running_node(data / "a", database, bus.url))
                other = await stack.enter_async_context(running_node(data / "b", database, bus.url))
                seconds, faults = await _one_round(owner, other)
            took_s.append(seconds)
            wrong += faults
            print(f"  round {number + 1}: {seconds:.2f} s, {faults} events lost or doubled", flush=True)
    figures = {
        "takeover_s_median": round(statistics.median(took_s), 2),
        "takeover_s": round(max(took_s), 2),
        "events_lost_or_doubled": wrong,
    }
    print(json.dumps({"figures": figures}))


async def _one_round(owner: ServedNode, other: ServedNode) -> tuple[float, int]:
    """Return how long the room was without an owner, and how many events a viewer missed or saw twice."""
    follower = Follower([other])
    async with asyncio.TaskGroup() as tasks:
        following = tasks.create_task(follower.run())
        await follower.is_in.wait()
        first = follower.seq
        async with other.host() as host:
            for event in range(EVENTS // 2):
                assert isinstance(await host.act(CARDS[event % 2]), Accepted)
            await owner.program.kill()
            died_at_s = time.monotonic()
            while not isinstance(await host.act(HideCard()), Accepted):
                pass
            took_s = time.monotonic() - died_at_s
            for event in range(EVENTS // 2):
                assert isinstance(await host.act(CARDS[event % 2]), Accepted)
            assert isinstance(await host.act(ShowCard("demo-hoodie")), Accepted)
        await follower.until_card("demo-hoodie")
        following.cancel()
    expected = list(range(first + 1, follower.seq + 1))
    faults = abs(len(follower.seqs) - len(set(follower.seqs))) + len(set(expected) - set(follower.seqs))
    return took_s, faults


if __name__ == "__main__":
    asyncio.run(main())
