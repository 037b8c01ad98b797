import pytest

from backend.shop.payments.provider import NotTakenError
from backend.shop.payments.stripe_amounts import check_amount


@pytest.mark.parametrize(("amount_minor", "currency"), [(1, "CNY"), (387, "JPY"), (12_340, "KWD")])
def test_an_amount_that_stripe_counts_as_we_do_is_taken(amount_minor: int, currency: str) -> None:
    check_amount(amount_minor, currency)


@pytest.mark.parametrize(("amount_minor", "currency"), [(100, "ISK"), (100, "UGX"), (12_345, "KWD")])
def test_an_amount_that_stripe_would_read_otherwise_is_not_taken(amount_minor: int, currency: str) -> None:
    with pytest.raises(NotTakenError, match=currency):
        check_amount(amount_minor, currency)
