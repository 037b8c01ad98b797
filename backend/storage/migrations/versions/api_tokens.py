"""The tokens that a shop's own programs use the API with."""

import sqlalchemy as sa
from alembic import op

revision = "api_tokens"
down_revision = "unpaid_holds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "api_tokens",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("token_id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("rights", sa.Text, nullable=False),
        sa.Column("created_at_ms", sa.BigInteger, nullable=False),
        sa.Column("last_used_at_ms", sa.BigInteger),
        sa.PrimaryKeyConstraint("room_id", "token_id", name="pk_api_tokens"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_api_tokens_room_id"),
        sa.UniqueConstraint("room_id", "name", name="uq_api_tokens_room_id_name"),
        sa.UniqueConstraint("digest", name="uq_api_tokens_digest"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("api_tokens")
