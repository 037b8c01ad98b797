import time

import msgspec
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPixmap

from backend.contract.cards import Card, CardHidden, CardShown, HideCard, ShowCard
from backend.contract.protocol import Command
from backend.contract.shop import ProductChanged, ProductsChanged
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import ClockRead
from studio.connection.server_clock import ServerClock
from studio.shop.product_view import ProductView
from studio.window.main_window import MainWindow
from tests.studio.fakes import snapshot
from tests.widgets.products import SHELF


class Desk:
    """The products' view on a window, with a client that is not connected to anything."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.client = RoomClient()
        self.view = ProductView(self.client, ServerClock(self.client), window)

    def toasts(self) -> list[str]:
        return [toast.text.text() for toast in self.window.toasts.shown]


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    return Desk(window)


def test_a_snapshot_tells_which_card_is_on_air(desk: Desk) -> None:
    desk.client.updated.emit(snapshot(card=Card(SHELF[0], 1)))

    assert desk.window.products.on_air.title.text() == "1 · Green tea"


def test_cards_follow_the_room(desk: Desk) -> None:
    desk.client.updated.emit(CardShown(Card(SHELF[1], 1)))
    assert "Red lipstick" in desk.window.products.on_air.title.text()
    desk.client.updated.emit(CardHidden())

    assert desk.window.products.on_air.title.text() == "No card on air"


def test_a_card_that_was_taken_off_can_be_had_back(desk: Desk) -> None:
    sent: list[Command] = []
    desk.client.unsent.connect(sent.append)  # it is not connected
    desk.client.updated.emit(CardShown(Card(SHELF[1], 1)))
    desk.window.products.take_off()
    desk.client.updated.emit(CardHidden())
    toast = desk.window.toasts.shown[-1]
    assert "Red lipstick" in toast.text.text()
    toast.offer_button.click()

    assert sent == [HideCard(), ShowCard("p2")]


def test_a_card_that_a_colleague_took_off_is_not_offered(desk: Desk) -> None:
    desk.client.updated.emit(CardShown(Card(SHELF[1], 1)))
    desk.client.updated.emit(CardHidden())

    assert desk.toasts() == []


def test_how_long_a_card_is_on_air_goes_by_the_servers_clock(desk: Desk) -> None:
    shown_ms = 5_000_000
    desk.client.updated.emit(ClockRead(shown_ms + 65_500 - time.time() * 1000, 1))
    desk.client.updated.emit(CardShown(Card(SHELF[1], shown_ms)))

    assert desk.window.products.on_air.time.text() == "On air for 01:05"


def test_a_changed_product_is_shown_at_once(desk: Desk) -> None:
    desk.client.catalog_read.emit(SHELF)
    desk.client.updated.emit(CardShown(Card(SHELF[1], 1)))
    changed = msgspec.structs.replace(SHELF[1], title="Redder lipstick", version=2)
    desk.client.updated.emit(ProductChanged(changed))

    assert changed in desk.window.products.model.products
    assert "Redder lipstick" in desk.window.products.on_air.title.text()


def test_the_product_view_reads_a_changed_catalogue_again(desk: Desk) -> None:
    wanted: list[bool] = []
    desk.window.products.catalog_wanted.connect(lambda: wanted.append(True))
    desk.client.updated.emit(ProductsChanged())

    assert wanted == [True]


@pytest.mark.parametrize("command", [ShowCard("p1"), HideCard()])
def test_a_card_that_could_not_be_changed_is_told(desk: Desk, command: Command) -> None:
    desk.client.send(command)

    assert len(desk.toasts()) == 1


def test_pictures_of_products_are_shown_and_nonsense_is_not(desk: Desk) -> None:
    picture = QPixmap(2, 2)
    picture.fill("red")
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    desk.client.picture_read.emit("/a.png", data.data())
    desk.client.picture_read.emit("/b.png", b"no picture")

    assert desk.window.products.model.picture("/a.png") is not None
    assert desk.window.products.model.picture("/b.png") is None
