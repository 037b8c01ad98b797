"""What an import did to a product, field by field: to be shown before, and to be taken back after."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from backend.contract.products import StaffProduct, StaffSku
from backend.contract.stock import MoveStock

OF_PRODUCTS: Final = ("title", "description", "category", "tags", "pictures", "is_on_shelf")
OF_SKUS: Final = (
    "code",
    "specs",
    "price_minor",
    "reference_minor",
    "floor_minor",
    "limit_per_buyer",
    "weight_g",
    "tax_rate_bp",
    "is_active",
)


class Difference(msgspec.Struct, frozen=True):
    """A field that became another.

    Attributes:
        sku_id: empty for a field of the product.
        was, now: as JSON has them; of pictures their names.
    """

    field: str
    was: Any
    now: Any
    sku_id: str = ""


class Trace(msgspec.Struct, frozen=True):
    """What an import did to a product: enough to show it, and to take it back.

    Attributes:
        new_skus: their ids in the file's order; of a new product all.
        is_new: whether the product is new.
        moves: units that came to a SKU's stock, or went.
        stocks: on hand before the moves.
        movements: of each SKU the number of the move in the stock's ledger.
        mark: of a new product as it was made: see `mark_of`.
    """

    differences: list[Difference] = []
    new_skus: list[str] = []
    is_new: bool = False
    moves: dict[str, int] = {}
    stocks: dict[str, int] = {}
    movements: dict[str, int] = {}
    mark: str = ""


def trace_new(product: StaffProduct) -> Trace:
    """Return what was done where a product is new."""
    return Trace(new_skus=[sku.sku_id for sku in product.skus], is_new=True, mark=mark_of(product))


def trace_change(before: StaffProduct, after: StaffProduct, moves: Mapping[str, MoveStock]) -> Trace:
    """Return what was done to a product that was there."""
    old = {sku.sku_id: sku for sku in before.skus}
    on_hand = {sku_id: old[sku_id].on_hand for sku_id in moves}
    return Trace(
        list(_differences(before, after)),
        [sku.sku_id for sku in after.skus if sku.sku_id not in old],
        moves={sku_id: _delta(move, on_hand[sku_id]) for sku_id, move in moves.items()},
        stocks=on_hand,
    )


def value_of(thing: StaffProduct | StaffSku, field: str) -> Any:  # noqa: ANN401 - as JSON has it
    """Return a field of a product or a SKU."""
    value = getattr(thing, field)
    return [picture.name for picture in value] if field == "pictures" else value


def mark_of(product: StaffProduct) -> str:
    """Return what is another as soon as somebody edits a product; its pictures may come later."""
    own = [value_of(product, field) for field in OF_PRODUCTS if field != "pictures"]
    skus = [[sku.sku_id, *(value_of(sku, field) for field in OF_SKUS)] for sku in product.skus]
    return hashlib.sha256(msgspec.json.encode([own, skus])).hexdigest()


def _differences(before: StaffProduct, after: StaffProduct) -> Iterator[Difference]:
    yield from _between(before, after, OF_PRODUCTS, "")
    old = {sku.sku_id: sku for sku in before.skus}
    for sku in after.skus:
        if sku.sku_id in old:
            yield from _between(old[sku.sku_id], sku, OF_SKUS, sku.sku_id)


def _between(
    before: StaffProduct | StaffSku, after: StaffProduct | StaffSku, fields: tuple[str, ...], sku_id: str
) -> Iterator[Difference]:
    for field in fields:
        was, now = value_of(before, field), value_of(after, field)
        if was != now:
            yield Difference(field, was, now, sku_id)


def _delta(move: MoveStock, on_hand: int) -> int:
    return move.count - on_hand if move.count is not None else move.delta or 0
