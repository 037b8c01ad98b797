"""Signatures of the sandbox's webhooks: HMAC-SHA256 over the time of sending and the body."""

import hmac
import re
from typing import Final

from backend.shop.payments.provider import WebhookError

HEADER: Final = "sandbox-signature"
MAX_AGE_MS: Final = 5 * 60_000
_FORM: Final = re.compile(r"t=(?P<at_ms>\d{1,15}),v1=(?P<digest>[0-9a-f]{64})", re.ASCII)


def sign(key: bytes, body: bytes, now_ms: int) -> str:
    """Return the header's value for a body that is sent now."""
    return f"t={now_ms},v1={_digest(key, body, now_ms)}"


def check(key: bytes, value: str, body: bytes, now_ms: int) -> None:
    """Raise `WebhookError` unless the body was signed with the key, not longer ago than `MAX_AGE_MS`."""
    found = _FORM.fullmatch(value)
    if found is None:
        raise WebhookError(f"The webhook has no {HEADER} of the form t=…,v1=….")
    at_ms = int(found["at_ms"])
    if not hmac.compare_digest(_digest(key, body, at_ms), found["digest"]):
        raise WebhookError("The webhook was not signed with the shop's key, or was changed on its way.")
    if abs(now_ms - at_ms) > MAX_AGE_MS:
        raise WebhookError("The webhook is older than 5 minutes, or a clock is wrong.")


def _digest(key: bytes, body: bytes, at_ms: int) -> str:
    return hmac.new(key, f"{at_ms}.".encode() + body, "sha256").hexdigest()
