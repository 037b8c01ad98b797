from pathlib import Path

from backend.contract.exchange import FileFormat
from backend.shop.catalog.exchange.reading import read_file
from backend.shop.catalog.exchange.rows import Parsed, SkuRow, goods_of

FILES = Path(__file__).parent / "files"
# The column names of WooCommerce's own export.
FILE = (FILES / "woocommerce.csv").read_text()


def read(text: str = FILE) -> Parsed:
    found, parsed = read_file(text.encode(), FileFormat.AUTO, "CNY")
    assert found is FileFormat.WOOCOMMERCE
    return parsed


def test_a_simple_product_is_one_sku_with_its_sale_price_before_the_regular_one() -> None:
    cup = goods_of(read().rows)[0]
    assert cup.fields == {
        "title": "Cup",
        "description": "Long",
        "category": "Kitchen",
        "tags": ["blue", "big"],
        "pictures": ["https://e.example/1.jpg", "https://e.example/2.jpg"],
        "is_on_shelf": True,
    }
    assert cup.skus == [
        (2, SkuRow(code="cup", specs=[], price_minor=800, reference_minor=1_000, weight_g=250, stock=4))
    ]


def test_variations_come_to_their_parent_by_its_code_or_its_number() -> None:
    tee = goods_of(read().rows)[1]
    assert tee.fields["title"] == "Tee"
    assert tee.skus == [
        (4, SkuRow(code="tee-s", specs=[["Size", "S"]], price_minor=1_500, stock=3)),
        (5, SkuRow(code="id:10", specs=[["Size", "L"]], price_minor=1_600)),
    ]


def test_other_types_and_lost_variations_are_refused_with_their_column() -> None:
    parsed = read()
    assert [(one.line, one.column) for one in parsed.faults] == [(6, "Type"), (7, "Parent")]
    assert goods_of(parsed.rows)[-1].fields == {"title": "Gift", "is_on_shelf": False}


def test_weights_are_read_in_each_unit() -> None:
    parsed = read('ID,Type,SKU,Name,"Weight (lbs)","Regular price"\n1,simple,a,A,2,1\n')
    [(_, sku)] = goods_of(parsed.rows)[0].skus
    assert sku.weight_g == 907
