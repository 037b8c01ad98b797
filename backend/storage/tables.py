"""The tables of rooms, accounts and nodes as they are now; `migrations/` tells how they came to be."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from backend.storage.metadata import METADATA

# `host_generation` grows when all tokens of the host given out so far shall end.
ROOMS: Final = Table(
    "rooms",
    METADATA,
    Column("room_id", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("host_generation", BigInteger, nullable=False, server_default="0"),
)

# One row a room: the `Facts` of backend.features.live.show, and when it last showed life while on air.
ROOM_FACTS: Final = Table(
    "room_facts",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("phase", String(16), nullable=False),
    Column("session_id", String(64), nullable=False),
    Column("started_at_ms", BigInteger),
    Column("reason", String(64), nullable=False),
    Column("card_product_id", String(160), nullable=False),
    Column("card_shown_at_ms", BigInteger, nullable=False),
    Column("unpublished_since_ms", BigInteger),
    Column("alive_at_ms", BigInteger, nullable=False),
)

# One row a room whose host set something: the `RoomProfile` of backend.contract.profile. `avatar` and `cover`
# are names of pictures, empty for none.
ROOM_PROFILES: Final = Table(
    "room_profiles",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("notice", String(400), nullable=False),
    Column("avatar", String(100), nullable=False),
    Column("cover", String(100), nullable=False),
    Column("version", BigInteger, nullable=False),
)

LIVE_SESSIONS: Final = Table(
    "live_sessions",
    METADATA,
    Column("session_id", String(64), primary_key=True),
    Column("room_id", ForeignKey("rooms.room_id"), nullable=False, index=True),
    Column("started_at_ms", BigInteger, nullable=False),
    Column("ended_at_ms", BigInteger),
    Column("end_reason", String(64)),
)

# What rooms called their products before they were the shop's: so the log calls them up to a number.
FORMER_PRODUCTS: Final = Table(
    "former_products",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("product_id", String(64), primary_key=True),
    Column("spu_id", String(160), nullable=False),
    Column("up_to_number", BigInteger, nullable=False),
)

# One row an account of the shop, which enters every room. What is typed as the same name has the same
# `name_key`, what is read as the same name the same `look_key` (NULL where an older account looks like
# another one); `version` grows when all tokens given out so far shall end.
ACCOUNTS: Final = Table(
    "accounts",
    METADATA,
    Column("user_id", String(64), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("name_key", String(128), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("look_key", String(128)),
    Index("ix_accounts_look_key", "look_key", unique=True),
    Index("ix_accounts_created_at_ms", "created_at_ms"),
)

# Where accounts were made, and by which name, before they were the shop's: two rooms may have had one name.
FORMER_ACCOUNTS: Final = Table(
    "former_accounts",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("name_key", String(128), primary_key=True),
    Column("user_id", ForeignKey("accounts.user_id"), nullable=False),
    Column("name", String(64), nullable=False),
)

# Entries of backend.log.entries as JSON, numbered in each room without gaps. Rows change only where somebody
# is erased (backend.erasing).
EVENT_LOG: Final = Table(
    "event_log",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("session_id", String(64), nullable=False),
    Column("media_ms", BigInteger),
    Column("entry", Text, nullable=False),
)

# What the log folds to up to a number, so that a start need not read it all; derived, and may be deleted.
ROOM_CHECKPOINTS: Final = Table(
    "room_checkpoints",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("folds", Text, nullable=False),
)

# Which node owns a room, where several share the database; see backend.cluster.lease. `term` grows with each
# change of hands; `epoch` stays, so that clients resume over them; `until_ms` is by the database's clock.
ROOM_LEASES: Final = Table(
    "room_leases",
    METADATA,
    Column("room_id", String(64), primary_key=True),
    Column("node_id", String(64), nullable=False),
    Column("term", BigInteger, nullable=False),
    Column("epoch", String(64), nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)

# The last reliable events of each room under their numbers, as clients get them: the next owner goes on from
# here. Kept where several nodes share the database only.
TOLD_EVENTS: Final = Table(
    "told_events",
    METADATA,
    Column("room_id", String(64), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("payload", Text, nullable=False),
)

SHARED_SECRETS: Final = Table(
    "shared_secrets",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("secret", String(200), nullable=False),
)

# What other programs publish with, no more. Of a key only the SHA-256 is kept; a revoked one is gone.
STREAM_KEYS: Final = Table(
    "stream_keys",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("key_id", String(16), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("last_used_at_ms", BigInteger),
    UniqueConstraint("room_id", "name"),
)

# What programs of the shop's use the API with. Of a token only the SHA-256 is kept; `rights` is a JSON list.
API_TOKENS: Final = Table(
    "api_tokens",
    METADATA,
    Column("room_id", ForeignKey("rooms.room_id"), primary_key=True),
    Column("token_id", String(16), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("rights", Text, nullable=False),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("last_used_at_ms", BigInteger),
    UniqueConstraint("room_id", "name"),
    UniqueConstraint("digest"),
)
