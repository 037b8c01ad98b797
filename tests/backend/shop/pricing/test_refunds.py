import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.shop.pricing.refunds import refund_share


@given(st.integers(0, 10**9), st.lists(st.integers(1, 20), min_size=1, max_size=12))
def test_refunds_of_parts_in_every_order_sum_to_the_net(net: int, parts: list[int]) -> None:
    quantity, refunded, given_back = sum(parts), 0, []
    for units in parts:
        given_back.append(refund_share(net, quantity, refunded=refunded, units=units))
        refunded += units
    assert sum(given_back) == net
    assert min(given_back) >= 0


def test_a_third_of_ten_is_three_three_and_four() -> None:
    assert [refund_share(10, 3, refunded=n, units=1) for n in range(3)] == [3, 3, 4]


@pytest.mark.parametrize(("refunded", "units"), [(3, 1), (0, 4), (-1, 1), (1, -1)])
def test_more_than_was_bought_is_not_refunded(refunded: int, units: int) -> None:
    with pytest.raises(ValueError, match="units to refund"):
        refund_share(100, 3, refunded=refunded, units=units)
