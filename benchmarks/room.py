"""A room full of viewers: what its tick saves, how long it blocks, what a viewer weighs, who is hurt by whom.

The real backend in a process of its own; the viewers enter over HTTP and join like a browser does.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
import msgspec
from websockets.sync.client import connect

from backend.contract.cards import HideCard, ShowCard
from backend.contract.http import Admission
from backend.contract.protocol import Act, Join, Snapshot, decode_server_message, encode
from backend.contract.shop import Catalog
from benchmarks.crowd import Count, Crowd, compiled, gathered, read_line, start, stop

SERVER: Final = str(Path(__file__).parent / "room_server.py")
ENTER: Final = "/api/rooms/main/enter"
SETTLE_S: Final = 1.0
CARDS: Final = 15
ROUNDS: Final = 3
TICK_ROUNDS: Final = 7
DEAD: Final = 5


class Server:
    """The backend that is measured."""

    def __init__(self, crowd: Path) -> None:
        self._crowd = crowd
        self._process = start([sys.executable, SERVER])
        ready = json.loads(read_line(self._process))
        self.port: int = ready["port"]
        self.host_token: str = ready["host_token"]

    def ask(self, *words: object) -> dict[str, float]:
        """Give a command and wait for its figures."""
        self.tell(*words)
        return self.answer()

    def tell(self, *words: object) -> None:
        """Give a command."""
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, float]:
        """Wait for the figures of the command that was given."""
        figures: dict[str, float] = json.loads(read_line(self._process))
        return figures

    @contextmanager
    def viewers(self, count: int, *, dead: int = 0, stamp: str = '"t":') -> Iterator[Crowd]:
        """Let viewers enter and join."""
        with gathered(
            self._crowd, self.port, count, path=ENTER, how="enter", dead=dead, stamp=stamp
        ) as crowd:
            time.sleep(SETTLE_S)
            yield crowd

    def stop(self) -> None:
        """End it."""
        stop(self._process)


@contextmanager
def serving(crowd: Path) -> Iterator[Server]:
    """Run a fresh backend for one measurement."""
    server = Server(crowd)
    try:
        yield server
    finally:
        server.stop()


def settled(crowd: Crowd) -> Count:
    """Count when nothing more arrives."""
    count = crowd.count()
    while (again := _after_a_moment(crowd)).frames != count.frames:
        count = again
    return count


def _after_a_moment(crowd: Crowd) -> Count:
    time.sleep(0.2)
    return crowd.count()


def tick_gain(program: Path, viewers: int, seconds: float) -> dict[str, float]:
    """Compare one message an event with one a tick, at 100 events a second.

    What the benchmark itself costs, which wakes the backend a hundred times a second, counts for neither.
    """
    costs_us: dict[str, list[float]] = {"each": [], "tick": [], "none": []}
    with serving(program) as server, server.viewers(viewers) as crowd:
        for _ in range(TICK_ROUNDS):
            for how, measured in costs_us.items():
                measured.append(_cost_us(server, crowd, seconds, how))
    # Every 20 s all viewers are pinged within a second: the medians are of rounds without.
    each, tick, none = (statistics.median(measured) for measured in costs_us.values())
    return {"tick_gain": round((each - none) / (tick - none), 2)}


def _cost_us(server: Server, crowd: Crowd, seconds: float, how: str) -> float:
    crowd.begin()
    told = server.ask("events", 100, seconds, how)
    count = settled(crowd)
    cost_us = told["cpu_s"] / told["events"] * 1e6
    print(f"  {how}: {count.frames} messages, {cost_us:.0f} µs of CPU an event", flush=True)
    return cost_us


def large_room(program: Path, viewers: int, seconds: float) -> dict[str, float]:
    """Fill a room: what a viewer weighs, and how long the loop is blocked by a message to all."""
    with serving(program) as server:
        empty = server.ask("memory")
        with server.viewers(viewers) as crowd:
            full = server.ask("memory")
            assert full["clients"] == viewers, f"{viewers} entered, {full['clients']} are in the room"
            crowd.begin()
            talked = server.ask("talk", 1000, 5, seconds)
            count = settled(crowd)
    assert count.least >= talked["ticks"], f"{talked['ticks']} sent, one viewer got {count.least}"
    kb = (full["kb"] - empty["kb"]) / viewers
    print(f"  {viewers} viewers: {kb:.1f} KB each, loop late by {talked['lag_ms']:.0f} ms at most")
    return {"loop_lag_ms": round(talked["lag_ms"], 1), "kb_per_client": round(kb, 1)}


def dead_readers(program: Path, viewers: int, seconds: float) -> dict[str, float]:
    """Let five clients stop reading in a busy room: the others must not notice."""
    with serving(program) as server, server.viewers(viewers, dead=DEAD) as crowd:
        crowd.begin()
        talked = server.ask("talk", 20_000, 50, seconds)
        count = settled(crowd)
    lost = max(0.0, talked["ticks"] - count.least)
    print(
        f"  {talked['ticks']:.0f} messages, {talked['cut']:.0f} dead readers cut, p99 {count.p99_ms:.1f} ms"
    )
    return {"ticks_lost": lost, "dead_readers_cut": talked["cut"]}


def cards(program: Path, viewers: int) -> dict[str, float]:
    """Show cards in a busy room: from the server's decision to the last of a thousand viewers."""
    p99_ms = []
    with serving(program) as server, server.viewers(viewers, stamp='"shown_at_ms":') as crowd:
        for _ in range(ROUNDS):
            crowd.begin()
            server.tell("talk", 1000, 10, CARDS / 5 + 1)
            _show_cards(server)
            server.answer()
            count = settled(crowd)
            assert count.stamps == CARDS * viewers, f"expected {CARDS * viewers} cards, got {count.stamps}"
            p99_ms.append(count.p99_ms)
            print(f"  {CARDS} cards to {viewers}: p50 {count.p50_ms:.0f} ms, p99 {count.p99_ms:.0f} ms")
    # One pause of a busy machine is half a percent of so few cards: the median round counts.
    return {"card_p99_ms": round(statistics.median(p99_ms), 1)}


def _show_cards(server: Server) -> None:
    url = f"http://127.0.0.1:{server.port}"
    headers = {"Authorization": f"Bearer {server.host_token}"}
    admission = msgspec.json.decode(httpx.post(url + ENTER, headers=headers).content, type=Admission)
    catalog = msgspec.json.decode(httpx.get(f"{url}/api/rooms/main/products").content, type=Catalog)
    socket_url = f"ws://127.0.0.1:{server.port}{admission.socket_path}?ticket={admission.ticket}"
    with connect(socket_url, proxy=None) as socket:
        socket.send(encode(Join()).decode())
        while not isinstance(decode_server_message(socket.recv()), Snapshot):
            pass
        for number in range(CARDS):
            product = catalog.products[number % len(catalog.products)]
            socket.send(encode(Act(2 * number + 1, ShowCard(product.product_id))).decode())
            time.sleep(0.1)
            socket.send(encode(Act(2 * number + 2, HideCard())).decode())
            time.sleep(0.1)


def main() -> None:
    """Measure and print the figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="of each measurement")
    parser.add_argument("--crowd", type=int, default=5000, help="viewers in the large room")
    asked = parser.parse_args()
    figures: dict[str, float] = {}
    with compiled("crowd") as program:
        print("tick", flush=True)
        figures |= tick_gain(program, 500, asked.seconds / 2)
        print("large room", flush=True)
        figures |= large_room(program, asked.crowd, asked.seconds)
        print("dead readers", flush=True)
        figures |= dead_readers(program, 200, asked.seconds)
        print("cards", flush=True)
        figures |= cards(program, 1000)
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
