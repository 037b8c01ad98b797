"""The text of a description that was written as HTML."""

import re
from html.parser import HTMLParser
from typing import Final

from typing_extensions import override

_ENDS_LINE: Final = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol"})
_UNREAD: Final = frozenset({"script", "style", "head", "template", "iframe", "object"})
_BLANK_LINES: Final = re.compile(r"\n[ \t]*(\n[ \t]*)+")


class _Text(HTMLParser):
    """Collects what a reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        if tag in _ENDS_LINE:
            self.parts.append("\n")
        if tag == "li":
            self.parts.append("• ")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD and self._unread:
            self._unread -= 1
        if tag in _ENDS_LINE and tag != "br":
            self.parts.append("\n")

    @override
    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of_html(html: str) -> str:
    """Return what a reader sees of HTML, with its lines; a text without any tag stays as it is."""
    if "<" not in html and "&" not in html:
        return html.strip()
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = [line.strip() for line in "".join(parser.parts).split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
