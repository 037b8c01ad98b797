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
        "＋８６ 138 0000 1111",
        "١٣٨٠٠٠٠١١١١",
        "۱۳۸۰۰۰۰۱۱۱۱",
        "१३८००००११११",
    ],
)
def test_a_phone_is_the_same_however_it_is_typed(typed: str) -> None:
    assert phone_key(typed, "CN") == "8613800001111"


def test_phones_of_two_countries_are_two() -> None:
    assert phone_key("030 123456", "DE") == "4930123456"
    assert phone_key("030 123456", "FR") != phone_key("030 123456", "DE")
    assert phone_key("030 123456", "PL") != phone_key("030 123456", "CZ")


def test_a_phone_without_digits_is_no_key_of_everybody() -> None:
    assert phone_key("call me", "CN") == ""


@pytest.mark.parametrize("street", ["文三路1号", " 文三路 １ 号", "文三路-1号，"])
def test_an_address_is_the_same_with_other_signs(street: str) -> None:
    assert address_key(msgspec.structs.replace(HOME, street=street)) == address_key(HOME)


def test_places_that_differ_at_the_end_of_a_long_street_are_two() -> None:
    near, far = (msgspec.structs.replace(HOME, street=f"{'very ' * 38}long {n}") for n in (1, 2))
    assert address_key(near) != address_key(far)


def test_a_buyer_is_known_by_three_keys_that_fit_their_column() -> None:
    long = msgspec.structs.replace(HOME, street="路" * 200, phone="1" * 32)
    keys = keys_of("a" * 200, long, b"secret")
    assert [key.partition(":")[0] for key in keys] == ["user", "phone", "address"]
    assert max(map(len, keys)) <= 160
