import msgspec
from sqlalchemy import insert

from backend.contract.base import Author, Role
from backend.contract.chat import Danmu
from backend.contract.shop import Product
from backend.features.live.store import RoomStore
from backend.log.entries import Said
from backend.log.event_log import EventLog
from backend.log.shop_entries import ProductEdited
from backend.log.upcasting import upcast
from backend.storage.database import Database
from backend.storage.tables import EVENT_LOG, ROOM_CHECKPOINTS
from tests.backend.room.talk import HOST, Talk, make_features

# As the version before the shop wrote it.
OLD_PRODUCT = (
    '{"product_id":"tea","number":1,"title":"茶","price_fen":3900,"market_price_fen":5900,"stock":5,'
    '"image_url":"/media/products/tea.svg","version":%d}'
)
HOST_THEN = '{"user_id":"host","name":"主播","role":"host","is_follower":false}'
OLD_ENTRY = (
    f'{{"type":"product_edited","by":{HOST_THEN},"before":{OLD_PRODUCT % 1},"after":{OLD_PRODUCT % 2}}}'
)
OLD_CHECKPOINT = (
    f'{{"number":1,"session_id":"","products":{{"edited":{{"tea":{{"product":{OLD_PRODUCT % 2},'
    f'"by":{HOST_THEN},"at_ms":7}}}}}}}}'
)
TEA = Product("tea", 1, "茶", 3900, 5900, 5, "/media/products/tea.svg", currency="CNY")


def test_an_edit_in_fen_is_read_as_one_in_the_shops_currency(database: Database) -> None:
    RoomStore(database, "main").open("Room", 0)
    row = {"room_id": "main", "number": 1, "at_ms": 1, "session_id": "", "entry": OLD_ENTRY}
    with database.transaction() as connection:
        connection.execute(insert(EVENT_LOG).values(row))
    [record] = EventLog(database, "main").after(0)
    host = Author("host", "主播", Role.HOST, is_follower=False)
    assert record.entry == ProductEdited(host, TEA, msgspec.structs.replace(TEA, version=2))


def test_a_checkpoint_in_fen_is_gone_on_from(database: Database) -> None:
    RoomStore(database, "main").open("Room", 0)
    with database.transaction() as connection:
        connection.execute(insert(ROOM_CHECKPOINTS).values(room_id="main", number=1, folds=OLD_CHECKPOINT))
    checkpoint = EventLog(database, "main").checkpoint()
    assert checkpoint is not None
    features = make_features(encoded=checkpoint.folds)
    assert features.number == 1
    assert features.products.state.edited["tea"].product.price_minor == 3900


def test_what_somebody_said_of_prices_stays_as_it_was() -> None:
    talk = Talk(make_features())
    talk.say('{"price_fen":1}', HOST)
    said = talk.records[-1].entry
    encoded = msgspec.json.encode(said).decode()
    assert upcast(encoded) == encoded
    assert isinstance(said, Said)
    assert isinstance(said.danmu, Danmu)
    assert msgspec.json.decode(upcast(encoded), type=Said) == said
