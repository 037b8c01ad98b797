"""Product CSVs as Shopify exports them, by the column names of its help pages, the older and the newer ones.

https://help.shopify.com/en/manual/products/import-export/using-csv
"""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import UNSET

from backend.contract.exchange import LineProblem
from backend.contract.products import MAX_DESCRIPTION, MAX_LABEL, MAX_WEIGHT_G, MOST_SPECS
from backend.contract.shop import MAX_STOCK, MAX_TITLE
from backend.shop.catalog.exchange.cells import Cells
from backend.shop.catalog.exchange.html_text import text_of_html
from backend.shop.catalog.exchange.own_csv import MAX_CODE, MAX_ID, MAX_LINK
from backend.shop.catalog.exchange.rows import LineError, Row, SkuRow
from backend.shop.catalog.exchange.tables import Line

# The newer name of a column, by the older one.
_NEWER: Final = {
    "handle": "url handle",
    "body (html)": "description",
    "published": "published on online store",
    "variant sku": "sku",
    "variant price": "price",
    "variant compare at price": "compare-at price",
    "variant inventory qty": "inventory quantity",
    "variant grams": "weight value (grams)",
    "image src": "product image url",
}
NEEDED: Final = (frozenset({"handle", "variant price"}), frozenset({"url handle", "price"}))
# What Shopify calls the one choice of a product that has none.
_NO_CHOICE: Final = "Default Title"


class ShopifyReader:
    """Reads the lines of one file in their order: option names stand on a product's first line alone."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._names: dict[str, list[str]] = {}

    def read_line(self, line: Line) -> Row:
        """Return what a line says.

        Raises:
            LineError: it cannot be taken.
        """
        cells = Cells(_older(line.values), self._currency)
        key = cells.text("handle", MAX_ID)
        if not key:
            raise LineError("handle", LineProblem.NO_HANDLE)
        names = self._names_of(key, cells)
        fields = {name: value for name, value in _fields(cells) if value not in (None, "", [])}
        # A line without a price is one more picture.
        has_sku = bool(cells.raw("variant price").strip())
        return Row(line=line.line, key=key, fields=fields, sku=_sku(cells, key, names) if has_sku else None)

    def _names_of(self, key: str, cells: Cells) -> list[str]:
        names = [cells.text(f"option{number} name", MAX_LABEL) for number in range(1, MOST_SPECS + 1)]
        if any(names):
            self._names[key] = names
        return self._names.get(key, names)


def _older(values: Mapping[str, str]) -> dict[str, str]:
    found = dict(values)
    for older, newer in _NEWER.items():
        if older not in found and newer in found:
            found[older] = found[newer]
    return found


def _fields(cells: Cells) -> Iterator[tuple[str, object]]:
    yield "title", cells.text("title", 2 * MAX_TITLE)
    description = text_of_html(cells.raw("body (html)"))
    yield "description", description[:MAX_DESCRIPTION]
    category = cells.raw("type").strip() or cells.raw("product category").rpartition(">")[2].strip()
    yield "category", category[:MAX_LABEL]
    yield "tags", cells.tags("tags", MAX_LABEL)
    link = cells.text("image src", MAX_LINK)
    yield "pictures", [link] if link else []
    status = cells.is_yes("status")
    yield "is_on_shelf", cells.is_yes("published") if status is None else status


def _sku(cells: Cells, key: str, names: list[str]) -> SkuRow:
    values = [cells.text(f"option{number} value", MAX_LABEL) for number in range(1, MOST_SPECS + 1)]
    specs = [
        [name or f"option {place}", value]
        for place, (name, value) in enumerate(zip(names, values, strict=True), start=1)
        if value and value != _NO_CHOICE
    ]
    price = cells.money("variant price")
    reference = cells.money("variant compare at price")
    stock = cells.raw("variant inventory qty").strip()
    grams = cells.scaled("variant grams", 1, MAX_WEIGHT_G)
    return SkuRow(
        # Without a code of its own, it gets one that the same file gives it again.
        code=cells.text("variant sku", MAX_CODE)
        or "-".join([key, *(value for _, value in specs)])[:MAX_CODE],
        specs=specs,
        price_minor=UNSET if price is None else price,
        reference_minor=UNSET if reference is None else reference,
        weight_g=UNSET if grams is None else grams,
        stock=cells.units("variant inventory qty", MAX_STOCK) if stock else UNSET,
    )
