"""Digests of several parts that cannot be mistaken for one another, and the commitment made with them."""

import hashlib
import json
import secrets
from typing import Final

SCHEME: Final = "livestall/1"
SECRET_BYTES: Final = 32


def packed(label: str, *parts: bytes) -> bytes:
    """Return label and parts, each after its length in 4 bytes: no other parts give the same bytes."""
    every = (f"{SCHEME}/{label}".encode(), *parts)
    return b"".join([len(part).to_bytes(4, "big") + part for part in every])


def digest(label: str, *parts: bytes) -> bytes:
    """Return the SHA-256 (FIPS 180-4) of packed parts; each use has a label of its own."""
    return hashlib.sha256(packed(label, *parts)).digest()


def new_secret() -> bytes:
    """Draw what a commitment hides: 32 random bytes, so that nobody finds them by trying."""
    return secrets.token_bytes(SECRET_BYTES)


def canonical(value: object) -> str:
    """Return the one JSON text of a value: keys sorted, no spaces, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def commitment(kind: str, campaign_id: str, terms: str, secret: bytes) -> str:
    """Return what is published when a campaign opens: it binds the shop, and tells nothing of the secret.

    Args:
        kind: the kind of campaign, such as "draw".
        campaign_id: the campaign's id.
        terms: its terms as text, exactly as they are published (`canonical` makes one).
        secret: what is revealed at the end. It must not be guessable: 32 random bytes, or begin with them.
    """
    return digest("commitment", kind.encode(), campaign_id.encode(), terms.encode(), secret).hex()
