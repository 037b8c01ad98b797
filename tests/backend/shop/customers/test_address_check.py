import msgspec
import pytest

from backend.contract.addresses import Address
from backend.plain_text import MAX_MARKS
from backend.shop.customers.address_check import AddressFault, BadAddress, checked_address
from tests.backend.shop.goods import HOME


def address_with(**fields: str) -> Address:
    return msgspec.structs.replace(HOME, **fields)


def test_an_address_as_people_write_it_is_taken_as_it_is() -> None:
    assert checked_address(HOME) == HOME


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("country", "UK", AddressFault.NOT_A_COUNTRY),
        ("country", "ZZ", AddressFault.NOT_A_COUNTRY),
        ("phone", "call me", AddressFault.NOT_A_PHONE),
        ("phone", "电话", AddressFault.NOT_A_PHONE),
        ("phone", "123456", AddressFault.NOT_A_PHONE),
        ("phone", "1" * 25, AddressFault.NOT_A_PHONE),
        ("phone", f"1234567{'℡' * 20}", AddressFault.TOO_LONG),
        ("name", "\u0301" * 20, AddressFault.EMPTY),
        ("street", "\u200b \u2800", AddressFault.EMPTY),
        ("name", "\u0958" * 64, AddressFault.TOO_LONG),
    ],
)
def test_a_field_that_is_wrong_is_named(field: str, text: str, fault: AddressFault) -> None:
    assert checked_address(address_with(**{field: text})) == BadAddress(field, fault)


@pytest.mark.parametrize("typed", ["１３８００００１１１１", "١٣٨٠٠٠٠١١١١", " 13800001111 "])
def test_a_phone_is_kept_in_digits_that_couriers_read(typed: str) -> None:
    kept = checked_address(address_with(phone=typed))
    assert isinstance(kept, Address)
    assert kept.phone == "13800001111"


@pytest.mark.parametrize("phone", ["+49 (0)30 123456-7", "010-12345678 转 801", "0571 8888888"])
def test_signs_and_extensions_of_a_phone_stay(phone: str) -> None:
    kept = checked_address(address_with(phone=phone))
    assert isinstance(kept, Address)
    assert kept.phone == phone


def test_a_letter_of_a_name_bears_few_marks() -> None:
    kept = checked_address(address_with(name="A" + "\u0335" * 62))
    assert isinstance(kept, Address)
    assert kept.name == "A" + "\u0335" * MAX_MARKS


def test_what_a_country_does_not_have_stays_empty() -> None:
    kept = checked_address(address_with(country="SG", province="", city="", district=""))
    assert isinstance(kept, Address)
    assert (kept.province, kept.city, kept.district, kept.postcode) == ("", "", "", "")
