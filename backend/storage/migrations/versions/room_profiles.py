"""How each room presents itself: title, notice, and which pictures it shows."""

import sqlalchemy as sa
from alembic import op

revision = "room_profiles"
down_revision = "coupons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "room_profiles",
        sa.Column("room_id", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("notice", sa.String(400), nullable=False),
        sa.Column("avatar", sa.String(100), nullable=False),
        sa.Column("cover", sa.String(100), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("room_id", name="pk_room_profiles"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name="fk_room_profiles_room_id"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("room_profiles")
