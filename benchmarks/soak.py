"""Two thousand viewers for three minutes, others coming and going: nobody misses a message, memory stays."""

import argparse
import json
import time
from typing import Final

from benchmarks.crowd import compiled
from benchmarks.room import Server, serving, settled

STAYING: Final = 2000
PASSING: Final = 200
WARM_UP: Final = 3
RATE: Final = 5
STINT_S: Final = 8.0


def main() -> None:
    """Measure and print the figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=170.0, help="in all")
    end_s = time.monotonic() + parser.parse_args().seconds
    with compiled("crowd") as program, serving(program) as server, server.viewers(STAYING) as crowd:
        kb: list[float] = []
        lost = 0.0
        while time.monotonic() < end_s - STINT_S or len(kb) <= WARM_UP:
            crowd.begin()
            sent = _a_stint(server)
            count = settled(crowd)
            lost += max(0.0, sent - count.least) + count.closed
            kb.append(server.ask("memory")["kb"])
            print(f"  {len(kb):3}: {kb[-1] / 1024:.1f} MB, {count.p99_ms:.0f} ms", flush=True)
    growth = (kb[-1] - kb[WARM_UP - 1]) / kb[WARM_UP - 1] * 100
    print(json.dumps({"figures": {"soak_growth_percent": round(growth, 2), "soak_lost": lost}}))


def _a_stint(server: Server) -> float:
    """Talk while some viewers come and go; return how many messages everybody must have."""
    server.tell("talk", 1000, RATE, STINT_S)
    with server.viewers(PASSING):
        pass
    return server.answer()["ticks"]


if __name__ == "__main__":
    main()
