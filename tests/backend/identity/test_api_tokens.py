"""API tokens as they are kept, on both databases."""

import pytest
from sqlalchemy import select

from backend.contract.api_tokens import NewApiToken
from backend.contract.base import AssistantRight, Role
from backend.identity.api_tokens import NOTED_EVERY_MS, ApiTokenStore
from backend.identity.auth import TokenError
from backend.storage.database import Database, read_rows
from backend.storage.tables import API_TOKENS
from tests.backend.shop.goods import open_rooms

WANTED = NewApiToken("till", [AssistantRight.CUSTOMERS, AssistantRight.ORDERS, AssistantRight.ORDERS])


async def test_of_an_api_token_only_its_hash_is_kept(database: Database) -> None:
    open_rooms(database)
    made = await ApiTokenStore(database, clock_ms=lambda: 7).add("main", WANTED)
    with database.reading() as connection:
        (row,) = read_rows(connection, select(API_TOKENS))
    assert made.token not in str(row)
    assert made.token.removeprefix("lsa-") not in str(row)
    assert made.made.rights == [AssistantRight.ORDERS, AssistantRight.CUSTOMERS]


async def test_the_use_of_an_api_token_is_noted_once_a_minute(database: Database) -> None:
    open_rooms(database)
    now_ms = 7
    store = ApiTokenStore(database, clock_ms=lambda: now_ms)
    made = await store.add("main", WANTED)
    noted = []
    for pause_ms in (0, NOTED_EVERY_MS - 1, 1):
        now_ms += pause_ms
        await store.program(made.token)
        noted.append((await store.all("main"))[0].last_used_at_ms)
    assert noted == [7, 7, 7 + NOTED_EVERY_MS]
    program = await store.program(made.token)
    assert (program.room, program.role, program.rights) == ("main", Role.ASSISTANT, ())
    assert program.granted == {AssistantRight.ORDERS, AssistantRight.CUSTOMERS}
    assert await store.remove("main", made.made.token_id) is not None
    with pytest.raises(TokenError):
        await store.program(made.token)
