"""The row of a room's profile: the shop keeps the pictures that stand there."""

from sqlalchemy import Connection, insert, update

from backend.contract.profile import RoomProfile
from backend.storage.tables import ROOM_PROFILES


def write_profile(connection: Connection, room_id: str, profile: RoomProfile) -> None:
    """Write how a room presents itself, in a transaction of the caller's."""
    row: dict[str, object] = {
        "title": profile.title,
        "notice": profile.notice,
        "avatar": profile.avatar.name if profile.avatar else "",
        "cover": profile.cover.name if profile.cover else "",
        "version": profile.version,
    }
    changed = connection.execute(update(ROOM_PROFILES).where(ROOM_PROFILES.c.room_id == room_id).values(row))
    if not changed.rowcount:
        connection.execute(insert(ROOM_PROFILES).values({"room_id": room_id, **row}))
