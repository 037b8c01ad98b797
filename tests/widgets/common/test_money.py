import pytest

from widgets.common.money import amount_text, list_price, read_amount, typed_amount


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("59.9", "CNY", 5990),
        ("¥1,234.50", "CNY", 123_450),
        ("￥12", "CNY", 1200),
        ("５９。９元", "CNY", 5990),
        ("$7.", "USD", 700),
        ("1200", "JPY", 1200),
        ("1.234", "KWD", 1234),
    ],
)
def test_a_typed_amount_is_read_exactly_in_its_currency(text: str, currency: str, minor: int) -> None:
    assert read_amount(text, currency) == minor


@pytest.mark.parametrize("text", ["", "-1", "1.234", "1e3", "1,23", "abc", "NaN", "1.2.3", ".5"])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_amount(text, "CNY") is None


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (0, "CNY", "¥0"),
        (5, "CNY", "¥0.05"),
        (5990, "CNY", "¥59.90"),
        (12900, "CNY", "¥129"),
        (123_456_700, "USD", "$1,234,567"),
        (1200, "JPY", "¥1,200"),
        (1500, "KWD", "KWD 1.500"),
        (2000, "KWD", "KWD 2"),
    ],
)
def test_a_list_price_drops_decimals_only_where_all_are_zero(minor: int, currency: str, text: str) -> None:
    assert list_price(minor, currency) == text


def test_yen_have_no_decimals() -> None:
    assert read_amount("12.5", "JPY") is None
    assert amount_text(1200, "JPY") == "¥1,200"


@pytest.mark.parametrize("currency", ["CNY", "USD", "JPY", "KWD", "CHF"])
@pytest.mark.parametrize("minor", [0, 5, 990, 123_456_789])
def test_an_amount_as_one_types_it_reads_as_itself(minor: int, currency: str) -> None:
    assert read_amount(typed_amount(minor, currency), currency) == minor
