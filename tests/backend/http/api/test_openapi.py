from typing import Any

import pytest

from backend.contract.bounds import MAX_INTEGER
from backend.http.api.endpoint import AnyEndpoint, Nothing, Who
from backend.http.api.openapi import write_document
from tests.backend.http.api.sample import ENDPOINTS, HOST, bearer, details, sample_api

DOCUMENT = write_document(ENDPOINTS)


def operation(endpoint: AnyEndpoint) -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENT["paths"][endpoint.path][endpoint.method.lower()]
    return found


def test_the_document_names_every_declared_endpoint_once() -> None:
    named = [
        operation["operationId"] for methods in DOCUMENT["paths"].values() for operation in methods.values()
    ]
    assert len(named) == len(set(named)) == len(ENDPOINTS)


def test_the_document_tells_the_bounds_of_what_is_sent() -> None:
    fields = DOCUMENT["components"]["schemas"]["NewNote"]["properties"]
    assert fields["text"] == {"type": "string", "maxLength": 10}
    assert fields["stars"] == {"type": "integer", "minimum": 1, "maximum": 5, "default": 3}
    assert (fields["labels"]["maxItems"], fields["labels"]["items"]) == (
        2,
        {"type": "string", "maxLength": 4},
    )
    assert DOCUMENT["components"]["schemas"]["Count"]["properties"]["number"]["maximum"] == MAX_INTEGER


def test_the_document_tells_where_parameters_stand() -> None:
    found = {one["name"]: one for one in operation(ENDPOINTS[2])["parameters"]}
    assert (found["note_id"]["in"], found["note_id"]["required"]) == ("path", True)
    assert found["note_id"]["schema"]["maxLength"] == 128
    assert (found["limit"]["in"], found["limit"]["required"]) == ("query", False)
    assert [one["name"] for one in operation(ENDPOINTS[0])["parameters"]] == ["idempotency-key"]


def test_the_document_tells_the_members_of_a_refusal() -> None:
    conflict = operation(ENDPOINTS[0])["responses"]["409"]["content"]["application/problem+json"]["schema"]
    assert {"$ref": "#/components/schemas/TooManyStars"} in conflict["anyOf"]
    assert "left" in DOCUMENT["components"]["schemas"]["TooManyStars"]["required"]


def references(part: object) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(references, part.values()))
    return set().union(*map(references, part)) if isinstance(part, list) else set()


def test_every_reference_in_the_document_leads_somewhere() -> None:
    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert references(DOCUMENT) <= known


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda one: one.name)
async def test_the_document_matches_the_running_server(endpoint: AnyEndpoint) -> None:
    told = operation(endpoint)
    async with sample_api() as client:
        path = endpoint.path.replace("{note_id}", "n")
        assert set((await client.get("/openapi.json")).json()["paths"]) == {one.path for one in ENDPOINTS}
        without = await client.request(endpoint.method, path)
        assert ("security" in told) == (endpoint.who is not Who.ANYONE) == (without.status_code == 401)
        key = "" if "400" not in told["responses"] else "k"
        body = {"text": "a"} if "requestBody" in told else None
        right = await client.request(endpoint.method, path, json=body, headers=bearer(HOST, key))
        assert str(right.status_code) == min(told["responses"])
        if endpoint.body is not Nothing and "application/json" in told["requestBody"]["content"]:
            wrong = await client.request(endpoint.method, path, content=b"{", headers=bearer(HOST, key))
            assert str(wrong.status_code) in told["responses"]
            assert wrong.is_success or details(wrong).status == 422
