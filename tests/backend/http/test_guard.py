import httpx
import pytest
from starlette.responses import PlainTextResponse

from backend.http.guard import Guard
from backend.http.problems import problem


@pytest.fixture
def http() -> httpx.AsyncClient:
    guard = Guard(PlainTextResponse("ours"), ["localhost", "shop.example"])
    return httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://localhost")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST:8787",
        "localhost.",
        "127.0.0.1",
        "192.168.1.5:8787",
        "[::1]:80",
        "shop.example",
    ],
)
async def test_our_names_and_bare_addresses_are_answered(http: httpx.AsyncClient, host: str) -> None:
    assert (await http.get("/", headers={"Host": host})).text == "ours"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
        "[::1",
        "127.0.0.1:80; script-src *",
        "::1",
    ],
)
async def test_a_foreign_name_that_points_at_us_is_refused(http: httpx.AsyncClient, host: str) -> None:
    response = await http.get("/", headers={"Host": host})
    assert (response.status_code, response.json()["error"]) == (421, "wrong_host")


async def test_pages_may_load_from_us_alone_and_open_sockets_to_us(http: httpx.AsyncClient) -> None:
    headers = (await http.get("/", headers={"Host": "127.0.0.1:8787"})).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self' ws://127.0.0.1:8787 wss://127.0.0.1:8787"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


async def test_an_answers_own_policy_stands() -> None:
    own = problem(404, "x", "y", {"Content-Security-Policy": "sandbox"})
    client = httpx.AsyncClient(transport=httpx.ASGITransport(Guard(own, ["a"])), base_url="http://a")
    assert (await client.get("/")).headers["content-security-policy"] == "sandbox"
