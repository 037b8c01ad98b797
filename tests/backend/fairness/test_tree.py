import random

import pytest

from backend.fairness.digests import digest
from backend.fairness.tree import EMPTY_ROOT, Step, path_of, root_by, root_of

LEAVES = [digest("leaf", bytes([number])) for number in range(40)]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 40])
def test_every_leaf_has_a_path_to_the_root(count: int) -> None:
    leaves = LEAVES[:count]
    top = root_of(leaves)

    assert all(root_by(leaf, path_of(leaf, leaves)) == top for leaf in leaves)
    assert all(len(path_of(leaf, leaves)) <= (count - 1).bit_length() for leaf in leaves)


def test_a_root_does_not_depend_on_the_order_of_arrival() -> None:
    shuffled = LEAVES.copy()
    random.Random(3).shuffle(shuffled)

    assert root_of(shuffled) == root_of(LEAVES)


def test_a_leaf_that_is_not_in_the_list_has_no_path() -> None:
    stranger = digest("leaf", b"stranger")
    with pytest.raises(ValueError, match="not in list"):
        path_of(stranger, LEAVES)

    assert all(root_by(stranger, path_of(leaf, LEAVES)) != root_of(LEAVES) for leaf in LEAVES)


def test_a_changed_step_leads_to_another_root() -> None:
    path = path_of(LEAVES[6], LEAVES)
    for at, (side, neighbour) in enumerate(path):
        turned = Step("left" if side == "right" else "right", neighbour)
        assert root_by(LEAVES[6], [*path[:at], turned, *path[at + 1 :]]) != root_of(LEAVES)


def test_lists_of_different_lengths_have_different_roots() -> None:
    roots = {root_of(LEAVES[:count]) for count in range(41)}
    doubled = {root_of([*LEAVES[:count], LEAVES[count - 1]]) for count in range(1, 41)}

    assert len(roots) == 41
    assert not roots & doubled
    assert root_of([]) == EMPTY_ROOT
