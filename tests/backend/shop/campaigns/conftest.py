"""Campaigns of a sample kind, in a room that is live."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert

from backend.shop.campaigns.campaigns import Campaigns
from backend.storage.database import Database
from backend.storage.tables import LIVE_SESSIONS
from backend.storage.writer import GroupWriter
from tests.backend.shop.campaigns.sample import SampleKind
from tests.backend.shop.conftest import Clock
from tests.backend.shop.goods import ROOM, open_rooms

SESSION = "s-1"


def go_live(database: Database, session_id: str = SESSION, room: str = ROOM) -> None:
    """Begin a live session, as the room's log does."""
    row = {"room_id": room, "session_id": session_id, "started_at_ms": 1}
    with database.transaction() as connection:
        connection.execute(insert(LIVE_SESSIONS).values(row))


@pytest.fixture
def kind() -> SampleKind:
    """The one kind there is."""
    return SampleKind()


@pytest.fixture
async def campaigns(database: Database, clock: Clock, kind: SampleKind) -> AsyncIterator[Campaigns]:
    """The campaigns of a room that is live."""
    open_rooms(database)
    go_live(database)
    writer = GroupWriter(database)
    yield Campaigns(database, writer, {kind.name: kind}, clock_ms=clock)
    await asyncio.to_thread(writer.close)
