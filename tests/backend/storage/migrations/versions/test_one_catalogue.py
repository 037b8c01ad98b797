"""The rooms' own products go, on databases that sold with the shop's copies beside them."""

import json
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from backend.contract.base import Author, Role
from backend.features.live.store import RoomStore
from backend.log.entries import CardPutUp, Requested
from backend.log.event_log import EventLog
from backend.log.shop_entries import ProductEdited
from backend.shop.room_products import CatalogStore
from backend.storage.database import MIGRATIONS, Database
from backend.storage.engines import Place
from tests.backend.shop.goods import check_books, stock_of

INSERT_PRODUCT = (
    "INSERT INTO products (room_id, product_id, position, title, price_fen, market_price_fen, stock, image, "
    "version) VALUES (:room, :id, :position, :title, :price, NULL, :stock, :image, :version)"
)
OLD_TEA = '{"product_id":"tea","number":1,"title":"茶","price_fen":%d,"market_price_fen":null,"stock":5,' + (
    '"image_url":"","version":%d}'
)
BY = '{"user_id":"host","name":"主播","role":"host","is_follower":false}'
OLD_ENTRIES = (
    '{"type":"requested","user_id":"anna","product_id":"tea"}',
    '{"type":"card_put_up","product_id":"tea"}',
    f'{{"type":"product_edited","by":{BY},"before":{OLD_TEA % (100, 1)},"after":{OLD_TEA % (200, 2)}}}',
)


class OldDatabase:
    """A database as an earlier version left it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def migrate(self, revision: str) -> None:
        with self._engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(MIGRATIONS))
            config.attributes["connection"] = connection
            command.upgrade(config, revision)

    def run(self, statement: str, **values: object) -> None:
        with self._engine.begin() as connection:
            connection.execute(text(statement), values)

    def open_room(self, room: str) -> None:
        self.run("INSERT INTO rooms (room_id, title, created_at_ms) VALUES (:r, 'A', 1)", r=room)

    def sell(self, room: str, product_id: str, *, price: int, stock: int, position: int = 0) -> None:
        self.run(
            INSERT_PRODUCT,
            room=room,
            id=product_id,
            position=position,
            title=f"{product_id} {room}",
            price=price,
            stock=stock,
            image="tea.svg",
            version=1,
        )

    def edit(self, room: str, product_id: str, *, price: int, stock: int) -> None:
        self.run(
            "UPDATE products SET price_fen = :price, stock = :stock, version = version + 1 "
            "WHERE room_id = :room AND product_id = :id",
            room=room,
            id=product_id,
            price=price,
            stock=stock,
        )


@pytest.fixture
def old(place: Place) -> Iterator[OldDatabase]:
    engine = place.open()
    old = OldDatabase(engine)
    old.migrate("host_generations")
    for room in ("main", "second"):
        old.open_room(room)
        old.sell(room, "tea", price=100, stock=10)
    old.sell("main", "cup", price=500, stock=3, position=1)
    yield old
    engine.dispose()


def test_a_database_from_before_the_shop_shows_the_same_products(old: OldDatabase, place: Place) -> None:
    database = Database(place)
    shown = CatalogStore(database, "main").load().products
    assert [(one.product_id, one.number, one.price_minor, one.stock) for one in shown] == [
        ("main:tea", 1, 100, 10),
        ("cup", 2, 500, 3),
    ]
    assert [one.title for one in CatalogStore(database, "second").load().products] == ["tea second"]
    check_books(database)
    database.close()


def test_what_rooms_changed_since_the_copy_is_brought_over(old: OldDatabase, place: Place) -> None:
    old.migrate("sandbox")
    old.edit("main", "tea", price=200, stock=8)
    old.sell("second", "pot", price=900, stock=2, position=1)
    # Meanwhile the shop sold three of its copy.
    old.run("UPDATE stock SET on_hand = on_hand - 3, sold = sold + 3 WHERE sku_id = 'main:tea'")
    old.run(
        "INSERT INTO stock_movements (sku_id, kind, on_hand, reserved, sold, reason, actor, at_ms) "
        "VALUES ('main:tea', 'sale', -3, 0, 3, '', 'anna', 1)"
    )
    database = Database(place)
    [tea, cup] = CatalogStore(database, "main").load().products
    assert (tea.price_minor, tea.version) == (200, 2)
    assert stock_of(database, "main:tea") == (5, 0, 3)
    assert (cup.price_minor, cup.stock) == (500, 3)
    assert [one.product_id for one in CatalogStore(database, "second").load().products] == [
        "second:tea",
        "pot",
    ]
    check_books(database)
    database.close()


def test_an_old_log_and_its_card_speak_of_the_rooms_own_product(old: OldDatabase, place: Place) -> None:
    for number, entry in enumerate(OLD_ENTRIES, start=1):
        old.run(
            "INSERT INTO event_log (room_id, number, at_ms, session_id, entry) "
            "VALUES ('main', :number, 1, '', :entry)",
            number=number,
            entry=entry,
        )
    old.run("INSERT INTO room_checkpoints (room_id, number, folds) VALUES ('main', 3, '{}')")
    old.run(
        "INSERT INTO room_facts (room_id, phase, session_id, reason, card_product_id, card_shown_at_ms, "
        "alive_at_ms) VALUES ('main', 'preview', '', '', 'tea', 1, 1)"
    )
    database = Database(place)
    log = EventLog(database, "main")
    requested, shown, edited = [record.entry for record in log.after(0)]
    assert (requested, shown) == (Requested("anna", "main:tea"), CardPutUp("main:tea"))
    assert isinstance(edited, ProductEdited)
    assert edited.by == Author("host", "主播", Role.HOST, is_follower=False)
    assert (edited.after.product_id, edited.after.price_minor) == ("main:tea", 200)
    assert log.checkpoint() is None
    remembered = RoomStore(database, "main").load()
    assert remembered is not None
    assert remembered.facts.card_product_id == "main:tea"

    later = json.dumps({"type": "card_put_up", "product_id": "tea"}, separators=(",", ":"))
    with database.transaction() as connection:
        connection.execute(
            text(
                "INSERT INTO event_log (room_id, number, at_ms, session_id, entry) "
                "VALUES ('main', 4, 1, '', :entry)"
            ),
            {"entry": later},
        )
    assert [record.entry for record in log.after(3)] == [CardPutUp("tea")]
    database.close()
