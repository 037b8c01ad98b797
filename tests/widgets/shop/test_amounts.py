import pytest

from widgets.shop.amounts import amount_text, read_amount, typed_amount


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


@pytest.mark.parametrize("text", ["", "-1", "1.234", "1e3", "1,23", "abc", "NaN", "1.2.3", ".5", "1" * 13])
def test_what_is_no_amount_is_none(text: str) -> None:
    assert read_amount(text, "CNY") is None


def test_yen_have_no_decimals() -> None:
    assert read_amount("12.5", "JPY") is None
    assert amount_text(1200, "JPY") == "JP¥1,200"


@pytest.mark.parametrize("currency", ["CNY", "USD", "JPY", "KWD", "CHF"])
@pytest.mark.parametrize("minor", [0, 5, 990, 123_456_789])
def test_an_amount_as_one_types_it_reads_as_itself(minor: int, currency: str) -> None:
    assert read_amount(typed_amount(minor, currency), currency) == minor
