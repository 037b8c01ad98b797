"""What all tables share: one collection, and how their constraints are named."""

from typing import Final

from sqlalchemy import BigInteger, Integer, MetaData

# Named constraints, so that a later migration can address them on every database.
METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A number that the database gives: SQLite counts only a column of exactly this type.
COUNTED: Final = BigInteger().with_variant(Integer, "sqlite")
