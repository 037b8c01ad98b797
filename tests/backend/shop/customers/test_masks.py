import msgspec
import pytest

from backend.shop.customers.masks import masked_address, masked_phone
from tests.backend.shop.goods import HOME

HOME_REGION = (HOME.country, HOME.province, HOME.city, HOME.district)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13800001111", "138****1111"), ("1234567", "****"), ("+49 30 123456", "+49****3456")],
)
def test_of_a_phone_the_ends_are_shown(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


def test_of_an_address_the_region_is_shown() -> None:
    masked = masked_address(msgspec.structs.replace(HOME, postcode="310000", email="ann@example.com"))
    assert (masked.country, masked.province, masked.city, masked.district) == HOME_REGION
    assert (masked.name, masked.phone, masked.street, masked.postcode) == ("陈**", "138****1111", "****", "")
    assert masked.email == "****"
    assert masked_address(HOME).email == ""
