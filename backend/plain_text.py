"""Turns what users type into plain text that is safe to show, and into keys to compare texts by.

What is shown is what was written: only what cannot be seen, or does harm, is taken away. What is compared is
folded as far as a reader's eye folds it, and shown to nobody.
"""

import re
import unicodedata
from typing import Final

from backend.contract.base import RejectReason
from backend.contract.chat import MAX_DANMU
from backend.look_alikes import BLANK, INVISIBLE, LOOKS_LIKE, SIGNS, TWINS

# More marks than this upon one letter only climb over other people's lines.
MAX_MARKS: Final = 3
# What may come for each code point that may be left: an accent of its own, spaces at the ends.
RAW_TO_CLEAN: Final = 2
_JOINER: Final = "\u200d"
_NON_JOINER: Final = "\u200c"
_EMOJI_STYLE: Final = "\ufe0f"
# They choose how what is before them looks: an emoji, a Chinese character in a name, a Mongolian letter.
_STYLES: Final = frozenset({"\ufe0e", _EMOJI_STYLE})
_VARIANTS: Final = {
    **dict.fromkeys(map(chr, range(0xE0100, 0xE01F0)), "CJK"),
    **dict.fromkeys(map(chr, range(0x180B, 0x180E)), "MONGOLIAN"),
}
# Flags of England and the like: a black flag, then its region in letters that are not seen (UTS #51, ED-14a).
_REGION: Final = re.compile("(?<=\U0001f3f4)[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
# Control characters but tab and line feed; zero width; what turns the direction of writing.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_BELONGING: Final = frozenset({*_STYLES, *_VARIANTS, _JOINER, _NON_JOINER})
_VIRAMA: Final = 9
# In these scripts marks are vowels and tones, and names differ by them; elsewhere they are accents.
_VOWELLED: Final = frozenset(
    {"THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI"}
    | {"ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA"}
)
_KANA: Final = frozenset({"HIRAGANA", "KATAKANA"})
_VOICED: Final = frozenset("\u3099\u309a")
_GONE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACE: Final = frozenset({"Zs", "Zl", "Zp"})
_MARKS: Final = frozenset({"Mn", "Me"})
# For comparing: spaces, punctuation, marks and arithmetic between letters are how words are hidden.
_SEPARATORS: Final = _GONE | _SPACE | {"Me", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sk", "Sm"}
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


def plain_text(text: str) -> str:
    """Return a text of several lines without what is not seen, and without spaces around it."""
    return _UNSEEN.sub("", text).strip()


def clean(text: str, most: int = MAX_DANMU) -> str | RejectReason:
    """Return the text on one line as it was written (NFC), without control, bidi and invisible characters.

    What of these belongs to its neighbours stays: joiners (RFC 5892 appendix A), variants, regions of flags.

    Args:
        text: what a user typed.
        most: code points that may be left.

    Returns:
        The text, or why it is refused.
    """
    # Before the work: marks are sorted in quadratic time, and NFC turns one code point into 3 at most.
    if len(text) > RAW_TO_CLEAN * most:
        return RejectReason.TOO_LONG
    normal = unicodedata.normalize("NFC", text)
    if len(normal) > RAW_TO_CLEAN * most:
        return RejectReason.TOO_LONG
    letters: list[str] = []
    marks = 0
    in_flags = {place for found in _REGION.finditer(normal) for place in range(*found.span())}
    for place, letter in enumerate(normal):
        category = unicodedata.category(letter)
        marks = marks + 1 if category in _MARKS else 0
        if category in _SPACE or letter in "\t\n\r" or letter in BLANK:
            letters.append(" ")
        elif place in in_flags or letter in _BELONGING:
            neighbours = (letters or [" "])[-1], normal[place + 1 : place + 2]
            if place in in_flags or _belongs(letter, *neighbours):
                letters.append(letter)
        elif letter not in INVISIBLE and category not in _GONE and marks <= MAX_MARKS:
            letters.append(letter)
    cleaned = " ".join("".join(letters).split()).strip(_JOINER + _NON_JOINER)
    if not any(unicodedata.category(letter) not in _MARKS for letter in cleaned):
        return RejectReason.EMPTY
    return RejectReason.TOO_LONG if len(cleaned) > most else cleaned


def _belongs(unseen: str, before: str, after: str) -> bool:
    """Whether what cannot be seen itself changes how its neighbours are written."""
    if unseen in _STYLES:
        return unicodedata.category(before)[0] in "LNSP"
    if unseen in _VARIANTS:
        return _script(before) == _VARIANTS[unseen]
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if unseen == _NON_JOINER:
        return _script(before) == "ARABIC" == _script(after)
    return before == _EMOJI_STYLE or unicodedata.category(before) in {"So", "Sk"}


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


def key(text: str) -> str:
    """Return what is left of a text when width, case, spaces, punctuation and marks do not count."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _joined(_visible(unicodedata.normalize("NFD", folded)))


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
    folded = _visible(apart).translate(LOOKS_LIKE).casefold()
    return unicodedata.normalize("NFKC", folded)


def _visible(apart: str) -> str:
    """Return decomposed text without what cannot be seen, and without accents."""
    kept: list[str] = []
    base = ""
    for letter in apart:
        category = unicodedata.category(letter)
        if category in _MARKS:
            is_kept = _is_vowel(letter, base)
        else:
            is_kept = letter not in INVISIBLE and (category not in _GONE or letter in "\t\n\r")
            base = base if category == "Mc" else letter
        if is_kept:
            kept.append(letter)
    return "".join(kept)


def _is_vowel(mark: str, base: str) -> bool:
    """Whether a mark upon a letter makes another letter of its script."""
    script = _script(base)
    return script in _KANA if mark in _VOICED else script in _VOWELLED and _script(mark) == script


def _joined(text: str) -> str:
    return "".join(
        letter
        for letter in text
        if letter not in INVISIBLE and unicodedata.category(letter) not in _SEPARATORS
    )
