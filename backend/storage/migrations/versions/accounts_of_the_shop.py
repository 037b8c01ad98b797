"""Accounts become the shop's: the same one enters every room."""

import sqlalchemy as sa
from alembic import op

revision = "accounts_of_the_shop"
down_revision = "provider_states"
branch_labels = None
depends_on = None

# As long as a name may be.
_MOST_LETTERS = 20


def upgrade() -> None:
    """Move the accounts; of equal names of several rooms the oldest stays, the others get a number."""
    connection = op.get_bind()
    query = "SELECT * FROM accounts ORDER BY created_at_ms, room_id, user_id"
    former = list(connection.execute(sa.text(query)).mappings())
    op.drop_index("ix_accounts_room_id_look_key", "accounts")
    op.drop_table("accounts")
    _create_accounts()
    _create_former_accounts()
    names: set[str] = set()
    looks: set[str] = set()
    users: set[str] = set()
    for row in former:
        # A guest's id is drawn by the server and was good in one room: the same one twice is one person.
        if row["user_id"] not in users:
            users.add(row["user_id"])
            connection.execute(_ACCOUNT, _unlike(row, names, looks))
        connection.execute(_FORMER, dict(row))


_ACCOUNT = sa.text(
    "INSERT INTO accounts (user_id, name, name_key, password_hash, version, created_at_ms, look_key) "
    "VALUES (:user_id, :name, :name_key, :password_hash, :version, :created_at_ms, :look_key)"
)
_FORMER = sa.text(
    "INSERT INTO former_accounts (room_id, name_key, user_id, name) "
    "VALUES (:room_id, :name_key, :user_id, :name)"
)


def _create_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_key", sa.String(length=128), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at_ms", sa.BigInteger(), nullable=False),
        sa.Column("look_key", sa.String(length=128), nullable=True),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name_key", name=op.f("uq_accounts_name_key")),
    )
    op.create_index("ix_accounts_look_key", "accounts", ["look_key"], unique=True)
    op.create_index("ix_accounts_created_at_ms", "accounts", ["created_at_ms"])


def _create_former_accounts() -> None:
    op.create_table(
        "former_accounts",
        sa.Column("room_id", sa.String(length=64), nullable=False),
        sa.Column("name_key", sa.String(length=128), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.room_id"], name=op.f("fk_former_accounts_room_id")),
        sa.ForeignKeyConstraint(["user_id"], ["accounts.user_id"], name=op.f("fk_former_accounts_user_id")),
        sa.PrimaryKeyConstraint("room_id", "name_key", name=op.f("pk_former_accounts")),
    )


def _unlike(row: sa.RowMapping, names: set[str], looks: set[str]) -> dict[str, object]:
    """Return the account by a name that none before it has."""
    values = dict(row)
    number = 1
    while values["name_key"] in names:
        number += 1
        room_for = _MOST_LETTERS - len(str(number))
        values["name"] = f"{row['name'][:room_for]}{number}"
        # Both keys are made of the name when the backend starts.
        values["name_key"], values["look_key"] = f"{row['name_key'][:room_for]}{number}", None
    names.add(values["name_key"])
    if values["look_key"] in looks:
        values["look_key"] = None
    elif values["look_key"] is not None:
        looks.add(values["look_key"])
    return values
