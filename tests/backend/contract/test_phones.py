import pytest

from backend.contract.phones import masked_phone, plain_digits


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800001111", "1****1111"),
        ("12345678", "****5678"),
        ("1234567", "****"),
        ("+49 30 123456", "4****3456"),
        ("１３８００００１１１１", "1****1111"),
    ],
)
def test_of_a_phone_the_ends_are_shown(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


@pytest.mark.parametrize("length", range(33))
def test_at_least_half_the_digits_of_a_phone_of_any_length_are_hidden(length: int) -> None:
    assert len(masked_phone("9" * length).replace("*", "")) <= length // 2


def test_digits_of_any_script_are_those_of_ascii() -> None:
    assert plain_digits("＋８６ ١٣٨") == "+86 138"
