"""Says of each line of a file what it does, with the fields that become others."""

from collections.abc import Iterator
from typing import Any

from backend.contract.currency import plain_amount
from backend.contract.exchange import FieldChange, LineOutcome, LineProposal
from backend.shop.catalog.exchange.applying import Applied
from backend.shop.catalog.exchange.rows import Goods

_MONEY = frozenset({"price_minor", "reference_minor", "floor_minor"})
MOST_LETTERS = 200
"""Of a value that is shown; descriptions are longer."""


def proposals(goods: Goods, applied: Applied, currency: str) -> Iterator[LineProposal]:
    """Return what the lines of a product do; what is of the product stands in the first of them."""
    trace = applied.trace
    by_sku: dict[str, list[FieldChange]] = {}
    for one in trace.differences:
        shown = FieldChange(one.field, *(_shown(one.field, value, currency) for value in (one.was, one.now)))
        by_sku.setdefault(one.sku_id, []).append(shown)
    for sku_id, delta in trace.moves.items():
        had = trace.stocks.get(sku_id, 0)
        by_sku.setdefault(sku_id, []).append(FieldChange("stock", f"{had}", f"{had + delta}"))
    for row in goods.rows:
        sku_id = applied.lines.get(row.line, "")
        changes = by_sku.get(sku_id, []) if sku_id else []
        if row.line == goods.line:
            changes = [*by_sku.get("", []), *changes]
        is_new = trace.is_new or sku_id in trace.new_skus
        outcome = LineOutcome.NEW if is_new else LineOutcome.CHANGED if changes else LineOutcome.UNCHANGED
        yield LineProposal(row.line, outcome, applied.title, [] if is_new else changes)


def _shown(field: str, value: Any, currency: str) -> str:  # noqa: ANN401 - as JSON has it
    if value is None:
        return ""
    if field in _MONEY:
        return plain_amount(value, currency)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(one[-1] if isinstance(one, list) else str(one) for one in value)
    return str(value)[:MOST_LETTERS]
