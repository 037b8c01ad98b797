import msgspec
import pytest

from backend.shop.payments.stripe_keys import StripeKeys

KEYS = StripeKeys(secret_key="sk_test_hidden", publishable_key="pk_test_1", webhook_secret="whsec_hidden")


def test_keys_do_not_show_in_what_is_printed_of_them() -> None:
    assert "hidden" not in repr(KEYS) + str(KEYS) + f"{[KEYS]}"


@pytest.mark.parametrize(
    "changes",
    [
        {"secret_key": "pk_test_hidden"},
        {"publishable_key": "sk_test_hidden"},
        {"publishable_key": "pk_live_1"},
        {"webhook_secret": "hidden"},
    ],
)
def test_keys_that_were_mixed_up_are_told_without_showing_them(changes: dict[str, str]) -> None:
    problem = msgspec.structs.replace(KEYS, **changes).problem()
    assert problem
    assert "hidden" not in problem


def test_keys_that_fit_have_no_problem() -> None:
    live = StripeKeys(secret_key="rk_live_1", publishable_key="pk_live_1")
    assert (KEYS.problem(), live.problem()) == ("", "")
    assert (KEYS.is_live, live.is_live) == (False, True)
