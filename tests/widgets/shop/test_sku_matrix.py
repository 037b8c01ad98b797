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
    matrix.add_spec(name, values)
    matrix.specs[-1].changed.emit()


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
    matrix.specs[1].removed.emit()
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
    matrix.specs[0].values.setText("S, M")
    matrix.specs[0].changed.emit()
    assert [sku.specs for sku in matrix.new_skus()] == [[["Size", "M"]]]
    assert matrix.changes() == []


def test_who_has_no_right_to_prices_types_none(make: Make) -> None:
    matrix = make(SKU, has_prices=False)
    assert not item(matrix, 0, "Price").flags() & EDITABLE
    assert item(matrix, 0, "Code").flags() & EDITABLE
