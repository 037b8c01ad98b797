from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidgetItem
from pytestqt.qtbot import QtBot

from backend.contract.products import ChangeSku, StaffSku
from tests.widgets.staff_products import SKU, staff_sku
from widgets.shop.sku_matrix import SkuMatrix

Make = Callable[..., SkuMatrix]
EDITABLE = Qt.ItemFlag.ItemIsEditable


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def made(*skus: StaffSku, has_prices: bool = True, has_products: bool = True) -> SkuMatrix:
        matrix = SkuMatrix("CNY", skus, has_prices=has_prices, has_products=has_products)
        qtbot.addWidget(matrix)
        return matrix

    return made


def column_of(matrix: SkuMatrix, head: str) -> int:
    heads = range(matrix.table.columnCount())
    model = matrix.table.model()
    return next(place for place in heads if model.headerData(place, Qt.Orientation.Horizontal) == head)


def item(matrix: SkuMatrix, row: int, head: str) -> QTableWidgetItem:
    found = matrix.table.item(row, column_of(matrix, head))
    assert found is not None
    return found


def type_into(matrix: SkuMatrix, row: int, head: str, text: str) -> None:
    item(matrix, row, head).setText(text)


def spec(matrix: SkuMatrix, name: str, values: str) -> None:
    matrix.specs.add(name, values)
    matrix.specs.rows[-1].changed.emit()


def test_a_product_without_a_choice_has_one_row(make: Make) -> None:
    matrix = make()
    type_into(matrix, 0, "Price", "59")
    assert matrix.problem() == ""
    assert [sku.price_minor for sku in matrix.new_skus()] == [5900]


def test_specifications_make_a_row_for_each_choice(make: Make) -> None:
    matrix = make()
    type_into(matrix, 0, "Price", "59")
    spec(matrix, "Colour", "red, blue")
    spec(matrix, "Size", "S, M")
    assert matrix.count.text() == "4 SKUs"
    type_into(matrix, 3, "Stock", "7")
    assert [sku.specs for sku in matrix.new_skus()][3] == [["Colour", "blue"], ["Size", "M"]]
    assert [sku.stock for sku in matrix.new_skus()] == [0, 0, 0, 7]
    matrix.specs.rows[1].removed.emit()
    assert [sku.specs for sku in matrix.new_skus()] == [[["Colour", "red"]], [["Colour", "blue"]]]


def test_the_current_field_is_given_to_all_rows(make: Make) -> None:
    matrix = make()
    spec(matrix, "Size", "S, M, L")
    type_into(matrix, 1, "Price", "12.5")
    matrix.table.setCurrentCell(1, column_of(matrix, "Price"))
    matrix.fill_button.click()
    assert [sku.price_minor for sku in matrix.new_skus()] == [1250, 1250, 1250]


def test_what_is_wrong_is_said_with_its_row_and_field(make: Make) -> None:
    matrix = make()
    spec(matrix, "Size", "S, M")
    type_into(matrix, 0, "Price", "1")
    assert matrix.problem() == "M · Price: Write a price such as 59.90"
    assert matrix.table.currentRow() == 1


def test_a_specification_needs_a_name_and_values(make: Make) -> None:
    matrix = make()
    type_into(matrix, 0, "Price", "1")
    spec(matrix, "Size", " , ")
    assert matrix.problem() == "Give each specification a name and a value."


def test_more_skus_than_a_product_may_have_are_refused(make: Make) -> None:
    matrix = make()
    type_into(matrix, 0, "Price", "1")
    spec(matrix, "Number", ", ".join(str(number) for number in range(101)))
    assert matrix.problem() == "A product has at most 100 SKUs: take some values out."


def test_a_sku_of_the_shop_is_changed_and_taken_off_sale(make: Make) -> None:
    matrix = make(staff_sku("s1", ("Size", "S")), staff_sku("s2", ("Size", "M")))
    type_into(matrix, 0, "Price", "88")
    item(matrix, 1, "On sale").setCheckState(Qt.CheckState.Unchecked)
    assert matrix.changes() == [ChangeSku("s1", price_minor=8800), ChangeSku("s2", is_active=False)]
    assert matrix.new_skus() == []
    stock = item(matrix, 0, "Stock")
    assert not stock.flags() & EDITABLE


def test_a_value_more_makes_a_new_sku_beside_the_others(make: Make) -> None:
    matrix = make(staff_sku("s1", ("Size", "S")))
    matrix.specs.rows[0].values.setText("S, M")
    matrix.specs.rows[0].changed.emit()
    assert [sku.specs for sku in matrix.new_skus()] == [[["Size", "M"]]]
    assert matrix.changes() == []


def retype(matrix: SkuMatrix, values: str, place: int = 0) -> None:
    matrix.specs.rows[place].values.setText(values)
    matrix.specs.rows[place].changed.emit()


def test_a_value_that_is_taken_out_retires_its_sku_until_it_is_typed_again(make: Make) -> None:
    matrix = make(staff_sku("s1", ("Size", "S")), staff_sku("s2", ("Size", "M")))
    retype(matrix, "S, XL")
    assert matrix.count.text() == "2 on sale · 1 new · 1 retired"
    assert matrix.changes() == [ChangeSku("s2", is_active=False)]
    assert [item(matrix, row, "On sale").text() for row in range(3)] == ["", "new", "retires"]
    retype(matrix, "S, M")
    assert (matrix.changes(), matrix.new_skus()) == ([], [])
    assert matrix.count.text() == "2 on sale"


def test_a_specification_more_keeps_the_skus_with_its_first_value(make: Make) -> None:
    matrix = make(
        staff_sku("s1", ("Size", "S"), price_minor=8900), staff_sku("s2", ("Size", "M"), price_minor=9900)
    )
    spec(matrix, "Material", "cotton, linen")
    assert matrix.count.text() == "4 on sale · 2 new"
    assert matrix.changes() == [
        ChangeSku("s1", specs=[["Size", "S"], ["Material", "cotton"]]),
        ChangeSku("s2", specs=[["Size", "M"], ["Material", "cotton"]]),
    ]
    made = matrix.new_skus()
    assert [(sku.specs[0][1], sku.specs[1][1], sku.price_minor) for sku in made] == [
        ("S", "linen", 8900),
        ("M", "linen", 9900),
    ]
    item(matrix, 1, "On sale").setCheckState(Qt.CheckState.Unchecked)
    assert len(matrix.new_skus()) == 1
    assert matrix.count.text() == "3 on sale · 1 new"


def test_a_product_without_a_choice_gets_one_and_keeps_its_sku(make: Make) -> None:
    matrix = make(SKU)
    spec(matrix, "Size", "S, M")
    assert matrix.changes() == [ChangeSku("s1", specs=[["Size", "S"]])]
    assert [sku.specs for sku in matrix.new_skus()] == [[["Size", "M"]]]


def test_a_specification_that_is_removed_keeps_one_sku_of_each_choice(make: Make) -> None:
    matrix = make(
        staff_sku("s1", ("Size", "S"), ("Colour", "red")), staff_sku("s2", ("Size", "S"), ("Colour", "blue"))
    )
    matrix.specs.rows[1].removed.emit()
    assert matrix.changes() == [ChangeSku("s1", specs=[["Size", "S"]]), ChangeSku("s2", is_active=False)]
    assert [item(matrix, row, "Size").text() for row in (0, 1)] == ["S", "S · blue"]


def test_what_retired_with_its_value_is_sold_again_with_it(make: Make) -> None:
    matrix = make(staff_sku("s1", ("Size", "S")), staff_sku("s2", ("Size", "M"), is_active=False))
    assert matrix.specs.rows[0].values.text() == "S"
    retype(matrix, "S, M")
    assert (matrix.changes(), matrix.new_skus()) == ([ChangeSku("s2", is_active=True)], [])
    assert matrix.count.text() == "2 on sale · 1 on sale again"


def test_who_has_no_right_to_prices_types_none(make: Make) -> None:
    matrix = make(SKU, has_prices=False)
    assert not item(matrix, 0, "Price").flags() & EDITABLE
    assert item(matrix, 0, "Code").flags() & EDITABLE
