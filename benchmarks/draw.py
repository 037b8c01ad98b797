"""A draw of 100,000 entries and 100 winners: the list fixed, all numbers mixed, everybody ranked."""

import json
import random
import statistics
import time
from typing import Final

from backend.fairness.draw import (
    Entry,
    Rules,
    hash_of_nonce,
    in_order,
    mix,
    pseudonym,
    ranking,
    root,
    winners,
)

ENTRIES: Final = 100_000
WINNERS: Final = 100
ROUNDS: Final = 3
DRAW: Final = "01KBE6Z2J0QF8RZ8D6T1XW9Y5N"


def main() -> None:
    """Measure and print the figures."""
    entries = _entries(random.Random(1))
    took = [_draw_ms(entries) for _ in range(ROUNDS)]
    print(f"draw: {ENTRIES:,} entries in {', '.join(f'{one:.0f}' for one in took)} ms", flush=True)
    print(json.dumps({"figures": {"draw_ms": round(statistics.median(took))}}))


def _entries(chance: random.Random) -> list[Entry]:
    nonces = [chance.randbytes(16).hex() for _ in range(ENTRIES)]
    return [
        Entry(pseudonym(DRAW, f"v_{number}"), hash_of_nonce(DRAW, nonce), nonce)
        for number, nonce in enumerate(nonces)
    ]


def _draw_ms(entries: list[Entry]) -> float:
    began = time.perf_counter()
    listed = in_order(entries)
    top = root(listed)
    ranked = ranking(b"s" * 32, DRAW, top, mix(DRAW, top, listed), listed)
    assert len(winners(ranked, Rules(WINNERS, needs_nonce=False))) == WINNERS
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
