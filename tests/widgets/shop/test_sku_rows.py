import pytest

from backend.contract.products import ChangeSku, NewSku
from tests.widgets.staff_products import SKU
from widgets.shop.product_draft import Wrong
from widgets.shop.sku_rows import (
    Fault,
    SkuField,
    SkuRow,
    changes_of,
    faults,
    new_sku,
    rows_of,
    split_values,
)


@pytest.mark.parametrize(
    ("text", "values"),
    [("S, M，L、XL", ["S", "M", "L", "XL"]), (" a  b ;a b", ["a b"]), (" , ", []), ("", [])],
)
def test_values_are_typed_with_commas_of_any_kind(text: str, values: list[str]) -> None:
    assert split_values(text) == values


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
    row.is_wanted = False
    assert changes_of(row, "CNY") == ChangeSku("s1", price_minor=8800, reference_minor=None, is_active=False)
