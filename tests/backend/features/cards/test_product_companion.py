import pytest

from backend.contract.shop import EditProduct
from backend.features.cards.product_companion import ProductCompanion
from backend.features.live.store import RoomStore
from backend.log.event_log import EventLog
from backend.shop.room_products import CatalogStore, NewProduct
from backend.storage.database import Database, StorageError
from tests.backend.room.talk import HOST, Talk, make_features

TEA = NewProduct("tea", "茶", 3900, None, 5, "")


@pytest.fixture
def catalog_store(database: Database) -> CatalogStore:
    RoomStore(database, "main").open("Room", 0)
    store = CatalogStore(database, "main")
    store.seed([TEA])
    return store


def test_a_change_is_kept_with_its_entry(database: Database, catalog_store: CatalogStore) -> None:
    log = EventLog(database, "main")
    talk = Talk(make_features(catalog_store.load()))
    talk.do(EditProduct("tea", 1, price_minor=2900), HOST)
    talk.do(EditProduct("tea", 2, "好茶", stock=9), HOST)
    log.append(talk.records, companions=[ProductCompanion(catalog_store)])

    kept = catalog_store.load().products[0]
    assert kept == talk.features.products.get("tea")
    assert (kept.title, kept.price_minor, kept.stock, kept.version) == ("好茶", 2900, 9, 3)


def test_neither_is_kept_when_somebody_else_wrote_the_product(
    database: Database, catalog_store: CatalogStore
) -> None:
    log = EventLog(database, "main")
    talk = Talk(make_features(catalog_store.load()))
    talk.do(EditProduct("tea", 1, price_minor=2900), HOST)
    log.append(talk.records, companions=[ProductCompanion(catalog_store)])

    late = Talk(make_features(catalog_store.load()))
    late.do(EditProduct("tea", 2, price_minor=1), HOST)
    talk.do(EditProduct("tea", 2, price_minor=2), HOST)
    with pytest.raises(StorageError, match="not the one that was changed"):
        log.append([*late.records, *late.records], companions=[ProductCompanion(catalog_store)])
    assert catalog_store.load().products[0].price_minor == 2900
    assert len(list(log.after(0))) == 1
