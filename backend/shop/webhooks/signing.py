"""Signatures of webhooks, after the Standard Webhooks specification (HMAC-SHA256, `v1`)."""

import base64
import hmac
from typing import Final

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - how secrets begin


def headers_of(key: bytes, message_id: str, body: bytes, now_s: int) -> dict[str, str]:
    """Return the headers of a message that is sent now."""
    signed = f"{message_id}.{now_s}.".encode() + body
    signature = base64.b64encode(hmac.new(key, signed, "sha256").digest()).decode()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(now_s),
        "webhook-signature": f"v1,{signature}",
    }


def secret_of(key: bytes) -> str:
    """Return a key as its receiver is given it."""
    return SECRET_PREFIX + base64.b64encode(key).decode()
