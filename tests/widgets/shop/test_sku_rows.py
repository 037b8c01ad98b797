import pytest

from backend.contract.products import MOST_SKUS, ChangeSku, NewSku
from tests.widgets.staff_products import SKU, staff_sku
from widgets.shop.product_draft import Wrong
from widgets.shop.sku_rows import (
    Fault,
    SkuField,
    SkuRow,
    changes_of,
    combinations,
    faults,
    new_sku,
    rows_for,
    rows_of,
    split_values,
)


@pytest.mark.parametrize(
    ("text", "values"),
    [("S, M，L、XL", ["S", "M", "L", "XL"]), (" a  b ;a b", ["a b"]), (" , ", []), ("", [])],
)
def test_values_are_typed_with_commas_of_any_kind(text: str, values: list[str]) -> None:
    assert split_values(text) == values


def test_skus_are_each_choice_of_one_value_a_specification() -> None:
    found = combinations([("Colour", ["red", "blue"]), ("", ["ignored"]), ("Size", ["S", "M"])])
    assert [[value for _, value in specs] for specs in found] == [
        ["red", "S"],
        ["red", "M"],
        ["blue", "S"],
        ["blue", "M"],
    ]
    assert combinations([]) == [()]


def test_a_million_choices_are_not_made() -> None:
    many = [str(number) for number in range(100)]
    assert len(combinations([("A", many), ("B", many), ("C", many)])) == MOST_SKUS + 1


def test_rows_keep_what_was_typed_and_new_ones_take_the_first_price() -> None:
    red, blue = (("Colour", "red"),), (("Colour", "blue"),)
    typed = [SkuRow((), {SkuField.PRICE: "59", SkuField.CODE: "X"})]
    rows = rows_for([red], typed)
    assert (rows[0].text(SkuField.PRICE), rows[0].text(SkuField.CODE)) == ("59", "")
    rows[0].texts[SkuField.STOCK] = "7"
    assert [row.text(SkuField.STOCK) for row in rows_for([blue, red], rows)] == ["", "7"]


def test_a_sku_of_the_shop_is_never_left_out() -> None:
    red = (("Colour", "red"),)
    known = rows_of([staff_sku("s1", *red)], "CNY")
    assert [row.specs for row in rows_for([(("Colour", "blue"),)], known)] == [red, (("Colour", "blue"),)]


@pytest.mark.parametrize(
    ("field", "text", "wrong"),
    [
        (SkuField.PRICE, "", Wrong.NO_PRICE),
        (SkuField.FLOOR, "cheap", Wrong.NO_PRICE),
        (SkuField.STOCK, "-1", Wrong.NO_COUNT),
        (SkuField.LIMIT, "0", Wrong.NO_LIMIT),
        (SkuField.CODE, "x" * 65, Wrong.CODE_TOO_LONG),
    ],
)
def test_what_cannot_be_saved_is_found(field: SkuField, text: str, wrong: Wrong) -> None:
    row = SkuRow((), {SkuField.PRICE: "1", field: text})
    assert list(faults([row], "CNY")) == [Fault(0, field, wrong)]


def test_a_new_sku_has_what_was_typed_in_the_currencys_unit() -> None:
    texts = {SkuField.PRICE: "1200", SkuField.STOCK: "5", SkuField.CODE: " A1 ", SkuField.LIMIT: "2"}
    row = SkuRow((("Size", "S"),), texts)
    assert list(faults([row], "JPY")) == []
    assert new_sku(row, "JPY") == NewSku(1200, [["Size", "S"]], stock=5, code="A1", limit_per_buyer=2)


def test_only_what_was_changed_of_a_sku_is_sent() -> None:
    (row,) = rows_of([SKU], "CNY")
    assert changes_of(row, "CNY") is None
    row.texts |= {SkuField.PRICE: "88", SkuField.REFERENCE: ""}
    row.is_active = False
    assert changes_of(row, "CNY") == ChangeSku("s1", price_minor=8800, reference_minor=None, is_active=False)
