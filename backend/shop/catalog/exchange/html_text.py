"""The text of a description that was written as HTML.

It is read once from its beginning to its end, so that no file costs more than its length: the standard
library's parser looks for the end of a tag anew at each `<`, and raises on some of what people send.
"""

import re
from html import unescape
from typing import Final

_ENDS_LINE: Final = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"})
# What these hold is never shown; tags are read in the first kind alone (HTML standard, 13.1.2).
_UNREAD: Final = frozenset({"head", "template", "object"})
_RAW: Final = frozenset({"script", "style", "iframe"})
_BLANK_LINES: Final = re.compile(r"\n[ \t]*(\n[ \t]*)+")
_OPENS: Final = re.compile("<[a-zA-Z/!?]")
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
# A value in quotes may hold a >. Nothing here is tried twice.
_TAG_END: Final = re.compile(r"""[^>=]*+(?:=\s*+(?:"[^"]*+"|'[^']*+')?+[^>=]*+)*+>""")
# Beyond all characters there are, and beyond what Python makes a number of.
_NO_CHARACTER: Final = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}+;?")


class _Text:
    """Collects what a reader sees of HTML.

    Attributes:
        parts: of the text, with the ends of its lines.
    """

    def __init__(self, html: str) -> None:
        self.parts: list[str] = []
        self._html = html
        self._unread = 0

    def read(self) -> None:
        """Read it all; what begins and does not end is left out, as browsers do."""
        at = 0
        while at < len(self._html):
            opens = _OPENS.search(self._html, at)
            if opens is None:
                self._add(self._html[at:])
                return
            self._add(self._html[at : opens.start()])
            at = self._after(opens.start())

    def _after(self, opens: int) -> int:
        """Read what begins with a <, and return where it ends."""
        html = self._html
        if tag := _TAG.match(html, opens):
            end = _TAG_END.match(html, tag.end())
            return len(html) if end is None else self._tag(tag[1], tag[2].lower(), end.end())
        if html.startswith("<!--", opens):
            return self._past("-->", opens + 2)
        return self._past(">", opens)

    def _tag(self, closes: str, name: str, after: int) -> int:
        if name in _RAW and not closes:
            end = re.compile(f"</{name}", re.IGNORECASE).search(self._html, after)
            return len(self._html) if end is None else end.start()
        if name in _UNREAD:
            self._unread = max(0, self._unread + (-1 if closes else 1))
        if name in _ENDS_LINE and not (closes and name == "br"):
            self.parts.append("\n")
        if name == "li" and not closes:
            self.parts.append("• ")
        return after

    def _past(self, end: str, start: int) -> int:
        found = self._html.find(end, start)
        return len(self._html) if found < 0 else found + len(end)

    def _add(self, text: str) -> None:
        if text and not self._unread:
            plain = unescape(_NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text))
            self.parts.append(re.sub(r"\s+", " ", plain))


def text_of_html(html: str) -> str:
    """Return what a reader sees of HTML, with its lines; a text without any tag stays as it is."""
    if "<" not in html and "&" not in html:
        return html.strip()
    text = _Text(html)
    text.read()
    lines = [line.strip() for line in "".join(text.parts).split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
