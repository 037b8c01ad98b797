"""Numbers as people read and type them: money, counts, durations, rates."""

import re
import unicodedata
from decimal import Decimal
from typing import Final

_WHOLE: Final = r"\d{1,3}(?:,\d{3})+|\d+"
_YUAN: Final = re.compile(rf"¥?\s*((?:{_WHOLE})(?:\.\d{{0,2}})?)\s*元?", re.ASCII)
_COUNT: Final = re.compile(_WHOLE, re.ASCII)


def money(amount_fen: int) -> str:
    """An amount of fen as yuan: 12900 is `¥129`, 5990 is `¥59.90`."""
    yuan, fen = divmod(amount_fen, 100)
    return f"¥{yuan:,}" if fen == 0 else f"¥{yuan:,}.{fen:02d}"


def yuan(amount_fen: int) -> str:
    """The same as one types it: 123450 is `1234.50`."""
    return money(amount_fen).removeprefix("¥").replace(",", "")


def read_fen(text: str) -> int | None:
    """The fen of an amount typed in yuan, exactly: `12.3` and `１２.30` are 1230; None where it is none.

    Digits may be of full width, and a Chinese full stop may be the point.
    """
    found = _YUAN.fullmatch(_plain(text))
    return int(Decimal(found[1].replace(",", "")) * 100) if found else None


def read_count(text: str) -> int | None:
    """A whole number as it was typed, 0 or more; None where it is none."""
    found = _COUNT.fullmatch(_plain(text))
    return int(Decimal(found[0].replace(",", ""))) if found else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("。", ".").strip()


def clock(seconds: float) -> str:
    """A duration as `00:42:17`; below zero counts as zero."""
    whole = max(0, int(seconds))
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def rate(kbps: float) -> str:
    """A bitrate: `850 kb/s`, `2.48 Mb/s`."""
    return f"{kbps:,.0f} kb/s" if kbps < 1000 else f"{kbps / 1000:,.2f} Mb/s"
