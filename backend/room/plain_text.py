"""Turns what users type into plain text that is safe to show, and into keys to compare texts by.

What is shown is what was written: only what cannot be seen, or does harm, is taken away. What is compared is
folded as far as a reader's eye folds it, and shown to nobody.
"""

import re
import unicodedata
from typing import Final

from backend.messages import Rejection
from backend.room.look_alikes import BLANK, INVISIBLE, LOOKS_LIKE, SIGNS, TWINS

MAX_DANMU: Final = 100
MAX_NAME: Final = 20
# More marks than this upon one letter only climb over other people's lines.
MAX_MARKS: Final = 3
# What may come for each code point that may be left: an accent of its own, spaces at the ends.
RAW_TO_CLEAN: Final = 2
_JOINER: Final = "\u200d"
_EMOJI_STYLE: Final = "\ufe0f"
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
_STOPS: Final = str.maketrans(dict.fromkeys("。｡․۔܁܂", "."))
# Two letters of which one flag is made.
_FLAG: Final = re.compile("(?<![\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]{2}(?![\U0001f1e6-\U0001f1ff])")
_FIGURES_AT_LETTERS: Final = re.compile(r"(?<=[a-z])[01]+|[01]+(?=[a-z])")
_AS_L: Final = str.maketrans("01", "ol")
_AS_I: Final = str.maketrans("01", "oi")


def clean(text: str, most: int = MAX_DANMU) -> str | Rejection:
    """Return the text on one line as it was written (NFC), without control, bidi and invisible characters.

    Emoji stay whole: a joiner between two symbols is kept, all other format characters go.

    Args:
        text: what somebody typed.
        most: code points that may be left.

    Returns:
        The text, or why it is refused.
    """
    # Before the work: marks are sorted in quadratic time, and NFC turns one code point into 3 at most.
    if len(text) > RAW_TO_CLEAN * most:
        return Rejection.TOO_LONG
    normal = unicodedata.normalize("NFC", text)
    if len(normal) > RAW_TO_CLEAN * most:
        return Rejection.TOO_LONG
    letters: list[str] = []
    marks = 0
    for letter in normal:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in _MARKS else 0
        if category in _SPACE or letter in "\t\n\r" or letter in BLANK:
            letters.append(" ")
        elif letter == _JOINER:
            letters.append(letter if letters and _may_join(letters[-1]) else "")
        elif letter in INVISIBLE and letter != _EMOJI_STYLE:
            continue
        elif category not in _GONE and marks <= MAX_MARKS:
            letters.append(letter)
    cleaned = " ".join("".join(letters).split()).strip(_JOINER)
    if not any(unicodedata.category(letter) not in _MARKS for letter in cleaned):
        return Rejection.EMPTY
    return Rejection.TOO_LONG if len(cleaned) > most else cleaned


def _may_join(letter: str) -> bool:
    return letter == _EMOJI_STYLE or unicodedata.category(letter[-1:] or " ") in {"So", "Sk"}


def key(text: str) -> str:
    """Return what is left of a text when width, case, spaces, punctuation and marks do not count."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _joined(unicodedata.normalize("NFD", folded))


def readings(text: str) -> tuple[str, ...]:
    """Return the keys of all that a text may be read as: letters of another script, figures for letters."""
    plain, seen = key(text), key_seen(text)
    if not _FIGURES_AT_LETTERS.search(seen):
        return tuple({plain, seen})
    as_letters = [
        _FIGURES_AT_LETTERS.sub(lambda figures, table=table: figures[0].translate(table), seen)  # type: ignore[misc]
        for table in (_AS_L, _AS_I)
    ]
    return tuple({plain, seen, *as_letters})


def key_seen(text: str) -> str:
    """Return a key for which the letters of other scripts do not count either."""
    return _joined(_seen(text))


def look(text: str) -> str:
    """Return what two names have in common that one person can take for the other; never empty for a name."""
    apart = _joined(_seen(text).translate(TWINS))
    return apart or unicodedata.normalize("NFKC", text).casefold()


def latin_words(text: str) -> list[str]:
    """Return the words of Latin letters and figures that a reader sees in a text, in the form of `look`."""
    words = re.findall(r"[a-z0-9|!@$]+", _seen(text))
    return [form.translate(TWINS) for word in words for form in {word.strip("|!@$"), word.translate(SIGNS)}]


def has_link(text: str) -> bool:
    """Whether a text holds an address of the web, with spaces or full stops of any script in it."""
    return _LINK.search(_seen(text).translate(_STOPS)) is not None


def _seen(text: str) -> str:
    """Return the letters that a reader sees, in one script and case, spaces and punctuation with them."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", _FLAG.sub("", text)))
    visible = "".join(letter for letter in apart if not _is_unseen(letter))
    folded = visible.translate(LOOKS_LIKE).casefold()
    return unicodedata.normalize("NFKC", folded)


def _is_unseen(letter: str) -> bool:
    category = unicodedata.category(letter)
    return letter in INVISIBLE or category in _MARKS or (category in _GONE and letter not in "\t\n\r")


def _joined(text: str) -> str:
    return "".join(
        letter
        for letter in text
        if letter not in INVISIBLE and unicodedata.category(letter) not in _SEPARATORS
    )
