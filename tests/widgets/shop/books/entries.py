"""Lines of the books for tests."""

from typing import Final

from backend.contract.bookkeeping import DaySum, Mismatch, MismatchKind
from backend.contract.payments import SuspenseItem

ITEM: Final = SuspenseItem(
    7, "wechat", "4200001", 16_800, "CNY", "the attempt was paid before", 1_700_000_000_000
)
DAY: Final = DaySum("2026-12-01", "wechat", "CNY", 16_800, 990, 1_000, 16_790, 3)


def mismatch(kind: MismatchKind) -> Mismatch:
    """A payment that differs so."""
    return Mismatch(kind, "attempt", "order", "wechat", "paid", "unpaid", 16_800, "CNY", "in English")
