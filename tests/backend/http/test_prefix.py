import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from backend.http.prefix import Prefix, redirect


async def home(request: Request) -> PlainTextResponse:
    return redirect(request.scope, "/r/main")  # type: ignore[return-value]


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.scope['root_path']} {request.path_params['room']}")


def client(prefix: str = "") -> httpx.AsyncClient:
    app = Starlette(routes=[Route("/", home), Route("/r/{room}", page, methods=["GET", "POST", "OPTIONS"])])
    transport = httpx.ASGITransport(Prefix(app, prefix))
    return httpx.AsyncClient(transport=transport, base_url="http://shop.example")


@pytest.mark.parametrize("path", ["/r/main", "/live/r/main"])
async def test_the_proxy_may_take_the_prefix_off_or_leave_it(path: str) -> None:
    async with client("/live") as http:
        assert (await http.get(path)).text == "/live main"


async def test_a_path_that_only_begins_like_the_prefix_is_not_below_it() -> None:
    async with client("/live") as http:
        assert (await http.get("/livestock/r/main")).status_code == 404


@pytest.mark.parametrize(
    ("prefix", "asked", "led_to"),
    [
        ("", "/", "/r/main"),
        ("", "/r/main/?from=qr", "/r/main?from=qr"),
        ("/live", "/live", "/live/"),
        ("/live", "/live/", "/live/r/main"),
        ("/live", "/", "/live/r/main"),
        ("/live", "/live/r/main/", "/live/r/main"),
        ("/live", "/r/main//", "/live/r/main"),
        ("", "//evil.example/", "/evil.example"),
    ],
)
async def test_redirects_stay_below_the_prefix_and_may_be_followed_from_any_origin(
    prefix: str, asked: str, led_to: str
) -> None:
    async with client(prefix) as http:
        answer = await http.get(f"http://shop.example{asked}")

    assert (answer.status_code, answer.headers["location"]) == (307, led_to)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Location" in answer.headers["access-control-expose-headers"]


async def test_a_preflight_is_answered_where_others_are_led_away() -> None:
    async with client() as http:
        assert (await http.options("/r/main/")).text == " main"
        assert (await http.post("/r/main/")).status_code == 307
