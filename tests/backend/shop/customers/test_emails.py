import pytest

from backend.shop.customers.emails import is_email


@pytest.mark.parametrize("text", ["ann@example.com", "a.b+c@mail.example.co", "o'hara@xn--fiq228c.cn"])
def test_usual_email_addresses_are_taken(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "ann@localhost",
        "ann@@example.com",
        "ann@example.com\n",
        "ann@example.com\r\nBcc: x@example.com",
        "ann@example.com,bob@example.com",
        "Ann <ann@example.com>",
        "ann @example.com",
        ".ann@example.com",
        "ann..b@example.com",
        "ann@-example.com",
        "小美@example.com",
        f"{'a' * 65}@example.com",
        f"a@{'b.' * 130}com",
    ],
)
def test_what_is_no_single_plain_email_address_is_not_taken(text: str) -> None:
    assert not is_email(text)
