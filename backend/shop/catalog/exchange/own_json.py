"""The shop's own JSON: products with their SKUs; what is exported is imported unchanged."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from backend.contract.bounds import UpTo, excess_of
from backend.contract.decoding import decode_json
from backend.contract.exchange import MOST_IMPORT_LINES
from backend.contract.orders import Code, SkuId
from backend.contract.products import (
    MOST_PICTURES,
    Description,
    Label,
    Limit,
    Money,
    Specs,
    SpuId,
    StaffProduct,
    StaffSku,
    Stock,
    Tags,
    TaxRate,
    Title,
    Weight,
)
from backend.plain_text import plain_text
from backend.shop.catalog.exchange.own_csv import MAX_LINK
from backend.shop.catalog.exchange.rows import Row, SkuRow
from backend.shop.catalog.exchange.tables import FileError


class FileSku(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A SKU of a file; see `SkuRow`."""

    sku_id: SkuId = ""
    code: Code | UnsetType | None = UNSET
    specs: Specs | UnsetType = UNSET
    price_minor: Money | UnsetType = UNSET
    reference_minor: Money | UnsetType | None = UNSET
    floor_minor: Money | UnsetType = UNSET
    limit_per_buyer: Limit | UnsetType | None = UNSET
    weight_g: Weight | UnsetType = UNSET
    tax_rate_bp: TaxRate | UnsetType = UNSET
    is_active: bool | UnsetType = UNSET
    stock: Stock | UnsetType = UNSET
    stock_was: Stock | UnsetType = UNSET


class FileProduct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product of a file; `pictures` are names of uploaded ones, or links."""

    spu_id: SpuId = ""
    title: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    category: Label | UnsetType = UNSET
    tags: Tags | UnsetType = UNSET
    pictures: Annotated[list[str], UpTo(MAX_LINK, items=MOST_PICTURES)] | UnsetType = UNSET
    is_on_shelf: bool | UnsetType = UNSET
    skus: Annotated[list[FileSku], UpTo(0, items=MOST_IMPORT_LINES)] = []


class FileCatalog(msgspec.Struct, frozen=True):
    """What a file holds."""

    products: Annotated[list[FileProduct], UpTo(0, items=MOST_IMPORT_LINES)]
    currency: str = ""


def write_json(products: Iterable[StaffProduct], currency: str) -> bytes:
    """Return products as JSON."""
    catalog = FileCatalog([_written(product) for product in products], currency)
    return msgspec.json.format(msgspec.json.encode(catalog), indent=1)


def read_json(content: bytes, currency: str) -> tuple[list[Row], int]:
    """Return the rows of a file, and how many SKUs it has.

    Raises:
        FileError: it is not what an export gives, or holds more than is taken.
    """
    try:
        catalog = decode_json(content.removeprefix(b"\xef\xbb\xbf"), FileCatalog)
    except msgspec.DecodeError as error:
        raise FileError(f"The file is not JSON as an export gives it: {error}.") from error
    if excess_of(catalog) is not None:
        raise FileError("A text of the file is longer than it may be, or it has too many products.")
    if catalog.currency not in {"", currency}:
        raise FileError(f"The file's prices are in {catalog.currency}, the shop's in {currency}.")
    rows = list(_rows(catalog.products))
    if len(rows) > MOST_IMPORT_LINES:
        raise FileError(f"The file has more than {MOST_IMPORT_LINES} SKUs. Split it.")
    return rows, len(rows)


def _rows(products: Sequence[FileProduct]) -> Iterator[Row]:
    line = 0
    for place, product in enumerate(products):
        key = plain_text(product.spu_id) or f"#{place}"
        fields = {name: _plain(value) for name, value in _said(product) if name not in {"spu_id", "skus"}}
        skus: Sequence[FileSku | None] = product.skus or [None]
        for sku in skus:
            line += 1
            row = None if sku is None else SkuRow(**{name: _plain(value) for name, value in _said(sku)})  # type: ignore[arg-type]
            yield Row(line=line, key=key, fields=fields, sku=row)


def _said(struct: FileProduct | FileSku) -> list[tuple[str, object]]:
    return [(name, value) for name, value in msgspec.structs.asdict(struct).items() if value is not UNSET]


def _plain(value: object) -> object:
    match value:
        case str():
            return plain_text(value)
        case list():
            return [_plain(one) for one in value]
        case _:
            return value


def _written(product: StaffProduct) -> FileProduct:
    return FileProduct(
        spu_id=product.spu_id,
        title=product.title,
        description=product.description,
        category=product.category,
        tags=product.tags,
        pictures=[picture.name for picture in product.pictures],
        is_on_shelf=product.is_on_shelf,
        skus=[_written_sku(sku) for sku in product.skus],
    )


def _written_sku(sku: StaffSku) -> FileSku:
    return FileSku(
        sku_id=sku.sku_id,
        code=sku.code,
        specs=sku.specs,
        price_minor=sku.price_minor,
        reference_minor=sku.reference_minor,
        floor_minor=sku.floor_minor,
        limit_per_buyer=sku.limit_per_buyer,
        weight_g=sku.weight_g,
        tax_rate_bp=sku.tax_rate_bp,
        is_active=sku.is_active,
        stock=sku.on_hand,
        stock_was=sku.on_hand,
    )
