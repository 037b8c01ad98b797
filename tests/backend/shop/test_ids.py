from hypothesis import given
from hypothesis import strategies as st

from backend.shop.ids import is_order_number, luhn_digit, new_id, new_order_number

AT_MS = 1_796_083_200_000


def test_ids_sort_by_time() -> None:
    ids = [new_id(AT_MS + n) for n in range(50)]
    assert ids == sorted(ids)
    assert {len(one) for one in ids} == {26}
    assert new_id(0)[:10] == "0000000000"


def test_a_number_tells_the_day_and_has_15_digits() -> None:
    number = new_order_number(AT_MS)
    assert number.startswith("261201")
    assert is_order_number(number)


def test_the_check_digit_is_luhns() -> None:
    assert luhn_digit("7992739871") == "3"


@given(st.integers(0, 10**14 - 1), st.integers(0, 14), st.integers(1, 9))
def test_one_wrong_digit_is_found(body: int, place: int, by: int) -> None:
    digits = f"{body:014}"
    number = digits + luhn_digit(digits)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert is_order_number(number)
    assert not is_order_number(wrong)
