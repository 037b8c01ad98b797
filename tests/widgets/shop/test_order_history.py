from backend.contract.orders import OrderAxis
from backend.contract.payments import Attempt, AttemptState
from tests.widgets.orders import change, order
from widgets.shop.order_history import actor_text, attempt_text, change_text


def test_who_changed_an_order_is_named_as_people_know_them() -> None:
    given = order()
    assert actor_text("buyer-1", given) == "小雨"
    assert actor_text("host", given) == "Host"
    assert actor_text("timer", given) == "Timer"
    assert actor_text("provider:sandbox", given) == "Sandbox cashier"
    assert actor_text("assistant-7", given) == "assistant-7"
    assert actor_text("", given) == "By itself"


def test_a_change_names_both_states_and_the_reason() -> None:
    step = change(2, OrderAxis.PAYMENT, "unpaid", "paid", reason="statement 7")
    assert change_text(step) == "Payment: unpaid → paid · statement 7"
    assert change_text(change(1, OrderAxis.ORDER, "", "open")) == "Order: open"


def test_a_second_parcel_is_no_step_between_two_states() -> None:
    assert change_text(change(4, OrderAxis.PARCEL, "shipped", "shipped")) == "Parcel: shipped"


def test_a_state_that_this_studio_does_not_know_is_shown_as_it_came() -> None:
    assert change_text(change(3, OrderAxis.ORDER, "open", "frozen")) == "Order: open → frozen"


def test_an_attempt_says_who_was_to_be_paid_how_much_and_what_became_of_it() -> None:
    attempt = Attempt("a1", "o1", "sandbox", 16800, "CNY", AttemptState.FAILED, "/pay/a1", 0)
    assert attempt_text(attempt) == "Sandbox cashier · ¥168.00 · failed"
