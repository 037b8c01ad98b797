"""The shop's own CSV: a line a SKU, the product's fields on each; what is exported is imported unchanged."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import UNSET, UnsetType

from backend.contract.exchange import LineProblem
from backend.contract.products import (
    MAX_DESCRIPTION,
    MAX_LABEL,
    MAX_LIMIT,
    MAX_WEIGHT_G,
    MOST_PICTURES,
    MOST_SPECS,
    WHOLE_BP,
    StaffProduct,
    StaffSku,
)
from backend.contract.shop import MAX_STOCK, MAX_TITLE
from backend.shop.catalog.exchange.cells import Cells, amount, guard, join_words, percent, unguard
from backend.shop.catalog.exchange.rows import LineError, Row, SkuRow
from backend.shop.catalog.exchange.tables import Line

CLEARED: Final = "-"
MAX_LINK: Final = 500
MAX_ID: Final = 160
MAX_CODE: Final = 64
_SPEC_COLUMNS: Final = [
    (f"option{number} name", f"option{number} value") for number in range(1, MOST_SPECS + 1)
]
COLUMNS: Final = (
    "product",
    "title",
    "description",
    "category",
    "tags",
    "pictures",
    "on shelf",
    "sku",
    "code",
    *(name for pair in _SPEC_COLUMNS for name in pair),
    "price",
    "reference price",
    "floor price",
    "stock",
    "stock was",
    "limit per buyer",
    "weight g",
    "tax percent",
    "active",
)
# What a table written by hand calls them: the words of the studio's form.
CHINESE: Final = {
    "标题": "title",
    "商品": "title",
    "商品名称": "title",
    "描述": "description",
    "分类": "category",
    "标签": "tags",
    "图片": "pictures",
    "编码": "code",
    "价格": "price",
    "划线价": "reference price",
    "底价": "floor price",
    "库存": "stock",
    "限购": "limit per buyer",
}
NEEDED: Final = tuple(
    map(frozenset, (("title", "price"), ("code", "price"), ("code", "stock"), ("product", "sku")))
)


def write_csv(products: Iterable[StaffProduct], currency: str) -> bytes:
    """Return products as CSV (RFC 4180) with a mark for UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for product in products:
        for sku in product.skus:
            values = {**_of_product(product), **_of_sku(sku, currency)}
            writer.writerow([guard(values.get(column, "")) for column in COLUMNS])
    return ("\ufeff" + out.getvalue()).encode()


def _of_product(product: StaffProduct) -> dict[str, str]:
    return {
        "product": product.spu_id,
        "title": product.title,
        "description": product.description,
        "category": product.category,
        "tags": join_words(product.tags) if product.tags else "",
        "pictures": join_words([one.name for one in product.pictures]) if product.pictures else "",
        "on shelf": _word(is_so=product.is_on_shelf),
    }


def _of_sku(sku: StaffSku, currency: str) -> dict[str, str]:
    values = {
        "sku": sku.sku_id,
        "code": sku.code or "",
        "price": amount(sku.price_minor, currency),
        "reference price": amount(sku.reference_minor, currency),
        "floor price": amount(sku.floor_minor, currency),
        "stock": str(sku.on_hand),
        "stock was": str(sku.on_hand),
        "limit per buyer": "" if sku.limit_per_buyer is None else str(sku.limit_per_buyer),
        "weight g": str(sku.weight_g),
        "tax percent": percent(sku.tax_rate_bp),
        "active": _word(is_so=sku.is_active),
    }
    for (name_column, value_column), spec in zip(_SPEC_COLUMNS, sku.specs, strict=False):
        values[name_column], values[value_column] = spec[0], spec[-1]
    return values


def _word(*, is_so: bool) -> str:
    return "yes" if is_so else "no"


def read_line(line: Line, currency: str) -> Row:
    """Return what a line says. A cell that is empty says nothing; `-` clears what can be cleared.

    Raises:
        LineError: it cannot be taken.
    """
    cleared = {name for name, cell in line.values.items() if cell.strip() == CLEARED}
    texts = {name: "" if name in cleared else unguard(cell) for name, cell in line.values.items()}
    cells = Cells(texts, currency)
    key = cells.text("product", MAX_ID) or cells.text("title", 2 * MAX_TITLE) or cells.text("code", MAX_CODE)
    if not key:
        raise LineError("title", LineProblem.NAMES_NO_PRODUCT)
    fields = {name: value for name, value in _fields(cells, cleared) if value is not None}
    return Row(line=line.line, key=key, fields=fields, sku=_sku(cells, cleared))


def _fields(cells: Cells, cleared: set[str]) -> Iterator[tuple[str, object]]:
    yield "title", cells.text("title", 2 * MAX_TITLE) or None
    for name, most in (("description", MAX_DESCRIPTION), ("category", MAX_LABEL)):
        yield name, cells.text(name, most) or ("" if name in cleared else None)
    tags = cells.tags("tags", MAX_LABEL)
    yield "tags", tags or ([] if "tags" in cleared else None)
    pictures = cells.words("pictures", MOST_PICTURES, MAX_LINK)
    yield "pictures", pictures or ([] if "pictures" in cleared else None)
    yield "is_on_shelf", cells.is_yes("on shelf")


def _sku(cells: Cells, cleared: set[str]) -> SkuRow:
    def count(column: str, most: int, least: int = 0) -> int | UnsetType:
        found = cells.count(column, most, least)
        return UNSET if found is None else found

    def or_none(column: str, value: int | None) -> int | UnsetType | None:
        return None if column in cleared else UNSET if value is None else value

    floor, price = cells.money("floor price"), cells.money("price")
    tax = cells.scaled("tax percent", 100, WHOLE_BP)
    is_active = cells.is_yes("active")
    return SkuRow(
        sku_id=cells.text("sku", MAX_ID),
        code=None if "code" in cleared else cells.text("code", MAX_CODE) or UNSET,
        specs=_specs(cells),
        price_minor=UNSET if price is None else price,
        reference_minor=or_none("reference price", cells.money("reference price")),
        floor_minor=UNSET if floor is None else floor,
        limit_per_buyer=or_none("limit per buyer", cells.count("limit per buyer", MAX_LIMIT, 1)),
        weight_g=count("weight g", MAX_WEIGHT_G),
        tax_rate_bp=UNSET if tax is None else tax,
        is_active=UNSET if is_active is None else is_active,
        stock=count("stock", MAX_STOCK),
        stock_was=count("stock was", MAX_STOCK),
    )


def _specs(cells: Cells) -> list[list[str]] | UnsetType:
    found = []
    for name_column, value_column in _SPEC_COLUMNS:
        name, value = cells.text(name_column, MAX_LABEL), cells.text(value_column, MAX_LABEL)
        if bool(name) is not bool(value):
            raise LineError(value_column, LineProblem.HALF_AN_OPTION)
        if name:
            found.append([name, value])
    return found or UNSET
