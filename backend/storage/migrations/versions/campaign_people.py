"""By what people are counted in campaigns of all kinds; red packets had columns of their own."""

import sqlalchemy as sa
from alembic import op

revision = "campaign_people"
down_revision = "auctions"
branch_labels = None
depends_on = None

_CLAIMS = "red_packet_claims"
_PHONE = "uq_red_packet_claims_campaign_id_phone_key"
_TAKE = (
    "INSERT INTO campaign_people (campaign_id, user_id, origin, phone_key) "
    "SELECT campaign_id, user_id, origin, phone_key FROM red_packet_claims "
    "WHERE origin != '' OR phone_key IS NOT NULL"
)
_GIVE_BACK = (
    "UPDATE red_packet_claims SET origin = person.origin, phone_key = person.phone_key "
    "FROM campaign_people AS person WHERE person.campaign_id = red_packet_claims.campaign_id "
    "AND person.user_id = red_packet_claims.user_id"
)


def upgrade() -> None:
    """Add the table, and move what red packets kept."""
    op.create_table(
        "campaign_people",
        sa.Column("campaign_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=152), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("phone_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.campaign_id"], name=op.f("fk_campaign_people_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "user_id", name=op.f("pk_campaign_people")),
        sa.UniqueConstraint(
            "campaign_id", "phone_key", name=op.f("uq_campaign_people_campaign_id_phone_key")
        ),
    )
    op.create_index(op.f("ix_campaign_people_user_id"), "campaign_people", ["user_id"])
    op.execute(_TAKE)
    with op.batch_alter_table(_CLAIMS) as batch:
        batch.drop_constraint(op.f(_PHONE), type_="unique")
        batch.drop_column("phone_key")
        batch.drop_column("origin")


def downgrade() -> None:
    """Give red packets their columns back, and drop the table."""
    with op.batch_alter_table(_CLAIMS) as batch:
        batch.add_column(sa.Column("origin", sa.String(length=16), server_default="", nullable=False))
        batch.add_column(sa.Column("phone_key", sa.String(length=64), nullable=True))
        batch.create_unique_constraint(op.f(_PHONE), ["campaign_id", "phone_key"])
    op.execute(_GIVE_BACK)
    op.drop_table("campaign_people")
