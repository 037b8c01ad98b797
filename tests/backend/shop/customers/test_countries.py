from backend.shop.customers.countries import CALLING_CODES, COUNTRIES


def test_countries_are_the_two_letters_of_the_standard() -> None:
    assert len(COUNTRIES) == 249
    assert {"CN", "HK", "TW", "GB", "UA"} < COUNTRIES
    assert not {"UK", "EU", "XX", "ZZ", "cn"} & COUNTRIES


def test_calling_codes_are_of_countries() -> None:
    assert CALLING_CODES.keys() < COUNTRIES
