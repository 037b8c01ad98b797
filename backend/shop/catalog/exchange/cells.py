"""What cells of a table say: numbers, money, words; and texts that no spreadsheet takes for formulas."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from backend.contract.currency import decimals_of
from backend.contract.exchange import LineProblem
from backend.contract.products import MOST_TAGS
from backend.contract.shop import MAX_PRICE_MINOR
from backend.plain_text import plain_text
from backend.shop.catalog.exchange.rows import LineError

# A spreadsheet runs what begins so, as the wide signs do in some languages; a quote before it makes it text.
_FORMULA: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED: Final = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
_NUMBER: Final = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_YES: Final = frozenset({"yes", "true", "1", "on", "active", "是"})
_NO: Final = frozenset({"no", "false", "0", "-1", "off", "draft", "archived", "unlisted", "否"})


class Cells:
    """One line of a table by its columns, whose names are compared without case and spaces.

    Args:
        values: by column.
        currency: of its prices.
    """

    def __init__(self, values: Mapping[str, str], currency: str) -> None:
        self._values = values
        self._decimals = decimals_of(currency)

    def raw(self, column: str) -> str:
        """Return a cell as it stands there; empty where there is no such column."""
        return self._values.get(column, "")

    def text(self, column: str, most: int) -> str:
        """Return what a cell says, without what is not seen."""
        text = plain_text(self.raw(column))
        if len(text) > most:
            raise LineError(column, LineProblem.TEXT_TOO_LONG, count=len(text), most=most)
        return text

    def count(self, column: str, most: int, least: int = 0) -> int | None:
        """Return a whole number; None where the cell is empty."""
        number = self.number(column)
        if number is None:
            return None
        if number != int(number) or not least <= number <= most:
            raise LineError(column, LineProblem.NOT_WHOLE, least=least, most=most, text=self.shown(column))
        return int(number)

    def units(self, column: str, most: int) -> int:
        """Return a stock; where another shop counts below 0 what it sold beyond its stock, there is none."""
        return 0 if self.raw(column).strip().startswith("-") else self.count(column, most) or 0

    def money(self, column: str) -> int | None:
        """Return an amount in the minor unit; None where the cell is empty."""
        return self.scaled(column, 10**self._decimals, MAX_PRICE_MINOR)

    def scaled(self, column: str, scale: int, most: int) -> int | None:
        """Return a number times a scale; None where the cell is empty."""
        number = self.number(column)
        if number is None:
            return None
        scaled = number * scale
        if scaled != int(scaled):
            raise LineError(column, LineProblem.TOO_MANY_DECIMALS, text=self.shown(column))
        if scaled > most:
            raise LineError(
                column, LineProblem.TOO_LARGE, text=self.shown(column), most=Decimal(most) / scale
            )
        return int(scaled)

    def is_yes(self, column: str) -> bool | None:
        """Return yes or no; None where the cell is empty."""
        word = self.raw(column).strip().casefold()
        if not word:
            return None
        if word not in _YES | _NO:
            raise LineError(column, LineProblem.NOT_YES_OR_NO, text=self.shown(column))
        return word in _YES

    def words(self, column: str, most: int, most_letters: int) -> list[str]:
        """Return the texts of a list, which are one line of CSV."""
        found = [plain_text(text) for text in split_words(self.raw(column))]
        if any(len(text) > most_letters for text in found):
            raise LineError(column, LineProblem.WORD_TOO_LONG, most=most_letters)
        distinct = [text for text in dict.fromkeys(found) if text]
        if len(distinct) > most:
            raise LineError(column, LineProblem.TOO_MANY_WORDS, count=len(distinct), most=most)
        return distinct

    def tags(self, column: str, most_letters: int) -> list[str]:
        """Return tags."""
        return self.words(column, MOST_TAGS, most_letters)

    def number(self, column: str) -> Decimal | None:
        """Return a number of 0 or more; None where the cell is empty."""
        text = self.raw(column).strip()
        if not text:
            return None
        if _NUMBER.fullmatch(text) is None:
            raise LineError(column, LineProblem.NOT_A_NUMBER, text=self.shown(column))
        return Decimal(text)

    def shown(self, column: str) -> str:
        """Return the beginning of a cell, for who reads what is wrong with it."""
        return plain_text(self.raw(column))[:40]


def split_words(text: str) -> list[str]:
    """Return the texts of a list in one cell; `join_words` undoes it."""
    lines = csv.reader(io.StringIO(text, newline=""), skipinitialspace=True)
    return [word for line in lines for word in line]


def join_words(words: Sequence[str]) -> str:
    """Return a list as one cell."""
    out = io.StringIO(newline="")
    # The end of a line must be one of lines: only then are they quoted inside of a text.
    csv.writer(out).writerow(words)
    return out.getvalue().removesuffix("\r\n")


def guard(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs; `unguard` undoes it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text of a cell that was guarded."""
    return text[1:] if _GUARDED.match(text) else text


def amount(minor: int | None, currency: str) -> str:
    """Return an amount as a cell; empty for none."""
    if minor is None:
        return ""
    decimals = decimals_of(currency)
    whole, rest = divmod(minor, 10**decimals)
    return f"{whole}.{rest:0{decimals}}" if decimals else str(whole)


def percent(bp: int) -> str:
    """Return hundredths of a percent as a cell."""
    whole, rest = divmod(bp, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") if rest else str(whole)
