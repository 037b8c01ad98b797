"""Pictures that buyers attach to cases."""

import sqlalchemy as sa
from alembic import op

revision = "case_pictures"
down_revision = "log_erasings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "case_pictures",
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("thumbnail", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "name", name=op.f("pk_case_pictures")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.case_id"], name=op.f("fk_case_pictures_case_id")),
    )
