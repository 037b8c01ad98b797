from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from backend.shop.pricing.spread import Share, spread


@st.composite
def a_share(draw: st.DrawFn) -> Share:
    net = draw(st.integers(0, 50_000))
    return Share(net, draw(st.integers(0, net)))


SHARES = st.lists(a_share(), max_size=8)
DISCOUNTS = st.integers(0, 200_000)


@given(DISCOUNTS, SHARES)
def test_all_of_a_discount_is_spread_as_far_as_floors_allow(discount: int, shares: list[Share]) -> None:
    parts = spread(discount, shares)
    assert sum(parts) == min(discount, sum(share.cap_minor for share in shares))
    assert all(0 <= part <= share.cap_minor for part, share in zip(parts, shares, strict=True))


@given(DISCOUNTS, st.lists(st.integers(1, 50_000), min_size=1, max_size=8))
def test_without_floors_each_line_is_within_one_of_its_proportion(discount: int, nets: list[int]) -> None:
    shares, total = [Share(net, net) for net in nets], sum(nets)
    for part, net in zip(spread(discount, shares), nets, strict=True):
        assert abs(part - Fraction(min(discount, total) * net, total)) < 1


@given(DISCOUNTS, SHARES)
def test_of_two_lines_alike_the_earlier_one_gets_the_odd_unit(discount: int, shares: list[Share]) -> None:
    parts = spread(discount, [*shares, *shares])
    for first, second in zip(parts[: len(shares)], parts[len(shares) :], strict=True):
        assert first - second in {0, 1}


@given(st.integers(0, 100_000), SHARES)
def test_a_larger_discount_takes_no_less_in_all(discount: int, shares: list[Share]) -> None:
    assert sum(spread(discount, shares)) <= sum(spread(discount + 1, shares))


def test_what_one_line_cannot_take_goes_to_the_others() -> None:
    assert spread(100, [Share(100, 10), Share(100, 100), Share(200, 200)]) == [10, 30, 60]


def test_the_largest_remainder_gets_the_last_unit() -> None:
    assert spread(10, [Share(1, 1), Share(1, 1), Share(7, 7)]) == [1, 1, 7]
    assert spread(5, [Share(30, 30), Share(60, 60), Share(10, 10)]) == [2, 3, 0]
    assert spread(1, [Share(10, 10), Share(10, 10)]) == [1, 0]
