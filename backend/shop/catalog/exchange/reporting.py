"""Counts what became of a file's lines and products."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from backend.contract.exchange import (
    MOST_TOLD,
    FileFormat,
    ImportReport,
    LineOutcome,
    LineProblem,
    LineProposal,
    LineRefusal,
)
from backend.shop.catalog.exchange.applying import Applied, Outcome
from backend.shop.catalog.exchange.linked_pictures import Fetched
from backend.shop.catalog.exchange.proposing import proposals
from backend.shop.catalog.exchange.rows import Fault, Goods, Parsed, fault_of, goods_of


class Tally:
    """The report of an import as it grows.

    Attributes:
        pictures: what became of links.
    """

    def __init__(self, kind: FileFormat, parsed: Parsed, currency: str, *, is_dry_run: bool) -> None:
        self._kind = kind
        self._currency = currency
        self._proposals: list[LineProposal] = []
        self._parsed = parsed
        self._is_dry_run = is_dry_run
        self._outcomes: Counter[Outcome] = Counter()
        self._faults: list[Fault] = list(parsed.faults)
        self.pictures = Fetched()

    def count(self, goods: Sequence[Goods], answers: Sequence[Applied | list[Fault]]) -> None:
        """Count what became of products."""
        for one, answer in zip(goods, answers, strict=True):
            if isinstance(answer, Applied):
                self._outcomes[answer.outcome] += 1
                self._proposals += proposals(one, answer, self._currency)
            else:
                self.refuse(one, answer)

    def refuse(self, goods: Goods, faults: Sequence[Fault]) -> None:
        """Count all lines of a product as refused, each with its reason."""
        told = {fault.line for fault in faults}
        others = [
            fault_of(row.line, "", LineProblem.OTHER_LINE_REFUSED)
            for row in goods.rows
            if row.line not in told
        ]
        self._faults += [*faults, *others]

    def report(self) -> ImportReport:
        """Return the report."""
        faults = sorted(self._faults, key=lambda fault: (fault.line, fault.column))
        columns = self._parsed.columns
        first = sorted(self._proposals, key=lambda one: (one.outcome is LineOutcome.UNCHANGED, one.line))[
            :MOST_TOLD
        ]
        return ImportReport(
            is_dry_run=self._is_dry_run,
            format=self._kind,
            lines=self._parsed.lines,
            created=self._outcomes[Outcome.CREATED],
            changed=self._outcomes[Outcome.CHANGED],
            unchanged=self._outcomes[Outcome.UNCHANGED],
            refused_count=len({fault.line for fault in faults}),
            refused=[
                LineRefusal(one.line, columns.get(one.column, one.column), one.why, one.problem, one.values)
                for one in faults[:MOST_TOLD]
            ],
            pictures=self.pictures.count,
            pictures_left=self.pictures.left,
            pictures_refused=self.pictures.refused,
            pictures_next=self.pictures.next,
            proposals=first,
        )


def sound_goods(parsed: Parsed, tally: Tally) -> list[Goods]:
    """Return the products of which no line is refused; the others are counted."""
    goods = goods_of(parsed.rows)
    products_of_code: dict[str, set[str]] = defaultdict(set)
    for one in goods:
        for _, sku in one.skus:
            if isinstance(sku.code, str):
                products_of_code[sku.code].add(one.key)
    sound = []
    for one in goods:
        doubled = [
            fault_of(line, "code", LineProblem.CODE_TWICE, code=sku.code)
            for line, sku in one.skus
            if isinstance(sku.code, str) and len(products_of_code[sku.code]) > 1
        ]
        if doubled or one.key in parsed.refused_keys:
            tally.refuse(one, doubled)
        else:
            sound.append(one)
    return sound
