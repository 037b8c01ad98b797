"""The cashier's page of a provider at whose own place one pays: a code to scan, or the way to its app."""

import base64
from html import escape
from typing import Final

from backend.http.cashier_parts import link, to_pay
from backend.http.cashier_texts import PlaceTexts
from backend.http.cashier_view import CashierView
from backend.http.qr import qr_svg

CODE_SIDE: Final = 208


def draw_links(view: CashierView) -> str:
    """Return the page while the payment waits."""
    texts, links = view.texts, view.links
    place = texts.places[view.place]
    has_way = links is not None and bool(links.page) and not view.is_in_wechat
    look = "btn btn--quiet btn--wide" if has_way else "btn btn--line btn--wide"
    again = link(f"?lang={view.language}", texts.check_now, look)
    test = f'<p class="note">{escape(texts.sandbox)}</p>' if view.is_test else ""
    top = f'<div class="body">{to_pay(view)}{test}'
    if view.is_in_wechat:
        told = f'<p class="note" role="alert">{escape(texts.in_wechat)}</p>'
        return f'{top}{told}</div><footer class="foot">{again}</footer>'
    if links is None or not (links.code or links.page):
        told = f'<p class="note" role="alert">{escape(texts.links_missing)}</p>'
        return f'{top}{told}</div><footer class="foot">{again}</footer>'
    if links.code:
        sign_in = _page(links.page, place.sign_in, "btn btn--line btn--wide") if links.page else ""
        return f'{top}{_code(view, place, links.code)}</div><footer class="foot">{sign_in}{again}</footer>'
    told = f'<p class="box way">{escape(place.leads)}</p>'
    there = _page(links.page, place.open, "btn btn--wide")
    return f'{top}{told}</div><footer class="foot">{there}{again}</footer>'


def _code(view: CashierView, place: PlaceTexts, code: str) -> str:
    # Within the page, so that it is asked for once.
    picture = f"data:image/svg+xml;base64,{base64.b64encode(qr_svg(code)).decode()}"
    return (
        f'<div class="box qr"><img src="{picture}" width="{CODE_SIDE}" height="{CODE_SIDE}" '
        f'alt="{escape(view.texts.code)}"><p><b>{escape(place.scan)}</b></p>'
        f'<p role="status">{escape(view.texts.moves_on)}</p></div>'
    )


def _page(path: str, text: str, look: str) -> str:
    # WeChat Pay opens only from the shop's site, which it reads in the referrer; the path stays here.
    return f'<a class="{look}" href="{escape(path)}" referrerpolicy="origin">{escape(text)}</a>'
