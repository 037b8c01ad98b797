from pathlib import Path

import pytest
from msgspec import UNSET

from backend.contract.exchange import FileFormat
from backend.shop.catalog.exchange.reading import read_file
from backend.shop.catalog.exchange.rows import Parsed, SkuRow, goods_of

FILES = Path(__file__).parent / "files"
# The column names of Shopify's sample file, the older one.
OLDER = (FILES / "shopify_older.csv").read_text()
NEWER = (FILES / "shopify_newer.csv").read_text()


def read(text: str) -> Parsed:
    found, parsed = read_file(text.encode(), FileFormat.AUTO, "CNY")
    assert found is FileFormat.SHOPIFY
    return parsed


def test_a_product_with_options_takes_its_names_from_its_first_line() -> None:
    parsed = read(OLDER)
    assert not parsed.faults
    shirt, mug = goods_of(parsed.rows)
    assert shirt.fields == {
        "title": "Shirt",
        "description": "Soft",
        "category": "Shirts",
        "tags": ["new", "summer"],
        "pictures": [f"https://cdn.example.com/{number}.jpg" for number in (1, 2, 3)],
        "is_on_shelf": True,
    }
    assert shirt.skus == [
        (
            2,
            SkuRow(
                code="sh-s",
                specs=[["Size", "S"], ["Colour", "Red"]],
                price_minor=1_990,
                reference_minor=2_500,
                weight_g=120,
                stock=5,
            ),
        ),
        (
            3,
            SkuRow(
                code="shirt-L-Red",
                specs=[["Size", "L"], ["Colour", "Red"]],
                price_minor=2_100,
                weight_g=130,
                stock=0,
            ),
        ),
    ]
    assert mug.fields == {"title": "Mug", "category": "Cups", "is_on_shelf": False}
    assert mug.skus == [(5, SkuRow(code="mug", specs=[], price_minor=500))]


def test_the_newer_names_of_the_columns_mean_the_same() -> None:
    [mug] = goods_of(read(NEWER).rows)
    assert mug.fields["description"] == "Big"
    [(_, sku)] = mug.skus
    assert (sku.code, sku.price_minor, sku.reference_minor, sku.stock, sku.weight_g) == (
        "mug-1",
        500,
        600,
        3,
        250,
    )
    assert sku.stock_was is UNSET


@pytest.mark.parametrize(
    ("line", "column"),
    [(",No handle,5.00", "Handle"), ("x,X,five", "Variant Price"), ("x," + "X" * 300 + ",5", "Title")],
)
def test_a_line_that_cannot_be_taken_names_its_column(line: str, column: str) -> None:
    parsed = read(f"Handle,Title,Variant Price\n{line}\nok,Fine,1\n")
    [fault] = parsed.faults
    assert (fault.line, fault.column) == (2, column)
    assert [row.key for row in parsed.rows] == ["ok"]
