import msgspec
import pytest

from backend.shop.customers.buyer_keys import address_key, keys_of, phone_key
from tests.backend.shop.goods import HOME


@pytest.mark.parametrize(
    "typed",
    [
        "13800001111",
        "138 0000 1111",
        "+86 138-0000-1111",
        "0086 13800001111",
        "8613800001111",
        "１３８００００１１１１",
    ],
)
def test_a_phone_is_the_same_however_it_is_typed(typed: str) -> None:
    assert phone_key(typed, "CN") == "8613800001111"


def test_phones_of_two_countries_are_two() -> None:
    assert phone_key("030 123456", "DE") == "4930123456"
    assert phone_key("030 123456", "FR") != phone_key("030 123456", "DE")


@pytest.mark.parametrize("street", ["文三路1号", " 文三路 １ 号", "文三路-1号，"])
def test_an_address_is_the_same_with_other_signs(street: str) -> None:
    assert address_key(msgspec.structs.replace(HOME, street=street)) == address_key(HOME)


def test_a_buyer_is_known_by_three_keys() -> None:
    assert [key.partition(":")[0] for key in keys_of("ann", HOME)] == ["user", "phone", "address"]
