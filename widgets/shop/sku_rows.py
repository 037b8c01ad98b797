"""The rows of a product's SKUs as they are typed, and what they mean for the shop; without a widget."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from msgspec import UNSET

from backend.contract.products import MAX_LABEL, MAX_LIMIT, ChangeSku, NewSku, StaffSku
from widgets.common.money import typed_amount
from widgets.common.text import read_count
from widgets.shop.product_draft import Wrong, read_price, read_stock

Specs = tuple[tuple[str, str], ...]
MAX_CODE: Final = 64
_SEPARATORS: Final = re.compile("[,，、;；\n]")


class SkuField(IntEnum):
    """What is typed of a SKU, in the order of the columns."""

    CODE = 0
    PRICE = 1
    REFERENCE = 2
    FLOOR = 3
    STOCK = 4
    LIMIT = 5


@dataclass
class SkuRow:
    """A SKU as it is typed.

    Attributes:
        sku: as the shop has it; None where it is to be made.
        is_wanted: whether it is to be on sale.
        has_place: whether the specifications have it; else it retires, whatever is wanted.
    """

    specs: Specs
    texts: dict[SkuField, str] = field(default_factory=dict)
    sku: StaffSku | None = None
    is_wanted: bool = True
    has_place: bool = True

    @property
    def is_active(self) -> bool:
        """Whether it will be on sale."""
        return self.is_wanted and self.has_place

    @property
    def is_new(self) -> bool:
        """Whether it will be made."""
        return self.sku is None and self.is_active

    @property
    def is_retired(self) -> bool:
        """Whether it is on sale, and will not be."""
        return self.sku is not None and self.sku.is_active and not self.is_active

    @property
    def is_back(self) -> bool:
        """Whether it is not on sale, and will be."""
        return self.sku is not None and not self.sku.is_active and self.is_active

    @property
    def shop_specs(self) -> dict[str, str]:
        """The specifications that the shop knows it by."""
        return {} if self.sku is None else {spec[0]: spec[-1] for spec in self.sku.specs if spec}

    def text(self, which: SkuField) -> str:
        """What stands in a field."""
        return self.texts.get(which, "")


@dataclass(frozen=True)
class Fault:
    """A field that cannot be saved: which, and why."""

    row: int
    field: SkuField
    wrong: Wrong


def split_values(text: str) -> list[str]:
    """The values of a specification that are typed with commas, each once."""
    parts = (" ".join(part.split())[:MAX_LABEL] for part in _SEPARATORS.split(text))
    return list(dict.fromkeys(filter(None, parts)))


def rows_of(skus: Sequence[StaffSku], currency: str) -> list[SkuRow]:
    """The SKUs that the shop has, as one would type them."""
    return [_row_of(sku, currency) for sku in skus]


def faults(rows: Sequence[SkuRow], currency: str) -> Iterator[Fault]:
    """What cannot be saved, from top to bottom."""
    for place, row in enumerate(rows):
        if row.sku is None and not row.is_active:
            continue
        for which in SkuField:
            value = _read(which, row.text(which), currency)
            if isinstance(value, Wrong):
                yield Fault(place, which, value)


def new_sku(row: SkuRow, currency: str) -> NewSku:
    """The SKU to be made of a row without faults."""
    values = _values(row, currency)
    return NewSku(
        price_minor=values[SkuField.PRICE],
        specs=[list(pair) for pair in row.specs],
        reference_minor=values[SkuField.REFERENCE],
        floor_minor=values[SkuField.FLOOR] or 0,
        stock=values[SkuField.STOCK] or 0,
        code=values[SkuField.CODE],
        limit_per_buyer=values[SkuField.LIMIT],
    )


def changes_of(row: SkuRow, currency: str) -> ChangeSku | None:
    """What was changed of a SKU that the shop has, in a row without faults; None where nothing was."""
    sku = row.sku
    if sku is None:
        return None
    values = _values(row, currency)
    specs = [list(pair) for pair in row.specs]
    now: Mapping[str, tuple[Any, Any]] = {
        "specs": (sku.specs, specs if row.is_active else sku.specs),
        "code": (sku.code, values[SkuField.CODE]),
        "price_minor": (sku.price_minor, values[SkuField.PRICE]),
        "reference_minor": (sku.reference_minor, values[SkuField.REFERENCE]),
        "floor_minor": (sku.floor_minor, values[SkuField.FLOOR] or 0),
        "limit_per_buyer": (sku.limit_per_buyer, values[SkuField.LIMIT]),
        "is_active": (sku.is_active, row.is_active),
    }
    sent = {name: after if after != before else UNSET for name, (before, after) in now.items()}
    return None if all(value is UNSET for value in sent.values()) else ChangeSku(sku.sku_id, **sent)


def _row_of(sku: StaffSku, currency: str) -> SkuRow:
    texts = {
        SkuField.CODE: sku.code or "",
        SkuField.PRICE: typed_amount(sku.price_minor, currency),
        SkuField.REFERENCE: _typed(sku.reference_minor, currency),
        SkuField.FLOOR: _typed(sku.floor_minor or None, currency),
        SkuField.STOCK: str(sku.left),
        SkuField.LIMIT: "" if sku.limit_per_buyer is None else str(sku.limit_per_buyer),
    }
    specs = tuple((spec[0], spec[-1]) for spec in sku.specs if spec)
    return SkuRow(specs, texts, sku, is_wanted=sku.is_active)


def _typed(minor: int | None, currency: str) -> str:
    return "" if minor is None else typed_amount(minor, currency)


def _values(row: SkuRow, currency: str) -> dict[SkuField, Any]:
    return {which: _read(which, row.text(which), currency) for which in SkuField}


def _read(which: SkuField, text: str, currency: str) -> int | str | Wrong | None:
    """A typed field; None where it may be empty and is."""
    text = text.strip()
    if not text and which is not SkuField.PRICE:
        return None
    match which:
        case SkuField.CODE:
            return text if len(text) <= MAX_CODE else Wrong.CODE_TOO_LONG
        case SkuField.PRICE | SkuField.REFERENCE | SkuField.FLOOR:
            return read_price(text, currency)
        case SkuField.STOCK:
            return read_stock(text)
        case SkuField.LIMIT:
            limit = read_count(text)
            return limit if limit is not None and 0 < limit <= MAX_LIMIT else Wrong.NO_LIMIT
