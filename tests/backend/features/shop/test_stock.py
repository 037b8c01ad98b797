import pytest

from backend.contract.base import AssistantRight
from backend.contract.shop_events import ProductStock, SkuStock, StockChanged, StockCounted
from backend.features.deliveries import ToStaff
from backend.features.shop.stock import MOST_PRODUCTS
from backend.log.shop_entries import ProductLeft, ShopStockCounted
from backend.shop.stock.coarse import coarse
from tests.backend.room.talk import Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def counted(**skus: int) -> ShopStockCounted:
    """A count of the tea's SKUs."""
    return ShopStockCounted([1], [ProductLeft("tea", skus)])


@pytest.mark.parametrize(
    ("left", "shown"),
    [(0, 0), (1, 1), (9, 9), (10, 10), (19, 10), (20, 20), (49, 20), (50, 50), (99, 50), (12_345, 10_000)],
)
def test_what_is_left_is_exact_where_it_is_little(left: int, shown: int) -> None:
    assert coarse(left) == shown


def test_everybody_hears_what_is_left_of_a_product_and_each_sku(talk: Talk) -> None:
    talk.happens(counted(red=7, blue=4))
    stock = ProductStock("tea", 10, [SkuStock("red", 7), SkuStock("blue", 4)])
    assert talk.heard(StockChanged) == StockChanged([stock])
    assert talk.features.show().stock == [stock]


def test_the_crowd_hears_nothing_of_what_it_does_not_see_but_staff_do(talk: Talk) -> None:
    talk.happens(counted(red=198))
    talk.told = []
    talk.happens(counted(red=197))
    assert talk.told == [ToStaff(StockCounted({"tea": 197}), AssistantRight.PRODUCTS)]
    talk.happens(counted(red=99))
    assert talk.heard(StockChanged).products[0].left == 50


def test_only_the_products_counted_last_are_remembered(talk: Talk) -> None:
    for number in range(MOST_PRODUCTS + 1):
        talk.happens(ShopStockCounted([number], [ProductLeft(f"p{number}", {"s": 1})]))
    shown = [product.spu_id for product in talk.features.show().stock]
    assert (len(shown), shown[0]) == (MOST_PRODUCTS, "p1")
