from collections.abc import Callable

import httpx
import pytest

from studio.connection.room_address import safest_url

NAME = "http://shop.example.com/live"
SECURE = "https://shop.example.com/live"


class Net:
    """A network that answers by URL and keeps what was asked."""

    def __init__(self, answers: dict[str, Callable[[], httpx.Response]]) -> None:
        self.asked: list[str] = []
        self._answers = answers

    async def search(self, url: str) -> str:
        return await safest_url(url, httpx.MockTransport(self._answer))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if str(request.url) not in self._answers:
            raise httpx.ConnectError("nobody listens")
        return self._answers[str(request.url)]()


def ok() -> httpx.Response:
    return httpx.Response(200, text="ok")


def to(url: str) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(308, headers={"Location": url})


async def test_a_name_is_asked_by_https_first() -> None:
    net = Net({f"{SECURE}/healthz": ok, f"{NAME}/healthz": ok})
    assert await net.search(NAME) == SECURE
    assert net.asked == [f"{SECURE}/healthz"]


async def test_a_name_without_https_is_spoken_to_by_http() -> None:
    net = Net({f"{NAME}/healthz": ok})
    assert await net.search(NAME) == NAME


async def test_a_redirect_to_https_at_the_same_name_is_followed_once() -> None:
    url, secure = "http://192.168.1.5:8080", "https://192.168.1.5:8443"
    net = Net({f"{url}/healthz": to(f"{secure}/healthz"), f"{secure}/healthz": ok})
    assert await net.search(url) == secure


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example.com/healthz",
        "http://192.168.1.5/healthz",
        "https://192.168.1.5/other",
        "https://192.168.1.5/healthz?x",
        "https://user@192.168.1.5/healthz",
        "//evil.example.com/healthz",
    ],
)
async def test_a_redirect_that_leads_elsewhere_is_not_followed(target: str) -> None:
    url = "http://192.168.1.5:8080"
    net = Net({f"{url}/healthz": to(target)})
    assert await net.search(url) == url
    assert net.asked == [f"{url}/healthz"]


async def test_an_address_with_https_and_one_that_nobody_answers_stay_as_they_are() -> None:
    assert await Net({}).search(SECURE) == SECURE
    assert await Net({}).search(NAME) == NAME
    assert await Net({}).search("http://192.168.1.5:8787") == "http://192.168.1.5:8787"
