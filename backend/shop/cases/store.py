"""Cases as they are kept. The functions run inside the caller's transaction."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from backend.contract.cases import (
    Case,
    CaseChange,
    CaseKind,
    CaseLine,
    CasesPage,
    CaseState,
    RefundState,
)
from backend.contract.orders import Order, OrderAxis, PaymentMethod
from backend.shop.cases.states import due_at, is_end, waits_for_buyer
from backend.shop.orders.changes import ChangedMeanwhileError, Step, change_order
from backend.shop.settings import read_return_rules, read_shipping
from backend.shop.telling import tell_turn
from backend.storage.case_tables import CASE_CHANGES, CASE_LINES, CASE_PICTURES, CASES
from backend.storage.database import read_rows
from backend.storage.order_tables import ORDERS
from backend.storage.payment_tables import REFUNDS

_AWAITS_GOODS = frozenset({CaseState.APPROVED.value, CaseState.SENT_BACK.value})
_KEPT = tuple(column.name for column in CASES.columns)


class CaseFilter(msgspec.Struct, frozen=True):
    """Whose cases are wanted; None for any.

    Attributes:
        is_open: only those that are not at their end, or only those that are.
    """

    buyer_id: str | None = None
    room_id: str | None = None
    order_id: str | None = None
    state: CaseState | None = None
    is_open: bool | None = None


class CaseStep(msgspec.Struct, frozen=True):
    """A step that a case takes.

    Attributes:
        actor: a user id, or `timer`.
    """

    to_state: CaseState
    actor: str
    reason: str
    at_ms: int


def find_case(connection: Connection, case_id: str) -> Case | None:
    """Return a case; None where there is none."""
    found = _read(connection, [CASES.c.case_id == case_id], limit=1)
    return found[0] if found else None


def read_cases(
    connection: Connection, wanted: CaseFilter, *, cursor: str | None = None, limit: int = 20
) -> CasesPage:
    """Return a page of cases, the newest first.

    The cursor is the `next` of the page before; None for the first.
    """
    conditions = [
        CASES.c[name] == value
        for name, value in msgspec.structs.asdict(wanted).items()
        if name != "is_open" and value is not None
    ]
    if wanted.is_open is not None:
        is_closed = CASES.c.closed_at_ms.is_not(None)
        conditions.append(~is_closed if wanted.is_open else is_closed)
    if cursor is not None:
        conditions.append(CASES.c.case_id < cursor)
    # One more than is shown says whether there is a further page.
    cases = _read(connection, conditions, limit=limit + 1)
    shown = cases[:limit]
    return CasesPage(shown, shown[-1].case_id if len(cases) > limit else None)


def open_cases(connection: Connection, order_id: str) -> list[Case]:
    """Return the cases of an order that are not at their end."""
    return _read(connection, [CASES.c.order_id == order_id, CASES.c.closed_at_ms.is_(None)], limit=None)


def add_case(connection: Connection, case: Case, order: Order) -> None:
    """Keep a new case with its first change."""
    row = {name: getattr(case, name) for name in _KEPT}
    connection.execute(insert(CASES).values(row))
    lines = [{"case_id": case.case_id, **msgspec.structs.asdict(line)} for line in case.lines]
    if lines:
        connection.execute(insert(CASE_LINES), lines)
    _record(connection, case.case_id, case.changes[0])
    _touch_order(connection, order, case.changes[0])


def change_case(connection: Connection, case: Case, step: CaseStep, order: Order, **values: object) -> Case:
    """Let a case take a step, change the columns named by `values` with it, and return it as it is then.

    The order's version grows with it, so that whoever follows the order hears of the case.

    Raises:
        ChangedMeanwhileError: another writer changed the case; the caller's savepoint undoes the rest.
    """
    due_ms = due_at(case.kind, step.to_state, step.at_ms, read_return_rules(connection))
    changed = {
        "state": step.to_state,
        "version": case.version + 1,
        "is_escalated": False,
        "due_at_ms": due_ms,
        "closed_at_ms": step.at_ms if is_end(step.to_state) else None,
        **values,
    }
    is_as_read = (
        CASES.c.case_id == case.case_id,
        CASES.c.state == case.state,
        CASES.c.version == case.version,
    )
    if connection.execute(update(CASES).where(*is_as_read).values(changed)).rowcount != 1:
        raise ChangedMeanwhileError(f"The case {case.case_id} is not {case.state} any more.")
    change = CaseChange(case.version + 1, case.state, step.to_state, step.actor, step.reason, step.at_ms)
    _record(connection, case.case_id, change)
    _touch_order(connection, order, change)
    after = find_case(connection, case.case_id) or case
    if waits_for_buyer(after):
        tell_turn(connection, order, step.at_ms)
    return after


def _record(connection: Connection, case_id: str, change: CaseChange) -> None:
    row = {"case_id": case_id, **msgspec.structs.asdict(change)}
    connection.execute(insert(CASE_CHANGES).values(row))


def _touch_order(connection: Connection, order: Order, change: CaseChange) -> None:
    step = Step(OrderAxis.CASE, change.to_state, change.actor, change.reason, change.at_ms, change.from_state)
    change_order(connection, order, step)


def _read(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], *, limit: int | None
) -> list[Case]:
    orders = (ORDERS.c.number.label("order_number"), ORDERS.c.currency, ORDERS.c.method)
    query = (
        select(CASES, *orders, REFUNDS.c.state.label("money"), REFUNDS.c.came_back)
        .join(ORDERS, ORDERS.c.order_id == CASES.c.order_id)
        .join(REFUNDS, REFUNDS.c.refund_id == CASES.c.case_id, isouter=True)
        .where(*conditions)
        .order_by(CASES.c.case_id.desc())
    )
    rows = read_rows(connection, query if limit is None else query.limit(limit))
    ids = [str(row["case_id"]) for row in rows]
    lines = _by_case(connection, CASE_LINES, ids, CASE_LINES.c.line)
    changes = _by_case(connection, CASE_CHANGES, ids, CASE_CHANGES.c.version)
    pictures = _pictures(connection, ids)
    awaits_goods = any(row["state"] in _AWAITS_GOODS for row in rows)
    return_to = read_shipping(connection).return_to if awaits_goods else ""
    return [
        _case(
            {
                **row,
                "pictures": pictures.get(case_id, []),
                "return_to": return_to if _goods_come_back(row) else "",
            },
            lines.get(case_id, []),
            changes.get(case_id, []),
        )
        for case_id, row in zip(ids, rows, strict=True)
    ]


def _goods_come_back(row: dict[str, object]) -> bool:
    return row["state"] in _AWAITS_GOODS and row["kind"] != CaseKind.REFUND_ONLY


def _pictures(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the names of what is attached to each case: the pictures themselves are read one by one."""
    attached = CASE_PICTURES.c
    query = select(attached.case_id, attached.name).where(attached.case_id.in_(ids)).order_by(attached.number)
    names: dict[str, list[str]] = {}
    for case_id, name in connection.execute(query):
        names.setdefault(case_id, []).append(name)
    return names


def _by_case(
    connection: Connection, table: Table, ids: Sequence[str], position: ColumnElement[int]
) -> dict[str, list[dict[str, object]]]:
    groups: dict[str, list[dict[str, object]]] = {}
    query = select(table).where(table.c.case_id.in_(ids)).order_by(position)
    for row in read_rows(connection, query):
        groups.setdefault(str(row["case_id"]), []).append(row)
    return groups


def _case(
    row: dict[str, object], lines: Iterable[dict[str, object]], changes: Iterable[dict[str, object]]
) -> Case:
    values = {
        **row,
        "lines": msgspec.convert(list(lines), list[CaseLine]),
        "changes": msgspec.convert(list(changes), list[CaseChange]),
        "refund_state": _refund_state(row),
    }
    # SQLite has no booleans of its own.
    return msgspec.convert(values, Case, strict=False)


def _refund_state(row: dict[str, object]) -> RefundState:
    if row["state"] != CaseState.REFUNDED:
        return RefundState.NONE
    if row["money"] is None:
        is_by_hand = row["method"] != PaymentMethod.ONLINE
        return RefundState.DONE if is_by_hand else RefundState.NONE
    if row["money"] == "done":
        return RefundState.DONE
    return RefundState.CAME_BACK if row["came_back"] else RefundState.REQUESTED
