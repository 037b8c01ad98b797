"""The table of e-mails to buyers."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from backend.storage.metadata import METADATA

# Written in the transaction of what they tell; `due_at_ms` is set while one is to be sent. To whom it goes
# and what it says of the order is read when it is sent: `facts` is the JSON of what the order does not say.
MAILS: Final = Table(
    "mails",
    METADATA,
    Column("mail_id", String(32), primary_key=True),
    Column("order_id", ForeignKey("orders.order_id"), nullable=False, index=True),
    Column("room_id", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("facts", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("created_at_ms", BigInteger, nullable=False),
    Column("due_at_ms", BigInteger),
    Column("gives_up_at_ms", BigInteger, nullable=False),
    Column("last_error", String(200), nullable=False, server_default=""),
    Column("last_sent_at_ms", BigInteger),
    CheckConstraint("state IN ('waiting', 'delivered', 'given_up')", name="state_known"),
    Index(
        "ix_mails_due_at_ms",
        "due_at_ms",
        sqlite_where=text("due_at_ms IS NOT NULL"),
        postgresql_where=text("due_at_ms IS NOT NULL"),
    ),
)
