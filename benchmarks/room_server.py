"""The backend that `room.py` measures, in a process of its own, told by lines on stdin what to do.

Prints its address as one line of JSON, then answers each command with one line of JSON:

* `memory`: kilobytes in use, and how many clients are subscribed;
* `talk BYTES RATE SECONDS`: sends messages of that size to all, and tells how long the loop was ever blocked;
* `events RATE SECONDS each|tick|none`: tells so many events a second, each as a message, by the room's feed,
  or not at all, which is what waking so often costs;
* `buy RATE SECONDS`: sells so many units a second, and tells how many were sold;
* `sell`: puts what `buy` sells on sale, for those who buy over HTTP;
* `cpu`: seconds of CPU until now.
"""

import asyncio
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil

from backend.compose import Backend
from backend.contract.live import Presence, PresenceChanged
from backend.contract.protocol import Sampled
from backend.http.listening import listen
from backend.identity.auth import TokenSigner
from backend.limits import ApiPace, HttpLimits
from backend.options import ServeOptions
from backend.room.frames import Prepared, prepare
from backend.room.hub import Lane
from backend.room.room import Room
from backend.storage.database import Database
from benchmarks.room_sale import Sale

SECRET = b"a secret of the benchmark, long enough to sign with"
LOOK_S = 0.005


class Bench:
    """Does what stdin says to the room."""

    def __init__(self, room: Room, sale: Sale) -> None:
        self._sale = sale
        self._hub = room._hub
        self._feed = room._feed

    async def obey(self, words: list[str]) -> dict[str, float]:
        """Carry a command out and return its figures."""
        match words:
            case ["memory"]:
                gc.collect()
                return {"kb": psutil.Process().memory_info().rss / 1024, "clients": len(self._hub)}
            case ["talk", size, rate, seconds]:
                return await self._talk(int(size), float(rate), float(seconds))
            case ["events", rate, seconds, how]:
                tells = {"each": self._tell_each, "tick": self._feed.deliver, "none": lambda _event: None}
                return await self._events(tells[how], float(rate), float(seconds))
            case ["buy", rate, seconds]:
                return {"rate": await self._sale.sell(float(rate), float(seconds))}
            case ["sell"]:
                await self._sale.begin()
                return {}
            case ["cpu"]:
                return {"cpu_s": time.process_time()}
            case _:
                raise ValueError(f"expected a command, got {words}")

    async def _talk(self, size: int, rate: float, seconds: float) -> dict[str, float]:
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(_worst_lag_ms(seconds))
            start, ticks = time.monotonic(), 0
            while time.monotonic() - start < seconds:
                self._hub.publish(Prepared(_text(size)), Lane.RELIABLE)
                ticks += 1
                await asyncio.sleep(max(0.0, start + ticks / rate - time.monotonic()))
        return {"ticks": ticks, "lag_ms": watching.result(), "cut": self._hub.cut_count}

    async def _events(
        self, tell: Callable[[PresenceChanged], None], rate: float, seconds: float
    ) -> dict[str, float]:
        cpu_before, start, events = time.process_time(), time.monotonic(), 0
        while time.monotonic() - start < seconds:
            tell(PresenceChanged(Presence(events, events)))
            events += 1
            await asyncio.sleep(max(0.0, start + events / rate - time.monotonic()))
        return {"events": events, "cpu_s": time.process_time() - cpu_before}

    def _tell_each(self, event: PresenceChanged) -> None:
        self._hub.publish(prepare(Sampled([event])), Lane.SAMPLED)


def _text(size: int) -> bytes:
    head = b'{"type":"filler","t":%d,"pad":"' % time.time_ns()
    return head + b"x" * (size - len(head) - 2) + b'"}'


async def _worst_lag_ms(seconds: float) -> float:
    """Return by how much the loop was ever late within so many seconds."""
    end, worst_s = time.monotonic() + seconds, 0.0
    while (now := time.monotonic()) < end:
        await asyncio.sleep(LOOK_S)
        worst_s = max(worst_s, time.monotonic() - now - LOOK_S)
    return worst_s * 1000


async def main() -> None:
    """Serve until stdin closes."""
    many = HttpLimits(connections_per_address=1_000_000, sockets_per_address=1_000_000)
    often = ApiPace(1e6, 1_000_000, 1e6, 1_000_000)
    options = ServeOptions(
        has_demo=True, enters_per_second=1e6, enters_at_once=1_000_000, limits=many, api=often
    )
    with tempfile.TemporaryDirectory() as folder, listen("127.0.0.1", 0) as listener:
        database, signer = Database(Path(folder)), TokenSigner(SECRET)
        backend = Backend(options, Path(folder), database=database, signer=signer)
        bench = Bench(backend.local["main"], Sale(backend.selling.shop, database))
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(backend.run(listener))
            say(port=listener.getsockname()[1], host_token=signer.host("main"))
            while line := await asyncio.to_thread(sys.stdin.readline):
                say(**await bench.obey(line.split()))
            # A thousand goodbyes are not what is measured.
            os._exit(0)


def say(**figures: object) -> None:
    """Print one line of JSON."""
    print(msgspec.json.encode(figures).decode(), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
