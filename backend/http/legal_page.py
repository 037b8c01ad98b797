"""A legal text as HTML: all that the shop wrote is text, never markup; the page runs nothing."""

import hashlib
from base64 import b64encode
from html import escape
from typing import Final

from backend.contract.legal import LegalName
from backend.http.languages import PageLanguage

STYLE: Final = (
    ":root{color-scheme:light dark}"
    "body{margin:0 auto;max-width:680px;padding:16px 20px 48px;"
    "font:400 16px/1.65 -apple-system,'Segoe UI',Roboto,'PingFang SC','Noto Sans SC','Noto Sans CJK SC',"
    "'Microsoft YaHei',system-ui,sans-serif;"
    "color:light-dark(#1b1523,#f7f3fc);background:light-dark(#ffffff,#171220)}"
    "h1{font-size:24px;line-height:1.3}h2{font-size:18px;margin:28px 0 8px}"
    "p{margin:0 0 12px;white-space:pre-wrap;overflow-wrap:anywhere}"
)
_STYLE_HASH: Final = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
_HEADING: Final = "# "
_TITLES: Final[dict[PageLanguage, dict[LegalName, str]]] = {
    "zh": {
        LegalName.LICENCE: "营业执照",
        LegalName.CONTACT: "联系我们",
        LegalName.TERMS: "服务条款",
        LegalName.PRIVACY: "隐私政策",
        LegalName.RETURNS: "退换货说明",
    },
    "en": {
        LegalName.LICENCE: "Business licence",
        LegalName.CONTACT: "Contact",
        LegalName.TERMS: "Terms of sale",
        LegalName.PRIVACY: "Privacy",
        LegalName.RETURNS: "Returns",
    },
}
_UNWRITTEN: Final[dict[PageLanguage, str]] = {
    "zh": "店铺还没有写这一页。",
    "en": "The shop has not written this page yet.",
}


def draw_legal(name: LegalName, text: str, language: PageLanguage) -> str:
    """Return the page of a text; of an empty one, a page that says so."""
    title = escape(_TITLES[language][name])
    body = "".join(_parts(text)) or f"<p>{escape(_UNWRITTEN[language])}</p>"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        f'<link rel="icon" href="data:,"><title>{title}</title><style>{STYLE}</style></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )


def _parts(text: str) -> list[str]:
    """Return headings and paragraphs."""
    parts: list[str] = []
    paragraph: list[str] = []
    for line in [*text.splitlines(), ""]:
        is_heading = line.startswith(_HEADING)
        if paragraph and (is_heading or not line.strip()):
            parts.append(f"<p>{escape(chr(10).join(paragraph))}</p>")
            paragraph = []
        if is_heading:
            parts.append(f"<h2>{escape(line.removeprefix(_HEADING).strip())}</h2>")
        elif line.strip():
            paragraph.append(line.rstrip())
    return parts
