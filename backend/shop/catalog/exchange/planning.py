"""Plans what the lines of a product do to the catalogue as it is: a new product, a change, or nothing."""

from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec import UNSET
from msgspec.structs import asdict

from backend.contract.exchange import LineProblem, StockOf
from backend.contract.products import ChangeProduct, ChangeSku, NewProduct, NewSku, StaffProduct, StaffSku
from backend.contract.stock import MoveStock
from backend.shop.catalog.exchange.rows import Fault, Goods, SkuRow, fault_of

_NOT_OF_CHANGES = {"sku_id", "stock", "stock_was"}
_NOT_OF_NEW = {"sku_id", "stock_was", "is_active"}
WHY = "import"


class Creation(msgspec.Struct, frozen=True):
    """A product that is to be added; `lines` are those of its SKUs."""

    wish: NewProduct
    lines: Sequence[int]


class Change(msgspec.Struct, frozen=True):
    """What is to change of a product.

    Attributes:
        lines: of the SKUs that change; `new_lines` of those that are added.
        moves: of stock, by SKU.
    """

    before: StaffProduct
    wish: ChangeProduct
    lines: Sequence[int]
    new_lines: Sequence[int]
    moves: Mapping[str, MoveStock]


class Known(msgspec.Struct, frozen=True):
    """The products that lines may be about.

    Attributes:
        by_sku, by_code: which product has a SKU.
    """

    products: Mapping[str, StaffProduct]
    by_sku: Mapping[str, str]
    by_code: Mapping[str, str]


def plan(
    goods: Goods, known: Known, stock_of: StockOf, has_picture: Callable[[str], bool]
) -> Creation | Change | list[Fault]:
    """Return what the lines of a product mean."""
    ids = _products_of(goods, known)
    if len(ids) > 1:
        return [fault_of(goods.line, "", LineProblem.SEVERAL_PRODUCTS)]
    before = known.products[next(iter(ids))] if ids else None
    had = set() if before is None else {picture.name for picture in before.pictures}
    fields = goods.fields
    named = named_pictures(goods)
    names = [name for name in named if name in had or has_picture(name)]
    # Links are fetched in a step of their own; what the product shows meanwhile stays.
    if names or not named:
        fields |= {"pictures": names} if "pictures" in fields else {}
    else:
        del fields["pictures"]
    return _creation(goods, fields) if before is None else _change(goods, before, fields, stock_of)


def named_pictures(goods: Goods) -> list[str]:
    """Return the pictures that the lines of a product name: uploaded ones, and links."""
    named = goods.fields.get("pictures", [])
    return named if isinstance(named, list) else []


def is_link(name: str) -> bool:
    """Return whether a picture is somewhere else."""
    return "://" in name


def _products_of(goods: Goods, known: Known) -> set[str]:
    found = {goods.key} & known.products.keys()
    for _, sku in goods.skus:
        by_code = known.by_code.get(sku.code, "") if isinstance(sku.code, str) else ""
        found.add(known.by_sku.get(sku.sku_id, "") or by_code)
    return found - {""}


def _creation(goods: Goods, fields: dict[str, object]) -> Creation | list[Fault]:
    faults = [
        fault_of(line, "price", LineProblem.NEW_WITHOUT_PRICE)
        for line, sku in goods.skus
        if sku.price_minor is UNSET
    ]
    if not goods.skus:
        faults.append(fault_of(goods.line, "", LineProblem.NEW_WITHOUT_LINE))
    if not fields.get("title"):
        faults.append(fault_of(goods.line, "title", LineProblem.NEW_WITHOUT_TITLE))
    if faults:
        return faults
    skus = [_new_sku(sku) for _, sku in goods.skus]
    wish = NewProduct(skus=skus, **fields)  # type: ignore[arg-type]
    return Creation(wish, [line for line, _ in goods.skus])


def _change(
    goods: Goods, before: StaffProduct, fields: dict[str, object], stock_of: StockOf
) -> Change | list[Fault]:
    changes: dict[str, ChangeSku] = {}
    lines, new, new_lines, moves = [], [], [], {}
    for line, row in goods.skus:
        sku = _match(before, row)
        if sku is None:
            if row.price_minor is UNSET:
                return [fault_of(line, "price", LineProblem.NEW_WITHOUT_PRICE)]
            new.append(_new_sku(row))
            new_lines.append(line)
            continue
        if sku.sku_id in changes:
            return [fault_of(line, "", LineProblem.SKU_TWICE)]
        said = {name: value for name, value in asdict(row).items() if name not in _NOT_OF_CHANGES}
        changes[sku.sku_id] = ChangeSku(sku.sku_id, **said)
        lines.append(line)
        move = _move(sku, row, stock_of)
        if move is not None:
            moves[sku.sku_id] = move
    wish = ChangeProduct(before.version, skus=list(changes.values()), new_skus=new, **fields)  # type: ignore[arg-type]
    return Change(before, wish, lines, new_lines, moves)


def _match(product: StaffProduct, row: SkuRow) -> StaffSku | None:
    """Return which SKU of a product a line is about: by its id, its code, or its specifications."""
    active = [sku for sku in product.skus if sku.is_active]
    for found in (
        [sku for sku in product.skus if row.sku_id and sku.sku_id == row.sku_id],
        [sku for sku in product.skus if isinstance(row.code, str) and sku.code == row.code],
        [sku for sku in active if sku.specs == row.specs],
        [sku for sku in active if row.specs is UNSET and not sku.specs],
    ):
        if found:
            return found[0]
    return None


def _move(sku: StaffSku, row: SkuRow, stock_of: StockOf) -> MoveStock | None:
    if row.stock is UNSET or sku.components:
        return None
    if row.stock_was is not UNSET:
        delta = row.stock - row.stock_was
        return MoveStock(WHY, delta=delta) if delta else None
    if stock_of is StockOf.LEAVE or row.stock == sku.on_hand:
        return None
    return MoveStock(WHY, count=row.stock)


def _new_sku(row: SkuRow) -> NewSku:
    said = {name: value for name, value in asdict(row).items() if name not in _NOT_OF_NEW}
    return NewSku(**{name: value for name, value in said.items() if value is not UNSET})
