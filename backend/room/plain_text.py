"""Turns what users type into plain text that is safe to show, and into keys to compare texts by."""

import re
import unicodedata
from typing import Final

from backend.messages import Rejection

MAX_DANMU: Final = 100
MAX_NAME: Final = 20
# More marks than this upon one letter only climb over other people's lines.
MAX_MARKS: Final = 3
# What may come for each code point that may be left: an accent of its own, spaces at the ends.
RAW_TO_CLEAN: Final = 2
_JOINER: Final = "\u200d"
_GONE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACE: Final = frozenset({"Zs", "Zl", "Zp"})
_MARKS: Final = frozenset({"Mn", "Me"})
# For comparing: spaces, punctuation, marks and arithmetic between letters are how words are hidden.
_SEPARATORS: Final = _GONE | _SPACE | _MARKS | {"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sk", "Sm"}
_LINK: Final = re.compile(
    r"https?:|www\s*\.|\b[a-z0-9-]{2,}\s*\.\s*(?:com|cn|net|org|io|cc|top|xyz|vip|shop|me|tv|info|link|app|live"
    r"|site|club|store|ru|tk|ly|gl|gg|edu|gov|co|biz|online|icu)\b|\bt\s*\.\s*me\b|\b(?:\d{1,3}\.){3}\d{1,3}\b",
    re.IGNORECASE | re.ASCII,  # a word ends where Chinese begins
)


def clean(text: str, most: int = MAX_DANMU) -> str | Rejection:
    """Return the text in NFKC, on one line, without control and bidi characters; or why it is refused.

    Emoji stay whole: a joiner between two symbols is kept, all other format characters go.

    Args:
        text: what somebody typed.
        most: code points that may be left.
    """
    # Before the work: NFKC turns one code point into 18 at most, and sorts marks in quadratic time.
    if len(text) > RAW_TO_CLEAN * most:
        return Rejection.TOO_LONG
    normal = unicodedata.normalize("NFKC", text)
    if len(normal) > RAW_TO_CLEAN * most:
        return Rejection.TOO_LONG
    letters: list[str] = []
    marks = 0
    for letter in normal:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in _MARKS else 0
        if category in _SPACE or letter in "\t\n\r":
            letters.append(" ")
        elif letter == _JOINER:
            letters.append(letter if letters and _may_join(letters[-1]) else "")
        elif category not in _GONE and marks <= MAX_MARKS:
            letters.append(letter)
    cleaned = " ".join("".join(letters).split()).strip(_JOINER)
    if not any(unicodedata.category(letter) not in _MARKS for letter in cleaned):
        return Rejection.EMPTY
    return Rejection.TOO_LONG if len(cleaned) > most else cleaned


def _may_join(letter: str) -> bool:
    return letter == "\ufe0f" or unicodedata.category(letter[-1:] or " ") in {"So", "Sk"}


def key(text: str) -> str:
    """Return what is left of a text when width, case, spaces, punctuation and marks do not count."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    apart = unicodedata.normalize("NFD", folded)
    return "".join(letter for letter in apart if unicodedata.category(letter) not in _SEPARATORS)


def has_link(text: str) -> bool:
    """Whether a cleaned text holds an address of the web, with spaces or full stops of any script in it."""
    return _LINK.search(text.replace("。", ".").replace("｡", ".")) is not None
