"""Alembic's folder: `env.py` connects, `versions/` holds each change of the schema."""
