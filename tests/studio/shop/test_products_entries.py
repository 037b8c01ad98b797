import msgspec

from backend.contract.stock import SkuStock, StockLedger, StockMovement
from studio.shop.products_entries import entries, movements
from tests.widgets.staff_products import SKU, TEA
from widgets.shop.products_entry import Movement


def test_spoken_numbers_pass_over_what_is_off_the_shelf_and_places_do_not() -> None:
    off = msgspec.structs.replace(TEA, spu_id="off", is_on_shelf=False)
    gone = msgspec.structs.replace(TEA, spu_id="gone", skus=[msgspec.structs.replace(SKU, is_active=False)])
    last = msgspec.structs.replace(TEA, spu_id="last")
    elsewhere = msgspec.structs.replace(TEA, spu_id="elsewhere")
    rows = entries([TEA, off, gone, last, elsewhere], ["p1", "off", "gone", "last"], "CNY")
    assert [(row.spu_id, row.number, row.place) for row in rows] == [
        ("p1", 1, 1),
        ("off", 0, 2),
        ("gone", 0, 3),
        ("last", 2, 4),
        ("elsewhere", 0, 0),
    ]


def test_a_row_shows_what_is_sold_and_without_that_what_was() -> None:
    old = msgspec.structs.replace(SKU, sku_id="s0", is_active=False)
    (row,) = entries([msgspec.structs.replace(TEA, skus=[old, SKU])], [], "JPY")
    assert [sku.sku_id for sku in row.skus] == ["s1"]
    assert (row.image, row.currency, row.left, row.reserved) == ("/media/products/a-320.webp", "JPY", 18, 2)
    (row,) = entries([msgspec.structs.replace(TEA, skus=[old])], [], "CNY")
    assert [sku.sku_id for sku in row.skus] == ["s0"]


def test_movements_are_of_the_house_or_of_what_can_be_bought() -> None:
    def line(kind: str, on_hand: int, reserved: int) -> StockMovement:
        return StockMovement(1, kind, on_hand, reserved, 0, "why", None, "host", 9)

    lines = [line("sale", -2, -2), line("reserve", 0, 2), line("adjust", 5, 0)]
    ledger = StockLedger(SkuStock("s1", 20, 2, 5), lines, None)
    assert movements(ledger) == [
        Movement("sale", -2, "why", 9),
        Movement("reserve", -2, "why", 9),
        Movement("adjust", 5, "why", 9),
    ]
