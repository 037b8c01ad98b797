"""A Merkle tree over sorted leaves: one root stands for a list, a short path shows that a leaf is in it."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from backend.fairness.digests import digest

EMPTY_ROOT: Final = digest("empty")


class Step(NamedTuple):
    """A neighbour on the way up.

    Attributes:
        side: "left" where the neighbour stands before what is proved, else "right".
        neighbour: its digest.
    """

    side: str
    neighbour: bytes


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the leaves, whatever order they come in."""
    level = sorted(leaves)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        level = _above(level)
    return level[0]


def _above(level: Sequence[bytes]) -> list[bytes]:
    # One without a neighbour goes up as it is, as in RFC 6962 §2.1: doubled, two lists would have one root.
    pairs = [digest("node", level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return pairs + list(level[len(pairs) * 2 :])


def path_of(leaf: bytes, leaves: Iterable[bytes]) -> list[Step]:
    """Return the neighbours from a leaf up to the root.

    Raises:
        ValueError: the leaf is not among the leaves.
    """
    level = sorted(leaves)
    at = level.index(leaf)
    path = []
    while len(level) > 1:
        if at % 2:
            path.append(Step("left", level[at - 1]))
        elif at + 1 < len(level):
            path.append(Step("right", level[at + 1]))
        level = _above(level)
        at //= 2
    return path


def root_by(leaf: bytes, path: Iterable[Step]) -> bytes:
    """Return the root that a path leads to: that of a list which holds the leaf, or another one."""
    found = leaf
    for side, neighbour in path:
        pair = (neighbour, found) if side == "left" else (found, neighbour)
        found = digest("node", *pair)
    return found
