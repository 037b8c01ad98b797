"""Reads a file of products, whichever of the known programs wrote it."""

from collections.abc import Callable, Sequence

from backend.contract.exchange import FileFormat
from backend.shop.catalog.exchange import own_csv, shopify, woocommerce
from backend.shop.catalog.exchange.own_json import read_json
from backend.shop.catalog.exchange.rows import Fault, LineError, Parsed, Row, fault_of
from backend.shop.catalog.exchange.shopify import ShopifyReader
from backend.shop.catalog.exchange.tables import FileError, Line, Table, read_table, read_text
from backend.shop.catalog.exchange.woocommerce import WooCommerceReader

ReadLine = Callable[[Line], Row]


def read_file(content: bytes, wanted: FileFormat, currency: str) -> tuple[FileFormat, Parsed]:
    """Return what wrote a file and what it says; lines that cannot be taken are told beside the others.

    Raises:
        FileError: nothing of it can be taken.
    """
    is_json = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}
    if wanted is FileFormat.JSON or (wanted is FileFormat.AUTO and is_json):
        rows, lines = read_json(content, currency)
        return FileFormat.JSON, Parsed(rows, [], lines, {})
    table = _with_known_columns(read_table(read_text(content)))
    found = _format_of(table) if wanted is FileFormat.AUTO else wanted
    return found, _parse(table, _reader(found, table.lines, currency))


def _with_known_columns(table: Table) -> Table:
    """Return the table with the columns that have Chinese names under ours, where ours is not there too."""
    ours = {name: own_csv.CHINESE.get(name, name) for name in table.columns}
    names = {name: own if own == name or own not in table.columns else name for name, own in ours.items()}
    if len(set(names.values())) < len(names):
        return table
    lines = [
        Line(line.line, {names[name]: cell for name, cell in line.values.items()}) for line in table.lines
    ]
    return Table({names[name]: head for name, head in table.columns.items()}, lines)


def _format_of(table: Table) -> FileFormat:
    has = table.columns.keys()
    if any(needed <= has for needed in shopify.NEEDED):
        return FileFormat.SHOPIFY
    if any(needed <= has for needed in woocommerce.NEEDED):
        return FileFormat.WOOCOMMERCE
    if any(needed <= has for needed in own_csv.NEEDED):
        return FileFormat.CSV
    raise FileError(
        "The names of the columns are none that are known. An export of the catalogue shows ours; files of "
        "Shopify and WooCommerce are taken as they export them."
    )


def _reader(found: FileFormat, lines: Sequence[Line], currency: str) -> ReadLine:
    match found:
        case FileFormat.SHOPIFY:
            return ShopifyReader(currency).read_line
        case FileFormat.WOOCOMMERCE:
            return WooCommerceReader(lines, currency).read_line
        case _:
            return lambda line: own_csv.read_line(line, currency)


def _parse(table: Table, read_line: ReadLine) -> Parsed:
    rows: list[Row] = []
    faults: list[Fault] = []
    refused: set[str] = set()
    for line in table.lines:
        try:
            rows.append(read_line(line))
        except LineError as error:
            column = table.columns.get(error.column, error.column)
            faults.append(fault_of(line.line, column, error.problem, **error.values))
            refused.add(_key_of(line))
    return Parsed(rows, faults, len(table.lines), table.columns, frozenset(refused - {""}))


def _key_of(line: Line) -> str:
    """Return which product a refused line was of, as far as that can be seen."""
    names = ("product", "handle", "url handle", "parent", "title", "code")
    return next((line.values[name].strip() for name in names if line.values.get(name, "").strip()), "")
