import random

import pytest

from widgets.shop.room_order import inserted, put_back, steps


def carried_out(now: str, made: list[tuple[str, int]]) -> str:
    """What a shop makes of the steps: each product is taken out, and put in at its place."""
    order = list(now)
    for one, at in made:
        if one in order:
            order.remove(one)
        order.insert(at, one)
    return "".join(order)


@pytest.mark.parametrize(
    ("moved", "before", "wanted"),
    [
        ("A", "D", "BCADE"),
        ("AB", "", "CDEAB"),
        ("E", "A", "EABCD"),
        ("AE", "C", "BAECD"),
        ("X", "B", "AXBCDE"),
    ],
)
def test_products_stand_before_another_one_or_at_the_end(moved: str, before: str, wanted: str) -> None:
    assert "".join(inserted("ABCDE", list(moved), before)) == wanted


def test_products_go_back_between_what_is_still_there() -> None:
    assert put_back(list("BDXE"), {"C", "A"}, list("ABCDE")) == list("ABCDXE")
    assert put_back([], {"C"}, list("ABC")) == ["C"]


@pytest.mark.parametrize(
    ("now", "wanted", "count"), [("ABCDE", "BCDEA", 1), ("ABCDE", "EABCD", 1), ("AB", "AB", 0)]
)
def test_a_move_is_one_step(now: str, wanted: str, count: int) -> None:
    assert len(steps(now, wanted)) == count


def test_steps_lead_to_every_order() -> None:
    dice = random.Random(7)
    for _ in range(300):
        now = dice.sample("ABCDEFGH", dice.randint(0, 8))
        wanted = dice.sample([*now, "X", "Y"], len(now) + 2)
        assert carried_out("".join(now), steps(now, wanted)) == "".join(wanted)
