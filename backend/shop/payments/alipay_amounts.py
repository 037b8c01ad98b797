"""Amounts as Alipay writes them: yuan with two decimals, as text; never a float."""

import re
from typing import Final

_FORM: Final = re.compile(r"(\d{1,12})(?:\.(\d{1,2}))?", re.ASCII)


def yuan_text(amount_minor: int) -> str:
    """Return fen as yuan."""
    yuan, fen = divmod(amount_minor, 100)
    return f"{yuan}.{fen:02}"


def read_yuan(text: str) -> int:
    """Return yuan as fen.

    Raises:
        ValueError: it is no amount of Alipay's.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"Expected yuan such as 12.50, got {text[:20]!r}.")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
