"""The document of the shop's API against the backend that runs."""

import re
from pathlib import Path
from typing import Any

from tests.backend.http.api.shopping import Market, line, open_market, refused


async def test_every_endpoint_of_the_document_answers_as_it_says(tmp_path: Path) -> None:
    async with open_market(tmp_path) as market:
        document = (await market.http.get("/openapi.json")).json()
        named = {(method, path) for path, methods in document["paths"].items() for method in methods}
        declared = {(one.method.lower(), one.path) for one in market.backend.backend.selling.endpoints}
        assert named == declared
        for method, path in sorted(named):
            await check(market, method, path, document["paths"][path][method])


async def check(market: Market, method: str, path: str, told: dict[str, Any]) -> None:
    """Ask without a token, without a key, with nonsense, and for what is not there."""
    nowhere = re.sub(r"\{\w+\}", "nowhere", path)
    token = {"Authorization": f"Bearer {market.host.token}"}
    headers = {**token, "Idempotency-Key": "k"}
    without = await market.http.request(method, nowhere)
    keyless = await market.http.request(method, nowhere, headers=token, json={})
    empty = await market.http.request(method, nowhere, headers=headers, json={})
    nonsense = await market.http.request(method, nowhere, headers=headers, content=b"[")
    assert (without.status_code == 401) == ("security" in told), path
    needs_key = any(one["name"] == "idempotency-key" for one in told["parameters"])
    assert not needs_key or refused(keyless) == (400, "bad_request")
    takes_fields = "requestBody" in told and "security" in told
    assert not takes_fields or refused(nonsense) == (422, "malformed")
    for response in (without, keyless, empty, nonsense):
        content = told["responses"][str(response.status_code)]["content"]
        assert response.headers["content-type"] in content, (path, response.text)


async def test_the_answers_of_the_shop_are_what_the_document_says(tmp_path: Path) -> None:
    async with open_market(tmp_path) as market:
        schemas = (await market.http.get("/openapi.json")).json()["components"]["schemas"]
        buyer = await market.buyer()
        order = (await buyer.get(f"orders/{(await buyer.order(line())).order_id}")).json()
    assert set(order) == set(schemas["Order"]["properties"])
    assert set(schemas["Order"]["required"]) <= set(order)
    assert schemas["WantedLine"]["properties"]["quantity"] == {
        "type": "integer",
        "minimum": 1,
        "maximum": 9999,
    }
