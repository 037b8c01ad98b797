import pytest

from backend.shop.payments.provider import WebhookError
from backend.shop.payments.signature import MAX_AGE_MS, check, sign

KEY = b"key"


def test_what_was_signed_is_good_for_five_minutes() -> None:
    value = sign(KEY, b"body", 10**12)
    check(KEY, value, b"body", 10**12)
    check(KEY, value, b"body", 10**12 + MAX_AGE_MS)
    with pytest.raises(WebhookError, match="5 minutes"):
        check(KEY, value, b"body", 10**12 + MAX_AGE_MS + 1)


@pytest.mark.parametrize(
    "value", ["", "t=1", "v1=00", "t=1,v1=00", "t=x,v1=" + "0" * 64, "t=1,v1=" + "0" * 64]
)
def test_nothing_else_is_a_signature(value: str) -> None:
    with pytest.raises(WebhookError):
        check(KEY, value, b"body", 1)


def test_another_body_or_key_or_time_has_another_signature() -> None:
    value = sign(KEY, b"body", 5)
    for key, body, sent in (
        (b"other", b"body", value),
        (KEY, b"body ", value),
        (KEY, b"body", value.replace("5", "6", 1)),
    ):
        with pytest.raises(WebhookError):
            check(key, sent, body, 5)
