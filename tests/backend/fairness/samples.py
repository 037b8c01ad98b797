"""Draws to check, made with seeded randomness."""

import random

from backend.fairness.bundle import DrawBundle
from backend.fairness.digests import canonical, commitment
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

DRAW_ID = "01KBE6Z2J0QF8RZ8D6T1XW9Y5N"
TWO_WIN = Rules(2, needs_nonce=False)


def make_entries(count: int, chance: random.Random, draw_id: str = DRAW_ID, withheld: int = 0) -> list[Entry]:
    """Entries of so many viewers in the order of their arrival; the last ones withhold their number."""
    made = []
    for number in range(count):
        nonce = chance.randbytes(16).hex()
        hashed = hash_of_nonce(draw_id, nonce)
        made.append(
            Entry(pseudonym(draw_id, f"v_{number}"), hashed, "" if number >= count - withheld else nonce)
        )
    return made


def make_bundle(
    count: int = 7,
    rules: Rules = TWO_WIN,
    seed: int = 1,
    withheld: int = 1,
    unclaimed: tuple[str, ...] = (),
) -> DrawBundle:
    """A whole draw and its bundle."""
    chance = random.Random(seed)
    entries = in_order(make_entries(count, chance, withheld=withheld))
    secret = chance.randbytes(32)
    terms = canonical(
        {"prize": "保温杯 ‹500 ml›", "winners": rules.winners, "needs_presence": rules.needs_nonce}
    )
    top = root(entries)
    mixed = mix(DRAW_ID, top, entries)
    ranked = ranking(secret, DRAW_ID, top, mixed, entries)
    return DrawBundle(
        campaign_id=DRAW_ID,
        terms=terms,
        commitment=commitment("draw", DRAW_ID, terms, secret),
        root=top,
        mix=mixed,
        secret=secret.hex(),
        entries=tuple(entries),
        unclaimed=unclaimed,
        winners=tuple(winners(ranked, rules, unclaimed)),
    )
