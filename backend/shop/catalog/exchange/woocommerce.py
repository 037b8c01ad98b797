"""Product CSVs as WooCommerce exports them, by the column names of its import schema.

https://github.com/woocommerce/woocommerce/wiki/Product-CSV-Import-Schema
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from msgspec import UNSET, UnsetType

from backend.contract.exchange import LineProblem
from backend.contract.products import MAX_DESCRIPTION, MAX_LABEL, MAX_WEIGHT_G, MOST_PICTURES, MOST_SPECS
from backend.contract.shop import MAX_STOCK, MAX_TITLE
from backend.shop.catalog.exchange.cells import Cells
from backend.shop.catalog.exchange.html_text import text_of_html
from backend.shop.catalog.exchange.own_csv import MAX_CODE, MAX_LINK
from backend.shop.catalog.exchange.rows import LineError, Row, SkuRow
from backend.shop.catalog.exchange.tables import Line

NEEDED: Final = (frozenset({"type", "name", "regular price"}),)
_GRAMS: Final = {"kg": Decimal(1000), "g": Decimal(1), "lbs": Decimal("453.592"), "oz": Decimal("28.3495")}


class WooCommerceReader:
    """Reads the lines of one file; variations name their product by its code or by its number."""

    def __init__(self, lines: Sequence[Line], currency: str) -> None:
        self._currency = currency
        self._by_id = {
            f"id:{line.values['id'].strip()}": line.values.get("sku", "").strip()
            for line in lines
            if line.values.get("id", "").strip()
        }

    def read_line(self, line: Line) -> Row:
        """Return what a line says.

        Raises:
            LineError: it cannot be taken.
        """
        cells = Cells(line.values, self._currency)
        kinds = {kind.strip().casefold() for kind in cells.raw("type").split(",")}
        number = cells.raw("id").strip()
        own = cells.text("sku", MAX_CODE) or (f"id:{number}" if number else "")
        if "variation" in kinds:
            parent = cells.text("parent", MAX_CODE)
            key = self._by_id.get(parent, "") or parent
            if not key:
                raise LineError("parent", LineProblem.NO_PARENT)
            return Row(line=line.line, key=key, fields={}, sku=_sku(cells, own, has_options=True))
        if not kinds & {"simple", "variable"}:
            raise LineError("type", LineProblem.KIND_NOT_TAKEN, text=cells.shown("type"))
        fields = {name: value for name, value in _fields(cells) if value not in (None, "", [])}
        key = own or cells.text("name", 2 * MAX_TITLE)
        sku = None if "variable" in kinds else _sku(cells, own, has_options=False)
        return Row(line=line.line, key=key, fields=fields, sku=sku)


def _fields(cells: Cells) -> Iterator[tuple[str, object]]:
    yield "title", cells.text("name", 2 * MAX_TITLE)
    text = text_of_html(cells.raw("description")) or text_of_html(cells.raw("short description"))
    # A line's end is written as two letters there.
    yield "description", text.replace("\\n", "\n")[:MAX_DESCRIPTION]
    first = cells.raw("categories").partition(",")[0]
    yield "category", first.rpartition(">")[2].strip()[:MAX_LABEL]
    yield "tags", cells.tags("tags", MAX_LABEL)
    yield "pictures", cells.words("images", MOST_PICTURES, MAX_LINK)
    yield "is_on_shelf", cells.is_yes("published")


def _sku(cells: Cells, code: str, *, has_options: bool) -> SkuRow:
    regular, sale = cells.money("regular price"), cells.money("sale price")
    price = regular if sale is None else sale
    if price is None:
        raise LineError("regular price", LineProblem.NO_PRICE)
    stock = cells.raw("stock").strip()
    return SkuRow(
        code=code or UNSET,
        specs=_specs(cells) if has_options else [],
        price_minor=price,
        reference_minor=regular if sale is not None and regular is not None else UNSET,
        weight_g=_grams(cells),
        stock=UNSET if stock in {"", "parent"} else cells.units("stock", MAX_STOCK),
    )


def _specs(cells: Cells) -> list[list[str]]:
    pairs = [
        [
            cells.text(f"attribute {number} name", MAX_LABEL),
            cells.text(f"attribute {number} value(s)", MAX_LABEL),
        ]
        for number in range(1, MOST_SPECS + 1)
    ]
    return [pair for pair in pairs if all(pair)]


def _grams(cells: Cells) -> int | UnsetType:
    for unit, grams in _GRAMS.items():
        weight = cells.number(f"weight ({unit})")
        if weight is not None:
            return min(round(weight * grams), MAX_WEIGHT_G)
    return UNSET
