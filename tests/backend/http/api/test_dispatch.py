from collections.abc import AsyncIterator

import httpx
import msgspec
import pytest
from sqlalchemy.exc import IntegrityError

from backend.contract.base import AssistantRight
from backend.http.api.endpoint import Call, Nothing
from backend.http.api.problems import refusal
from backend.identity.auth import Claims
from backend.limits import ApiPace
from backend.shop.orders.changes import ChangedMeanwhileError
from backend.shop.orders.limits import OverLimitError
from backend.shop.stock.movements import NotEnoughStockError
from backend.storage.database import StorageError
from backend.storage.writer import BusyError
from tests.backend.http.api.sample import (
    ASSISTANT,
    HOST,
    SIGNER,
    VIEWER,
    NewNote,
    Note,
    TooManyStars,
    bearer,
    details,
    sample_api,
    write_note,
)

NOTES = "/api/v1/notes"


async def write(
    client: httpx.AsyncClient, body: object, key: str = "k", token: str = VIEWER
) -> httpx.Response:
    return await client.post(NOTES, json=body, headers=bearer(token, key))


async def test_an_endpoint_gets_who_asks_and_what_is_asked() -> None:
    async with sample_api() as client:
        response = await write(client, {"text": "good", "price": 1}, "once")
    note = msgspec.json.decode(response.content, type=Note)
    assert (response.status_code, note.text, note.stars) == (201, "good", 3)
    assert (note.writer, note.key) == ("guest-1", "once")
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (ChangedMeanwhileError("The order 1 is not at version 2 any more."), 409, "outrun"),
        (OverLimitError("A limit was passed."), 409, "outrun"),
        (NotEnoughStockError("The stock does not allow it."), 409, "outrun"),
        (IntegrityError("INSERT", {"name": "林悦"}, ValueError("UNIQUE")), 503, "unavailable"),
        (StorageError("The disk is full."), 503, "unavailable"),
        (BusyError("Too many wait."), 503, "unavailable"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_write_that_cannot_be_done_now_is_refused_with_a_hint_to_retry(
    error: Exception, status: int, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_call: Call[Nothing, NewNote]) -> Note:
        raise error

    async with sample_api(write=fail) as client:
        response = await write(client, {"text": "good"})
    problem = details(response)
    assert (problem.status, problem.type) == (status, kind)
    assert "again" in problem.detail
    assert int(response.headers["retry-after"]) > 0
    assert str(error) not in problem.detail
    assert "林悦" not in caplog.text


async def test_a_request_counts_from_when_it_was_there_whole_however_long_it_was_looked_at() -> None:
    now_ms, received = 1000, []

    async def admits(_claims: Claims) -> None:
        nonlocal now_ms
        now_ms += 30

    async def hold_back() -> AsyncIterator[bytes]:
        nonlocal now_ms
        yield b'{"text": '
        now_ms += 1500
        yield b'"late"}'

    async def note(call: Call[Nothing, NewNote]) -> Note:
        received.append(call.received_at_ms)
        return await write_note(call)

    async with sample_api(admits=admits, write=note, clock_ms=lambda: now_ms) as client:
        response = await client.post(NOTES, content=hold_back(), headers=bearer(VIEWER, "k"))
    assert (response.status_code, received) == (201, [2500])


async def test_the_hash_of_a_body_is_that_of_what_it_says() -> None:
    async with sample_api() as client:
        one = await client.post(NOTES, content=b'{"text":"a","stars":2}', headers=bearer(VIEWER, "k"))
        same = await client.post(NOTES, content=b'{ "stars": 2, "text": "a" }', headers=bearer(VIEWER, "k"))
        other = await client.post(NOTES, content=b'{"text":"b","stars":2}', headers=bearer(VIEWER, "k"))
    assert one.json()["body_hash"] == same.json()["body_hash"] != other.json()["body_hash"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"text": 7},
        {"text": "a", "stars": 0},
        {"text": "a", "stars": -1},
        {"text": "a", "stars": 1.5},
        {"text": "a", "stars": 2**70},
        {"text": "x" * 11},
        {"text": "a", "labels": ["1", "2", "3"]},
        {"text": "a", "labels": ["longer"]},
    ],
)
async def test_a_body_that_is_not_what_the_endpoint_takes_is_malformed(body: object) -> None:
    async with sample_api() as client:
        response = await write(client, body)
    assert (response.status_code, details(response).type) == (422, "malformed")


async def test_a_body_that_is_too_large_is_refused() -> None:
    async with sample_api() as client:
        response = await write(client, {"text": "x" * 20_000})
    assert (response.status_code, details(response).status) == (413, 413)


@pytest.mark.parametrize("key", ["", "k" * 65, "tab\there"])
async def test_a_write_needs_a_usable_idempotency_key(key: str) -> None:
    async with sample_api() as client:
        response = await client.post(
            NOTES, json={"text": "a"}, headers={**bearer(VIEWER), "Idempotency-Key": key}
        )
    assert (response.status_code, details(response).type) == (400, "bad_request")


@pytest.mark.parametrize("address", ["n?limit=0", "n?limit=101", "n?limit=many", "n?limit=1.5", "n" * 129])
async def test_parameters_of_an_address_are_checked(address: str) -> None:
    async with sample_api() as client:
        assert (await client.get(f"{NOTES}/n?limit=7&other=x")).json() == {"number": 7}
        response = await client.get(f"{NOTES}/{address}")
    assert (response.status_code, details(response).type) == (422, "malformed")


@pytest.mark.parametrize(
    ("token", "status"),
    [("", 401), ("nonsense", 401), (VIEWER, 403), (ASSISTANT, 403), (HOST, 200)],
)
async def test_what_is_the_hosts_nobody_else_may_do(token: str, status: int) -> None:
    async with sample_api() as client:
        response = await client.get(NOTES, headers=bearer(token) if token else {})
    assert response.status_code == status
    if status == 401:
        assert response.headers["www-authenticate"] == "Bearer"


async def test_an_assistant_may_do_what_they_have_the_right_for() -> None:
    rights = {"assistant-1": AssistantRight.PRODUCTS, "assistant-2": AssistantRight.CHAT}

    async def has_right(claims: Claims, right: AssistantRight) -> bool:
        return rights[claims.user_id] is right

    async with sample_api(has_right=has_right) as client:
        tokens = (ASSISTANT, SIGNER.assistant("main", "assistant-2"), HOST, VIEWER)
        codes = [
            (await client.post("/api/v1/measures", content=b"123", headers=bearer(token))).status_code
            for token in tokens
        ]
    assert codes == [200, 403, 200, 403]


async def test_an_endpoint_can_read_a_body_byte_by_byte() -> None:
    async with sample_api() as client:
        response = await client.post("/api/v1/measures", content=b'{ "a" : 1 }', headers=bearer(HOST))
    assert response.json() == {"number": 11}


async def test_who_may_not_come_in_any_more_gets_no_answer() -> None:
    async def admits(claims: Claims) -> None:
        raise refusal(403, f"Not {claims.user_id} of {claims.room}.")

    async with sample_api(admits=admits) as client:
        response = await write(client, {"text": "a"})
    assert details(response).detail == "Not guest-1 of main."


async def test_a_refusal_can_have_members_of_its_kind() -> None:
    async with sample_api() as client:
        response = await write(client, {"text": "a", "stars": 5})
    problem = msgspec.json.decode(response.content, type=TooManyStars)
    assert (response.status_code, problem.type, problem.left) == (409, "too_many_stars", 4)


async def test_a_wrong_method_is_told_the_right_ones() -> None:
    async with sample_api() as client:
        response = await client.delete(NOTES)
    assert (response.status_code, details(response).type) == (405, "wrong_method")
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


async def test_users_and_addresses_have_a_pace() -> None:
    async def codes(pace: ApiPace) -> list[int]:
        async with sample_api(pace=pace) as client:
            tokens = (VIEWER, VIEWER, SIGNER.viewer("main", "guest-2"))
            return [(await write(client, {"text": "a"}, token=token)).status_code for token in tokens]

    assert await codes(ApiPace(user_per_second=0.01, user_at_once=1)) == [201, 429, 201]
    assert await codes(ApiPace(address_per_second=0.01, address_at_once=1)) == [201, 429, 429]


async def test_texts_arrive_without_what_nobody_sees() -> None:
    async with sample_api() as client:
        response = await write(client, {"text": "\u202ego\x00od", "labels": ["\x00"]})
        gone = await client.get(f"{NOTES}/go%00ne")
    assert msgspec.json.decode(response.content, type=Note).text == "good"
    assert gone.status_code == 404


async def test_who_cannot_be_looked_up_is_told_to_come_again(caplog: pytest.LogCaptureFixture) -> None:
    async def admits(_claims: Claims) -> None:
        raise StorageError("The disk is full.")

    async with sample_api(admits=admits) as client:
        response = await write(client, {"text": "good"})
    assert details(response).status == 503
    assert response.headers["retry-after"] == "2"
    assert "cannot be looked up: The disk is full." in caplog.text
