import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.shop.payments.alipay_amounts import read_yuan, yuan_text


@given(st.integers(0, 10**13))
def test_an_amount_comes_back_from_alipay_as_it_went(amount_minor: int) -> None:
    assert read_yuan(yuan_text(amount_minor)) == amount_minor


def test_alipay_may_leave_zeros_out() -> None:
    assert [read_yuan(text) for text in ("12", "12.5", "12.50", "0.01")] == [1_200, 1_250, 1_250, 1]


@pytest.mark.parametrize("text", ["", "-1.00", "1.005", "1e3", "1,00", "١.00", " 1", ".5", "1" * 13])
def test_what_is_no_amount_of_alipays_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Expected yuan"):
        read_yuan(text)
