from sqlalchemy import select

from backend.contract.profile import RoomProfile
from backend.features.live.store import RoomStore
from backend.features.profile.store import write_profile
from backend.shop.catalog.pictures.names import picture_of
from backend.storage.database import Database
from backend.storage.tables import ROOM_PROFILES

FACE = "ab" * 20 + ".webp"


def test_the_row_of_a_room_says_which_pictures_it_shows_now(database: Database) -> None:
    RoomStore(database, "main").open("Room", 0)
    with database.transaction() as connection:
        write_profile(connection, "main", RoomProfile("青" * 40, "长" * 200, picture_of(FACE), None, 2))
        write_profile(connection, "main", RoomProfile("青禾", "", None, picture_of(FACE), 3))
        rows = connection.execute(select(ROOM_PROFILES)).all()
    assert [tuple(row) for row in rows] == [("main", "青禾", "", "", FACE, 3)]
