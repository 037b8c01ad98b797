"""Stream keys: what another program publishes with, and the way the host makes, names and revokes them.

Whoever makes a key keeps it: the backend is given its digest, and learns the key only when it is used.
"""

import hashlib
import re
import secrets
from typing import Final

import msgspec

# Of 32 random bytes nobody can try them all, so a fast digest will do.
KEY: Final = re.compile(r"lsk-[A-Za-z0-9_-]{43}")
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
MAX_NAME: Final = 40
MOST_KEYS: Final = 20


class StreamKey(msgspec.Struct, frozen=True):
    """A key as the host sees it.

    Attributes:
        name: of what publishes with it, as people read it when it takes over.
        last_used_at_ms: when it last began to publish; None for never.
        is_publishing: whether it is what viewers see now.
        is_held_back: whether it was displaced, and is refused until the host lets it in, or for some time.
    """

    key_id: str
    name: str
    created_at_ms: int
    last_used_at_ms: int | None = None
    is_publishing: bool = False
    is_held_back: bool = False


class StreamKeys(msgspec.Struct, frozen=True):
    """What `GET /api/rooms/<room>/stream-keys` gives, the oldest first."""

    keys: list[StreamKey]


class NewStreamKey(msgspec.Struct, frozen=True):
    """What `POST /api/rooms/<room>/stream-keys` takes: a name, and the digest of a key that the host made."""

    name: str
    digest: str


def new_stream_key() -> str:
    """Make a key, such as `lsk-…`; 256 bits by chance."""
    return f"lsk-{secrets.token_urlsafe(32)}"


def stream_key_digest(key: str) -> str:
    """Return what is kept of a key: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(key.encode()).hexdigest()
