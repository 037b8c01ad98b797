"""The order in which a room lists its products: what a move makes of it, and the steps to it."""

from bisect import bisect_left
from collections.abc import Collection, Sequence


def inserted(order: Sequence[str], moved: Sequence[str], before: str) -> list[str]:
    """The order with these products before another one; at the end where that is not there."""
    rest = [one for one in order if one not in set(moved)]
    at = rest.index(before) if before in rest else len(rest)
    return [*rest[:at], *moved, *rest[at:]]


def put_back(order: Sequence[str], moved: Collection[str], old: Sequence[str]) -> list[str]:
    """The order with these products where they stood in an old one, whatever else came and went since."""
    made = [one for one in order if one not in moved]
    for place, one in enumerate(old):
        if one in moved:
            above = next((made.index(other) for other in reversed(old[:place]) if other in made), -1)
            made.insert(above + 1, one)
    return made


def steps(now: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, int]]:
    """As few moves as possible from one order to another: a product, and its place afterwards, from 0.

    `wanted` has all products of `now`; new ones are moved in too.
    """
    places = {one: place for place, one in enumerate(now)}
    staying = _longest_run([one for one in wanted if one in places], places)
    made, found = list(now), list[tuple[str, int]]()
    for place, one in enumerate(wanted):
        if one in staying:
            continue
        if one in made:
            made.remove(one)
        at = made.index(wanted[place - 1]) + 1 if place else 0
        made.insert(at, one)
        found.append((one, at))
    return found


def _longest_run(wanted: Sequence[str], places: dict[str, int]) -> set[str]:
    """The longest part of `wanted` that stands in this order already (patience sorting)."""
    ends, tails, before = list[int](), list[str](), dict[str, str | None]()
    for one in wanted:
        pile = bisect_left(ends, places[one])
        before[one] = tails[pile - 1] if pile else None
        ends[pile : pile + 1] = [places[one]]
        tails[pile : pile + 1] = [one]
    run: set[str] = set()
    last = tails[-1] if tails else None
    while last is not None:
        run.add(last)
        last = before[last]
    return run
