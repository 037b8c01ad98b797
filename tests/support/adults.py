"""People of tests who said that they are old enough to give and to buy coins."""

import httpx

from backend.contract.sale_settings import ADULT_AT, Profile
from backend.shop.coins.ages import confirm_age
from backend.storage.database import Database

AGE = ADULT_AT[Profile.CN]


def let_be_adults(database: Database, *user_ids: str) -> None:
    """Let people have said it."""
    with database.shop_transaction() as connection:
        for user_id in user_ids:
            confirm_age(connection, user_id, AGE, 0)


async def say_age(http: httpx.AsyncClient, token: str) -> None:
    """Say it for whoever has a token."""
    headers = {"Authorization": f"Bearer {token}"}
    response = await http.post("/api/v1/me/age", json={"age": AGE}, headers=headers)
    assert response.status_code == 200, response.text
