import msgspec
import pytest

from backend.contract.base import AssistantRight, Author, RejectReason, Role
from backend.contract.cards import CardHidden, ShowCard
from backend.contract.shop import EditProduct, Product, ProductChanged, ProductsChanged
from backend.features.actor import Actor
from backend.log.shop_entries import ListingChanged, ProductEdited
from backend.shop.room_products import Catalog
from tests.backend.room.talk import ANNA, HELPER, HOST, Talk, make_features
from tests.support.memory_shop import MemoryShop

TEA = Product("tea", 1, "茶", 3900, 5900, 5, "/media/products/tea.svg")
SELLER = Actor("seller", Role.ASSISTANT, frozenset({AssistantRight.PRODUCTS}))
PRICER = Actor("pricer", Role.ASSISTANT, frozenset({AssistantRight.PRICES}))
RIGHTLESS = Actor(
    "nobody",
    Role.ASSISTANT,
    frozenset(AssistantRight) - {AssistantRight.PRODUCTS, AssistantRight.PRICES},
)


@pytest.fixture
def catalog() -> Catalog:
    return Catalog([TEA])


@pytest.fixture
def talk(catalog: Catalog) -> Talk:
    shop = MemoryShop(catalog)
    return Talk(make_features(catalog, shop=shop), shop)


def product(talk: Talk) -> Product:
    found = talk.features.products.get("tea")
    assert found is not None
    return found


def test_a_change_is_told_to_all_with_a_new_version(talk: Talk) -> None:
    assert talk.do(EditProduct("tea", 1, "  绿\u202e茶 ", 2900, 7), HOST) is None
    changed = Product("tea", 1, "绿茶", 2900, 5900, 7, TEA.image_url, version=2)
    assert talk.heard(ProductChanged).product == changed


def test_what_is_not_named_stays(talk: Talk) -> None:
    talk.do(EditProduct("tea", 1, stock=0), HOST)
    assert (product(talk).title, product(talk).price_minor, product(talk).stock) == ("茶", 3900, 0)


def test_each_field_needs_its_right(talk: Talk) -> None:
    assert talk.do(EditProduct("tea", 1, price_minor=1), SELLER) is RejectReason.FORBIDDEN
    assert talk.do(EditProduct("tea", 1, stock=9, price_minor=1), SELLER) is RejectReason.FORBIDDEN
    assert talk.do(EditProduct("tea", 1, stock=9), PRICER) is RejectReason.FORBIDDEN
    assert talk.do(EditProduct("tea", 1, title="x"), PRICER) is RejectReason.FORBIDDEN
    for actor in (ANNA, RIGHTLESS):
        assert talk.do(EditProduct("tea", 1, stock=9), actor) is RejectReason.FORBIDDEN
        assert talk.do(EditProduct("tea", 1, price_minor=9), actor) is RejectReason.FORBIDDEN
    assert talk.do(EditProduct("tea", 1), ANNA) is RejectReason.FORBIDDEN
    assert product(talk) == TEA
    assert talk.do(EditProduct("tea", 1, stock=9), SELLER) is None
    assert talk.do(EditProduct("tea", 2, price_minor=1), PRICER) is None


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (EditProduct("gone", 1, stock=1), RejectReason.UNKNOWN_PRODUCT),
        (EditProduct("tea", 1, price_minor=-1), RejectReason.MALFORMED),
        (EditProduct("tea", 1, title=" \u200b"), RejectReason.EMPTY),
        (EditProduct("tea", 1, title="x" * 101), RejectReason.TOO_LONG),
        (EditProduct("tea", 2, stock=1), RejectReason.CONFLICT),
    ],
)
def test_what_makes_no_sense_changes_nothing(talk: Talk, command: EditProduct, reason: RejectReason) -> None:
    assert talk.do(command, HOST) is reason
    assert product(talk) == TEA


def test_who_comes_second_is_told_who_was_first_and_what_there_is_now(talk: Talk) -> None:
    talk.do(EditProduct("tea", 1, price_minor=3500), HELPER)
    rejection = talk.rejection(EditProduct("tea", 1, price_minor=4500), HOST)

    assert rejection is not None
    assert rejection.reason is RejectReason.CONFLICT
    conflict = rejection.conflict
    assert conflict is not None
    assert conflict.by is not None
    assert (conflict.by.user_id, conflict.at_ms, conflict.version) == ("helper", talk.now_ms, 2)
    assert conflict.product is not None
    assert conflict.product.price_minor == 3500
    assert talk.do(EditProduct("tea", 2, price_minor=4500), HOST) is None


def test_wanting_what_is_so_already_is_no_conflict(talk: Talk) -> None:
    talk.do(EditProduct("tea", 1, price_minor=3500), HELPER)
    assert talk.do(EditProduct("tea", 1, price_minor=3500), HOST) is None
    assert not talk.told


def test_what_is_shown_changes_when_it_is_saved_and_not_before(talk: Talk, catalog: Catalog) -> None:
    talk.do(EditProduct("tea", 1, stock=1), HOST)
    assert catalog.get("tea") == TEA
    talk.features.saved(talk.records)
    assert catalog.products[0].stock == 1


def test_what_was_read_of_the_shop_since_is_newer_than_the_log(talk: Talk, catalog: Catalog) -> None:
    talk.do(EditProduct("tea", 1, stock=9), HOST)
    sold_since = msgspec.structs.replace(TEA, stock=8, version=2)
    catalog.replace([sold_since])
    talk.features.saved(talk.records)
    assert product(talk) == sold_since


def test_without_a_shop_nothing_can_be_changed() -> None:
    talk = Talk(make_features(Catalog([TEA])))
    assert talk.do(EditProduct("tea", 1, stock=9), HOST) is RejectReason.UNAVAILABLE


def test_everybody_reads_the_products_again_when_the_room_shows_others(talk: Talk, catalog: Catalog) -> None:
    talk.do(ShowCard("tea"), HOST)
    catalog.replace([])
    talk.told = []
    talk.happens(ListingChanged(7))
    assert talk.heard(ProductsChanged) == ProductsChanged()
    talk.passes(0)
    assert talk.heard(CardHidden) == CardHidden()
    assert talk.features.show().card is None


def test_who_changed_it_over_the_api_has_the_name_that_the_room_knows(talk: Talk) -> None:
    by_api = Author(HOST.user_id, HOST.user_id, Role.HOST, is_follower=False)
    cheaper = msgspec.structs.replace(TEA, price_minor=3500, version=2)
    talk.happens(ProductEdited(by_api, TEA, cheaper, 7))
    edited = talk.features.products.state.edited["tea"]
    assert (edited.by.user_id, edited.by.name) == ("host", "主播")
