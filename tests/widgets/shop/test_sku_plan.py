from backend.contract.products import MOST_SKUS
from tests.widgets.staff_products import staff_sku
from widgets.shop.sku_plan import WantedSpec, combinations, rows_for
from widgets.shop.sku_rows import SkuField, SkuRow, rows_of

RED, BLUE = ("Colour", "red"), ("Colour", "blue")
SMALL, LARGE = ("Size", "S"), ("Size", "L")
COLOURS = WantedSpec("Colour", ["red", "blue"], "Colour")


def test_skus_are_each_choice_of_one_value_a_specification() -> None:
    specs = [
        WantedSpec("Colour", ["red", "blue"]),
        WantedSpec("", ["ignored"]),
        WantedSpec("Size", ["S", "M"]),
    ]
    assert [[value for _, value in found] for found in combinations(specs)] == [
        ["red", "S"],
        ["red", "M"],
        ["blue", "S"],
        ["blue", "M"],
    ]
    assert combinations([]) == [()]


def test_a_million_choices_are_not_made() -> None:
    many = [str(number) for number in range(100)]
    assert len(combinations([WantedSpec(name, many) for name in "ABC"])) == MOST_SKUS + 1


def test_rows_keep_what_was_typed_and_new_ones_take_the_first_price() -> None:
    typed = [SkuRow((), {SkuField.PRICE: "59", SkuField.CODE: "X"})]
    rows = rows_for([WantedSpec("Colour", ["red"])], typed)
    assert (rows[0].text(SkuField.PRICE), rows[0].text(SkuField.CODE)) == ("59", "")
    rows[0].texts[SkuField.STOCK] = "7"
    again = rows_for([WantedSpec("Colour", ["blue", "red"])], rows)
    assert [row.text(SkuField.STOCK) for row in again] == ["", "7"]


def test_a_sku_of_the_shop_that_has_no_place_retires_at_the_end() -> None:
    known = rows_of([staff_sku("s1", RED)], "CNY")
    rows = rows_for([WantedSpec("Colour", ["blue"], "Colour")], known)
    assert [(row.specs, row.is_new, row.is_retired) for row in rows] == [
        ((BLUE,), True, False),
        ((RED,), False, True),
    ]


def test_a_specification_that_is_renamed_keeps_its_skus() -> None:
    known = rows_of([staff_sku("s1", RED), staff_sku("s2", BLUE)], "CNY")
    rows = rows_for([WantedSpec("Shade", ["red", "blue"], "Colour")], known)
    assert [(row.specs, row.is_active, row.is_new) for row in rows] == [
        ((("Shade", "red"),), True, False),
        ((("Shade", "blue"),), True, False),
    ]


def test_a_choice_that_the_shop_never_had_is_not_made_beside_others() -> None:
    known = rows_of(
        [staff_sku("s1", RED, SMALL), staff_sku("s2", RED, LARGE), staff_sku("s3", BLUE, SMALL)], "CNY"
    )
    sizes = WantedSpec("Size", ["S", "L", "XL"], "Size")
    new = [row.specs for row in rows_for([COLOURS, sizes], known) if row.is_new]
    assert new == [(RED, ("Size", "XL")), (BLUE, ("Size", "XL"))]
    cut = WantedSpec("Cut", ["slim", "wide"])
    wide = [
        row.specs
        for row in rows_for([COLOURS, WantedSpec("Size", ["S", "L"], "Size"), cut], known)
        if row.is_new
    ]
    assert wide == [(*pair, ("Cut", "wide")) for pair in ((RED, SMALL), (RED, LARGE), (BLUE, SMALL))]


def test_of_two_skus_for_one_choice_the_one_that_is_sold_keeps_it() -> None:
    known = rows_of([staff_sku("old", RED, is_active=False), staff_sku("new", RED)], "CNY")
    rows = rows_for([WantedSpec("Colour", ["red"], "Colour")], known)
    assert [(row.sku.sku_id, row.is_active) for row in rows if row.sku is not None] == [
        ("new", True),
        ("old", False),
    ]
