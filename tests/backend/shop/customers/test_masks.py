import msgspec

from backend.shop.customers.masks import masked_address, masked_code
from tests.backend.shop.goods import HOME


def test_of_an_address_country_and_province_are_shown() -> None:
    masked = masked_address(msgspec.structs.replace(HOME, postcode="310000", email="ann@example.com"))
    assert (masked.country, masked.province) == (HOME.country, HOME.province)
    assert (masked.city, masked.district, masked.street, masked.postcode) == ("", "", "****", "")
    assert (masked.name, masked.phone, masked.email) == ("陈**", "1****1111", "****")
    assert masked_address(HOME).email == ""
    assert masked_address(msgspec.structs.replace(HOME, name="陈")).name == "**"


def test_of_a_tracking_number_the_end_is_shown() -> None:
    assert [masked_code(code) for code in ("SF1234567890", "SF12345", "")] == ["****7890", "****", ""]
