import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QAbstractItemModelTester

from tests.widgets.conftest import Record
from tests.widgets.products import SHELF, product
from widgets.shop.product_model import ProductFilter, ProductModel, ProductRole


@pytest.fixture
def model() -> ProductModel:
    made = ProductModel()
    made.set_products(SHELF)
    return made


def shown(found: ProductFilter) -> list[int]:
    return [found.index(row, 0).data(ProductRole.PRODUCT).number for row in range(found.rowCount())]


def test_the_product_model_passes_qts_model_tester(model: ProductModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_on_air("p1")
    model.set_products(SHELF[:1])
    model.set_products([])

    assert tester.model() is model  # its complaints are warnings, and those fail the test


def test_the_product_model_keeps_the_hosts_order(model: ProductModel) -> None:
    assert [model.index(row).data(ProductRole.PRODUCT).number for row in range(model.rowCount())] == [1, 2, 3]


def test_only_the_card_on_air_is_marked(model: ProductModel, record: Record) -> None:
    model.set_on_air("p1")
    changed = record(model.dataChanged)
    model.set_on_air("p2")

    assert [model.index(row).data(ProductRole.IS_ON_AIR) for row in range(3)] == [False, True, False]
    assert len(changed) == 2


def test_a_product_in_a_flash_sale_is_told_with_its_flash_price(model: ProductModel, record: Record) -> None:
    changed = record(model.dataChanged)
    model.set_flash({"p2": 990})
    assert [model.index(row).data(ProductRole.FLASH_MINOR) for row in range(3)] == [None, 990, None]
    assert "Flash ¥9.90" in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    model.set_flash({})
    assert "Flash" not in model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert len(changed) == 2


def test_a_picture_goes_to_every_product_that_has_it(qapp: object) -> None:
    model = ProductModel()
    model.set_products(
        [product(1, image_url="/a.svg"), product(2, image_url="/b.svg"), product(3, image_url="/a.svg")]
    )
    picture = QPixmap(2, 2)
    model.set_picture("/a.svg", picture)

    has_picture = [model.index(row).data(ProductRole.PICTURE) is not None for row in range(3)]
    assert has_picture == [True, False, True]


def test_a_product_is_found_by_its_id(model: ProductModel) -> None:
    assert model.find("p2") == SHELF[1]
    assert model.find("p9") is None


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("", [1, 2, 3]), ("RED", [2]), ("3", [3]), ("green tea", [1]), ("tea red", []), ("  ", [1, 2, 3])],
)
def test_a_search_finds_words_and_numbers(model: ProductModel, text: str, numbers: list[int]) -> None:
    found = ProductFilter()
    found.setSourceModel(model)
    found.set_text(text)

    assert shown(found) == numbers
