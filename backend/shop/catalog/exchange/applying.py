"""Applies the products of a file to the catalogue, or says what that would do."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select

from backend.contract.exchange import LineProblem, StockOf
from backend.contract.listing import MOST_LISTED
from backend.contract.products import ProductUpdate, StaffProduct
from backend.contract.stock import SkuStock
from backend.shop.catalog.announcing import announce_stock
from backend.shop.catalog.changing import change_read
from backend.shop.catalog.creating import create_product
from backend.shop.catalog.exchange.differences import Trace, trace_change, trace_new
from backend.shop.catalog.exchange.planning import Change, Creation, Known, plan
from backend.shop.catalog.exchange.rows import Fault, Goods, fault_of
from backend.shop.catalog.results import BadReference, CodeTaken, ListingFull, NotFit, ProductRefused
from backend.shop.catalog.staff_reading import read_products_of
from backend.shop.catalog.writing import Writing
from backend.shop.stock.counting import last_movements, move_by_staff
from backend.storage.catalog_tables import SKUS


class Outcome(Enum):
    """What became of a product of a file."""

    CREATED = auto()
    CHANGED = auto()
    UNCHANGED = auto()


class Applied(msgspec.Struct, frozen=True):
    """A product of a file that was taken.

    Attributes:
        lines: the SKU that each of them is about.
    """

    outcome: Outcome
    spu_id: str
    title: str = ""
    trace: Trace = Trace()
    lines: dict[int, str] = {}


class Applying(msgspec.Struct, frozen=True):
    """How products of a file are applied.

    Attributes:
        is_in_room: whether the room shows what is new.
    """

    stock_of: StockOf
    has_picture: Callable[[str], bool]
    writing: Writing
    room_id: str = ""
    is_in_room: bool = False


def read_known(connection: Connection, batch: Sequence[Goods]) -> Known:
    """Read the products that lines may be about."""
    rows = [sku for goods in batch for _, sku in goods.skus]
    codes = sorted({sku.code for sku in rows if isinstance(sku.code, str)})
    sku_ids = sorted({sku.sku_id for sku in rows if sku.sku_id})
    columns = (SKUS.c.spu_id, SKUS.c.sku_id, SKUS.c.code)
    by_code = connection.execute(select(*columns).where(SKUS.c.code.in_(codes))).all()
    by_sku = connection.execute(select(*columns).where(SKUS.c.sku_id.in_(sku_ids))).all()
    wanted = {goods.key for goods in batch} | {str(row.spu_id) for row in (*by_code, *by_sku)}
    return Known(
        read_products_of(connection, wanted),
        {str(row.sku_id): str(row.spu_id) for row in by_sku},
        {str(row.code): str(row.spu_id) for row in by_code},
    )


def apply_all(
    connection: Connection, batch: Sequence[Goods], applying: Applying
) -> list[Applied | list[Fault]]:
    """Take the lines of products, of each all or none of them."""
    known: Known | None = read_known(connection, batch)
    answers: list[Applied | list[Fault]] = []
    for goods in batch:
        # A change may have freed a code that this one names, or be of the same product. What is new concerns
        # no other: products of one file that share a code were refused before.
        answer = _apply_whole(connection, goods, known or read_known(connection, [goods]), applying)
        if isinstance(answer, Applied) and answer.outcome is Outcome.CHANGED:
            known = None
        answers.append(answer)
    return answers


def _apply_whole(
    connection: Connection, goods: Goods, known: Known, applying: Applying
) -> Applied | list[Fault]:
    savepoint = connection.begin_nested()
    result = _apply(connection, goods, known, applying)
    if isinstance(result, Applied):
        savepoint.commit()
    else:
        savepoint.rollback()
    return result


def _apply(connection: Connection, goods: Goods, known: Known, applying: Applying) -> Applied | list[Fault]:
    planned = plan(goods, known, applying.stock_of, applying.has_picture)
    match planned:
        case Creation(wish=wish, lines=lines):
            made = create_product(
                connection,
                replace(wish, is_in_room=applying.is_in_room),
                room_id=applying.room_id,
                has_picture=applying.has_picture,
                writing=applying.writing,
            )
            if isinstance(made, StaffProduct):
                trace = trace_new(made)
                of_lines = dict(zip(lines, trace.new_skus, strict=True))
                return Applied(Outcome.CREATED, made.spu_id, made.title, trace, of_lines)
            return [_fault(goods, made, {"skus": lines})]
        case Change():
            return _change(connection, goods, planned, applying)
        case _:
            return planned


def _change(
    connection: Connection, goods: Goods, change: Change, applying: Applying
) -> Applied | list[Fault]:
    places = {"skus": change.lines, "new_skus": change.new_lines}
    made = change_read(
        connection, change.before, change.wish, has_picture=applying.has_picture, writing=applying.writing
    )
    if not isinstance(made, ProductUpdate):
        return [_fault(goods, made, places)]
    for sku_id, move in change.moves.items():
        writing = applying.writing
        moved = move_by_staff(connection, sku_id, move, actor=writing.by.user_id, now_ms=writing.now_ms)
        if not isinstance(moved, SkuStock):
            return [fault_of(goods.line, "stock", LineProblem.HELD_BY_ORDERS, sku=sku_id)]
    if change.moves:
        announce_stock(connection, set(change.moves), applying.writing.now_ms)
    is_changed = made.after != made.before or bool(change.moves)
    trace = trace_change(made.before, made.after, change.moves)
    trace = replace(trace, movements=last_movements(connection, change.moves))
    of_lines = dict(zip(change.lines, (sku.sku_id for sku in change.wish.skus), strict=True))
    of_lines |= dict(zip(change.new_lines, trace.new_skus, strict=True))
    outcome = Outcome.CHANGED if is_changed else Outcome.UNCHANGED
    return Applied(outcome, change.before.spu_id, made.after.title, trace, of_lines)


def _fault(goods: Goods, refused: ProductRefused | None, places: Mapping[str, Sequence[int]]) -> Fault:
    """Return a refusal of the catalogue as the fault of a line."""
    match refused:
        case NotFit(pointer=pointer, why=why):
            line, column = _place_of(goods, pointer, places)
            return Fault(line, column, why)
        case BadReference():
            return fault_of(
                *_place_of(goods, refused.pointer, places), LineProblem(refused.kind), price=refused.allowed
            )
        case CodeTaken(code=code, title=title):
            return fault_of(goods.line, "code", LineProblem.CODE_TAKEN, title=title, code=code)
        case ListingFull():
            return fault_of(goods.line, "", LineProblem.ROOM_FULL, most=MOST_LISTED)
        case _:
            return fault_of(goods.line, "", LineProblem.CHANGED_MEANWHILE)


def _place_of(goods: Goods, pointer: str, places: Mapping[str, Sequence[int]]) -> tuple[int, str]:
    kind, place, field = [*pointer.strip("/").split("/"), "", ""][:3]
    lines = places.get(kind, ())
    is_sku = place.isdigit() and int(place) < len(lines)
    return (lines[int(place)], field) if is_sku else (goods.line, kind)
