import pytest

from backend.http.api.shop_refusals import ShopRefusal, no_order, refuse
from backend.shop.idempotency import KeyReused
from backend.shop.orders.results import (
    AddressMissing,
    LimitReached,
    NotDelivered,
    NotInOrder,
    SkuUnavailable,
    SoldOut,
)


@pytest.mark.parametrize(
    ("result", "status", "kind"),
    [
        (SoldOut("tea", 2), 409, "sold_out"),
        (LimitReached("tea", 5, 1), 409, "limit_reached"),
        (SkuUnavailable("tea"), 409, "sku_unavailable"),
        (NotDelivered("CN", "x"), 409, "not_delivered"),
        (NotInOrder(1, 2), 409, "not_in_order"),
        (AddressMissing(), 422, "address_missing"),
        (KeyReused("k"), 422, "key_reused"),
    ],
)
def test_each_result_of_the_shop_has_its_refusal(result: ShopRefusal, status: int, kind: str) -> None:
    problem = refuse(result).problem
    assert (problem.status, problem.type) == (status, kind)
    assert problem.title
    assert problem.detail


def test_nobody_learns_whether_there_is_an_order() -> None:
    assert (no_order().status_code, no_order().problem.type) == (404, "not_found")
