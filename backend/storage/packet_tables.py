"""The tables of red packets: what each holds, the shares in their order, and who claimed which."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from backend.storage.metadata import METADATA

# `secret` is what the split follows from, hexadecimal; nobody sees it before the packet is over. `claimed`
# shares were handed out, the next one is at that place; they have `claimed_coins`.
RED_PACKETS: Final = Table(
    "red_packets",
    METADATA,
    Column("campaign_id", ForeignKey("campaigns.campaign_id"), primary_key=True),
    Column("secret", String(64), nullable=False),
    Column("shares", Integer, nullable=False),
    Column("coins", BigInteger, nullable=False),
    Column("coupon_id", ForeignKey("coupons.coupon_id")),
    Column("claimed", Integer, nullable=False, server_default="0"),
    Column("claimed_coins", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("claimed >= 0 AND claimed <= shares", name="claimed_within"),
    CheckConstraint("claimed_coins >= 0 AND claimed_coins <= coins", name="claimed_coins_within"),
    CheckConstraint("(coupon_id IS NULL AND coins >= shares) OR coins = 0", name="coins_or_coupons"),
)

RED_PACKET_SHARES: Final = Table(
    "red_packet_shares",
    METADATA,
    Column("campaign_id", ForeignKey("red_packets.campaign_id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("coins", BigInteger, nullable=False),
    CheckConstraint("coins >= 0", name="coins_not_negative"),
)

# A person has one share, and a share one person.
RED_PACKET_CLAIMS: Final = Table(
    "red_packet_claims",
    METADATA,
    Column("campaign_id", String(32), primary_key=True),
    Column("user_id", String(152), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    UniqueConstraint("campaign_id", "place"),
    ForeignKeyConstraint(
        ["campaign_id", "place"], ["red_packet_shares.campaign_id", "red_packet_shares.place"]
    ),
)
