import pytest

from backend.shop.money_text import AmountText, amount_text


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (38_700, "CNY", "¥387.00"),
        (5, "CNY", "¥0.05"),
        (0, "EUR", "€0.00"),
        (123_456_789, "USD", "$1,234,567.89"),
        (1_200, "JPY", "¥1,200"),
        (1_234, "KWD", "KWD 1.234"),
        (100, "SEK", "SEK 1.00"),
    ],
)
def test_an_amount_is_written_in_its_currencys_decimals(minor: int, currency: str, text: str) -> None:
    assert amount_text(minor, currency).plain == text


def test_an_amount_comes_in_three_parts() -> None:
    assert amount_text(38_700, "CNY") == AmountText("¥", "387", ".00")
    assert amount_text(387, "JPY").fraction == ""
