"""How much of the bare socket's limit a room reaches: 1 KB to 1,000 clients, beside other ways to do it.

Each server is a process of its own; its processor time is counted, not the crowd's. The limit is a C loop of
`send()`. What stands in the figures is measured in interleaved rounds, and the median of the rounds counts.
"""

import argparse
import json
import os
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.crowd import Count, compiled, gathered, read_line, start, stop

SERVERS: Final = str(Path(__file__).parent / "fanout_servers.py")
MESSAGE_BYTES: Final = 1000
RATE: Final = 10
RAW: Final = "C send() loop"
OURS: Final = "ours"
DEFLATED: Final = "ours, deflated once"
OTHERS: Final = ("websockets.broadcast", "aiohttp", "gather")


class Cost(msgspec.Struct, frozen=True):
    """What a server says of its work."""

    ticks: int
    sent: int
    cpu_s: float


class Result(msgspec.Struct, frozen=True):
    """One server in one round."""

    cost: Cost
    count: Count

    @property
    def per_cpu_s(self) -> float:
        """Messages delivered a second of the server's processor time."""
        return self.count.frames / self.cost.cpu_s


class Contest:
    """Runs one server after the other against the same crowd."""

    def __init__(self, crowd: Path, raw: Path, *, clients: int, seconds: float) -> None:
        self._crowd = crowd
        self._raw = raw
        self._clients = clients
        self._seconds = seconds

    def run(self, name: str) -> Result:
        """Measure one server."""
        numbers = [str(value) for value in (self._clients, MESSAGE_BYTES, RATE, self._seconds)]
        server = OURS if name == DEFLATED else name
        command = [str(self._raw)] if name == RAW else [sys.executable, SERVERS, server]
        process = start([*command, *numbers])
        try:
            port = int(read_line(process))
            with gathered(self._crowd, port, self._clients, path="/", deflate=name == DEFLATED) as crowd:
                crowd.begin()
                assert process.stdin is not None
                process.stdin.write("go\n")
                process.stdin.flush()
                cost = msgspec.json.decode(read_line(process), type=Cost)
                count = crowd.count()
                while count.frames < cost.sent and (again := crowd.count()) != count:
                    count = again
        finally:
            stop(process)
        assert count.frames == cost.sent, f"{name}: {cost.sent} sent, {count.frames} arrived"
        return Result(cost, count)


def main() -> None:
    """Measure and print a table, and the figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    results: dict[str, list[Result]] = defaultdict(list)
    with compiled("crowd") as crowd, compiled("raw_send") as raw:
        contest = Contest(crowd, raw, clients=asked.clients, seconds=asked.seconds)
        for number in range(asked.rounds):
            others = OTHERS if number == 0 else ()
            for name in (RAW, OURS, DEFLATED, *others):
                results[name].append(contest.run(name))
    _print_table(results, asked.clients)
    print(json.dumps({"figures": _figures(results)}))


def _print_table(results: dict[str, list[Result]], clients: int) -> None:
    print(f"{MESSAGE_BYTES} bytes to {clients} clients, {RATE} times a second; {os.cpu_count()} cores")
    print(f"{'server':24} {'delivered/CPU-s':>16} {'of the limit':>13} {'p99 ms':>8} {'bytes':>6}")
    for name, rounds in results.items():
        rate = statistics.median(result.per_cpu_s for result in rounds)
        p99 = statistics.median(result.count.p99_ms for result in rounds)
        size = rounds[0].count.bytes / rounds[0].count.frames
        ratio = _ratio(results, name)
        late = f"{p99:8.1f}" if rounds[0].count.stamps else f"{'-':>8}"
        print(f"{name:24} {rate:16,.0f} {ratio:13.2f} {late} {size:6.0f}")


def _ratio(results: dict[str, list[Result]], name: str) -> float:
    """Compare within each round: what else the machine does changes from round to round."""
    pairs = zip(results[name], results[RAW], strict=False)
    return statistics.median(result.per_cpu_s / raw.per_cpu_s for result, raw in pairs)


def _figures(results: dict[str, list[Result]]) -> dict[str, float]:
    pairs = zip(results[OURS], results[RAW], strict=True)
    late = statistics.median(ours.count.p99_ms / raw.count.p99_ms for ours, raw in pairs)
    return {
        "fanout_ratio_to_raw": round(_ratio(results, OURS), 3),
        "fanout_deflate_ratio_to_raw": round(_ratio(results, DEFLATED), 3),
        "fanout_p99_ratio_to_raw": round(late, 2),
    }


if __name__ == "__main__":
    main()
