"""The sums of days as a table in a file, safe from spreadsheets; without Qt."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from backend.contract.bookkeeping import DaySum
from widgets.common.money import amount_text, typed_amount

HEAD: Final = ("day", "way", "currency", "paid", "matched_nothing", "refunded", "net", "movements")
_FORMULA: Final = tuple("=+-@\t\r")


def settlements_csv(days: Sequence[DaySum]) -> bytes:
    """Return the lines as CSV in UTF-8 with a mark, which spreadsheets need to read it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEAD)
    for day in days:
        amounts = (day.paid_minor, day.aside_minor, day.refunded_minor, day.net_minor)
        typed = [_signed(amount, day.currency) for amount in amounts]
        writer.writerow([day.day, _safe(day.way), day.currency, *typed, day.movements])
    return text.getvalue().encode("utf-8-sig")


def nets_text(days: Sequence[DaySum]) -> str:
    """What is left of all, by currency."""
    nets: dict[str, int] = {}
    for day in days:
        nets[day.currency] = nets.get(day.currency, 0) + day.net_minor
    return " · ".join(amount_text(nets[currency], currency) for currency in sorted(nets))


def _signed(amount_minor: int, currency: str) -> str:
    sign = "-" if amount_minor < 0 else ""
    return f"{sign}{typed_amount(abs(amount_minor), currency)}"


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
