"""The page's side of the room's protocol, against a server that says what a test tells it to."""

import asyncio

import msgspec
from playwright.async_api import WebSocketRoute, expect

from backend.contract.base import Role
from backend.contract.cards import Card, CardHidden, CardShown
from backend.contract.live import Live, LivePhase, Presence
from backend.contract.protocol import (
    PROTOCOL_VERSION,
    Hello,
    Join,
    Reliable,
    Resumed,
    ServerMessage,
    Snapshot,
    decode_client_message,
    encode,
)
from tests.player.conftest import PRODUCTS, Viewer, Watch
from tests.support.show import Show, clock_ms


class ScriptedRoom:
    """Every socket the page opens ends here.

    Attributes:
        joins: what the page said it had seen, a join a socket.
        answers: what a join is answered with.
    """

    def __init__(self, protocol: int = PROTOCOL_VERSION) -> None:
        self.joins: asyncio.Queue[Join] = asyncio.Queue()
        self.answers: list[ServerMessage] = []
        self._protocol = protocol

    def accept(self, route: WebSocketRoute) -> None:
        self.route = route
        route.on_message(self._on_message)
        self.say(Hello(self._protocol, clock_ms(), Role.VIEWER, "somebody"))

    def say(self, message: ServerMessage) -> None:
        self.route.send(encode(message).decode())

    def _on_message(self, text: str | bytes) -> None:
        message = decode_client_message(text)
        if isinstance(message, Join):
            self.joins.put_nowait(message)
            for answer in self.answers:
                self.say(answer)


def snapshot(seq: int, card: Card | None = None) -> Snapshot:
    return Snapshot("e1", seq, "春茶小铺", Live(LivePhase.PREVIEW), card, Presence(1, 1))


def shown(index: int) -> CardShown:
    return CardShown(Card(PRODUCTS[index], 0))


async def open_page(room: ScriptedRoom, watch: Watch) -> Viewer:
    viewer = await watch(url="about:blank")
    await viewer.page.route_web_socket("**/ws/rooms/*", room.accept)
    return viewer


async def test_the_first_join_has_seen_nothing(show: Show, watch: Watch) -> None:
    room = ScriptedRoom()
    room.answers = [snapshot(5)]
    viewer = await open_page(room, watch)
    await viewer.page.goto(show.url)
    assert await room.joins.get() == Join("", 0)
    await viewer.until_slate("preview")


async def test_an_event_seen_before_is_passed_over_and_a_gap_is_filled(show: Show, watch: Watch) -> None:
    room = ScriptedRoom()
    room.answers = [snapshot(5, shown(0).card)]
    viewer = await open_page(room, watch)
    await viewer.page.goto(show.url)
    title = viewer.page.locator(".card__title")
    await expect(title).to_have_text(PRODUCTS[0].title)

    room.say(Reliable(5, CardHidden()))
    room.say(Reliable(6, shown(1)))
    await expect(title).to_have_text(PRODUCTS[1].title)
    assert await room.joins.get() == Join("", 0)

    room.answers = [Resumed("e1", 8), Reliable(7, CardHidden()), Reliable(8, shown(2))]
    room.say(Reliable(8, shown(2)))
    assert await room.joins.get() == Join("e1", 6)
    await expect(title).to_have_text(PRODUCTS[2].title)
    assert (await viewer.stats())["seq"] == 8


async def test_a_message_the_page_does_not_know_is_passed_over(show: Show, watch: Watch) -> None:
    room = ScriptedRoom()
    room.answers = [snapshot(1)]
    viewer = await open_page(room, watch)
    await viewer.page.goto(show.url)
    await viewer.until_slate("preview")
    room.route.send(msgspec.json.encode({"type": "of_tomorrow", "more": [1]}).decode())
    unknown = {"type": "reliable", "seq": 2, "event": {"type": "gift_sent"}}
    room.route.send(msgspec.json.encode(unknown).decode())
    room.say(Reliable(3, shown(0)))
    await expect(viewer.page.locator(".card__title")).to_have_text(PRODUCTS[0].title)
    assert room.joins.qsize() == 1


async def test_a_page_older_than_the_backend_asks_to_be_reloaded(show: Show, watch: Watch) -> None:
    viewer = await open_page(ScriptedRoom(protocol=PROTOCOL_VERSION + 1), watch)
    await viewer.page.goto(show.url)
    await viewer.until_slate("outdated")
    await expect(viewer.stage).to_contain_text("请刷新页面")
