"""A line of a file of products, whoever wrote the file: what is not said there is not changed."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import UNSET, UnsetType

from backend.contract.exchange import LineProblem
from backend.shop.catalog.exchange.line_texts import text_of


class LineError(Exception):
    """A line cannot be taken.

    Args:
        column: as the file calls it.
        values: what the problem speaks of.
    """

    def __init__(self, column: str, problem: LineProblem, **values: object) -> None:
        super().__init__(text_of(problem, values))
        self.column = column
        self.problem = problem
        self.values = values


class Fault(msgspec.Struct, frozen=True):
    """Why a line is not taken; see `LineRefusal`."""

    line: int
    column: str
    why: str
    problem: LineProblem = LineProblem.OTHER
    values: dict[str, str] = {}


def fault_of(line: int, column: str, problem: LineProblem, **values: object) -> Fault:
    """Return the fault of a line, in words too."""
    told = {name: str(value) for name, value in values.items()}
    return Fault(line, column, text_of(problem, values), problem, told)


class SkuRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a line says of a SKU.

    Attributes:
        sku_id: where the shop's own export wrote the file; else empty.
        stock_was: what was there when the file was written: the stock moves by the difference.
    """

    sku_id: str = ""
    code: str | UnsetType | None = UNSET
    specs: list[list[str]] | UnsetType = UNSET
    price_minor: int | UnsetType = UNSET
    reference_minor: int | UnsetType | None = UNSET
    floor_minor: int | UnsetType = UNSET
    limit_per_buyer: int | UnsetType | None = UNSET
    weight_g: int | UnsetType = UNSET
    tax_rate_bp: int | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET
    stock: int | UnsetType = UNSET
    stock_was: int | UnsetType = UNSET


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line.

    Attributes:
        line: see `LineRefusal`.
        key: lines with the same one are of one product; of the shop's own export, its id.
        fields: of the product: title, description, category, tags, pictures, is_on_shelf.
        sku: None where the line is of the product alone.
    """

    line: int
    key: str
    fields: Mapping[str, object]
    sku: SkuRow | None


class Parsed(msgspec.Struct, frozen=True):
    """What a file holds.

    Attributes:
        lines: how many it has, those that are refused among them.
        columns: what the file calls the fields.
        refused_keys: of products of which some line is refused.
    """

    rows: Sequence[Row]
    faults: Sequence[Fault]
    lines: int
    columns: Mapping[str, str]
    refused_keys: frozenset[str] = frozenset()


class Goods(msgspec.Struct, frozen=True):
    """All lines of a product."""

    key: str
    rows: Sequence[Row]

    @property
    def line(self) -> int:
        """The first of them."""
        return self.rows[0].line

    @property
    def fields(self) -> dict[str, object]:
        """What the lines say of the product: the first that says something counts; pictures add up."""
        found: dict[str, object] = {}
        pictures: list[str] = []
        for row in self.rows:
            for name, value in row.fields.items():
                found.setdefault(name, value)
            of_row = row.fields.get("pictures", [])
            pictures += of_row if isinstance(of_row, list) else []
        if "pictures" in found:
            found["pictures"] = list(dict.fromkeys(pictures))
        return found

    @property
    def skus(self) -> list[tuple[int, SkuRow]]:
        """Lines and what they say of SKUs."""
        return [(row.line, row.sku) for row in self.rows if row.sku is not None]


def goods_of(rows: Sequence[Row]) -> list[Goods]:
    """Return the products of rows, in the order that they first stand in."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.key, []).append(row)
    return [Goods(key, of_product) for key, of_product in found.items()]
