"""The tables of wheels: what each holds, its prizes, and who spun what."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from backend.storage.metadata import METADATA

# `secret` is what the order of the slots follows from, hexadecimal; nobody sees it before the wheel is over.
# `deck` has a letter a slot in that order: the number of a prize, or `-`. `spun` slots were taken.
WHEELS: Final = Table(
    "wheels",
    METADATA,
    Column("campaign_id", ForeignKey("campaigns.campaign_id"), primary_key=True),
    Column("secret", String(64), nullable=False),
    Column("deck", Text, nullable=False),
    Column("slots", Integer, nullable=False),
    Column("coins", BigInteger, nullable=False),
    Column("spun", Integer, nullable=False, server_default="0"),
    Column("won_coins", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("slots >= 1 AND length(deck) = slots", name="deck_whole"),
    CheckConstraint("spun >= 0 AND spun <= slots", name="spun_within"),
    CheckConstraint("won_coins >= 0 AND won_coins <= coins", name="won_coins_within"),
)

WHEEL_PRIZES: Final = Table(
    "wheel_prizes",
    METADATA,
    Column("campaign_id", ForeignKey("wheels.campaign_id"), primary_key=True),
    Column("prize", Integer, primary_key=True, autoincrement=False),
    Column("stock", Integer, nullable=False),
    Column("coins", BigInteger, nullable=False),
    Column("coupon_id", ForeignKey("coupons.coupon_id")),
    Column("won", Integer, nullable=False, server_default="0"),
    CheckConstraint("won >= 0 AND won <= stock", name="won_within"),
    CheckConstraint("coins >= 0 AND (coins = 0 OR coupon_id IS NULL)", name="coins_or_coupon"),
)

# A slot is taken once, and a key counts once. `turn` is which of a person's own spins it is, 0 for the first.
WHEEL_SPINS: Final = Table(
    "wheel_spins",
    METADATA,
    Column("campaign_id", ForeignKey("wheels.campaign_id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("user_id", String(152), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("key", String(64), nullable=False),
    Column("prize", Integer),
    Column("at_ms", BigInteger, nullable=False),
    CheckConstraint("turn >= 0 AND turn < 10", name="turn_within"),
    UniqueConstraint("campaign_id", "user_id", "turn"),
    UniqueConstraint("campaign_id", "user_id", "key"),
    ForeignKeyConstraint(["campaign_id", "prize"], ["wheel_prizes.campaign_id", "wheel_prizes.prize"]),
    Index("ix_wheel_spins_campaign_id_prize", "campaign_id", "prize"),
)
