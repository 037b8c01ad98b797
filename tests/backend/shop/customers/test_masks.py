import msgspec
import pytest

from backend.shop.customers.masks import masked_address, masked_code, masked_phone
from tests.backend.shop.goods import HOME


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


def test_of_an_address_country_and_province_are_shown() -> None:
    masked = masked_address(msgspec.structs.replace(HOME, postcode="310000", email="ann@example.com"))
    assert (masked.country, masked.province) == (HOME.country, HOME.province)
    assert (masked.city, masked.district, masked.street, masked.postcode) == ("", "", "****", "")
    assert (masked.name, masked.phone, masked.email) == ("陈**", "1****1111", "****")
    assert masked_address(HOME).email == ""
    assert masked_address(msgspec.structs.replace(HOME, name="陈")).name == "**"


def test_of_a_tracking_number_the_end_is_shown() -> None:
    assert [masked_code(code) for code in ("SF1234567890", "SF12345", "")] == ["****7890", "****", ""]
