"""The cashier as HTML: it says nothing of the buyer, and the sandbox's works without scripts."""

from html import escape
from typing import Final

from backend.http.cashier_links import draw_links
from backend.http.cashier_parts import choice, icon, link, of_order, over, price, result, to_pay
from backend.http.cashier_texts import CashierTexts
from backend.http.cashier_view import CashierState, CashierView
from backend.shop.payments.sandbox_store import Outcome

# Stripe's rules want it from there, never a copy (docs.stripe.com/js/including).
STRIPE_JS: Final = "https://js.stripe.com/v3/"
_TICK: Final = "M5 12.5l4.5 4.5L19 7.5"
_CROSS: Final = "M6 6l12 12M18 6L6 18"
_BACK_ARROW: Final = "M15 5l-7 7 7 7"
_QUESTION: Final = "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 18v.01"
_RETURN_ARROW: Final = "M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 0 12h-3"


def draw(view: CashierView) -> str:
    """Return the page."""
    waiting = _waiting if view.has_outcomes else draw_links if view.place else _card
    body = {
        CashierState.WAITING: waiting,
        CashierState.CHECKING: _checking,
        CashierState.PAID: _paid,
        CashierState.FAILED: _failed,
        CashierState.CLOSED: _closed,
        CashierState.GOES_BACK: _going_back,
        CashierState.PUT_ASIDE: _put_aside,
    }[view.state](view)
    attributes = f' data-state="{view.state}"'
    has_card = view.state is CashierState.WAITING and view.card is not None
    script = _card_scripts(view.assets) if has_card else ""
    return _document(
        view.texts, view.assets, f"{_head(view)}{body}", attributes, view.state, more_script=script
    )


def draw_missing(texts: CashierTexts, assets: str, home: str) -> str:
    """Return the page of a payment that is not there."""
    told = result("bad", _CROSS, texts.missing, texts.missing_more)
    foot = f'<footer class="foot">{link(home, texts.back, "btn btn--wide")}</footer>'
    return _document(texts, assets, f"{told}{foot}", "", CashierState.CLOSED)


def _card_scripts(assets: str) -> str:
    return (
        f'<script src="{STRIPE_JS}"></script><script type="module" src="{escape(assets)}/card.js"></script>'
    )


def _document(
    texts: CashierTexts,
    assets: str,
    body: str,
    attributes: str,
    state: CashierState,
    *,
    more_script: str = "",
) -> str:
    moves_on = state in {CashierState.WAITING, CashierState.CHECKING}
    # With scripts the page asks quietly; without, it loads again, but not while the form is being filled in.
    again = '<noscript><meta http-equiv="refresh" content="15"></noscript>' if moves_on else ""
    script = f'<script type="module" src="{escape(assets)}/cashier.js"></script>' if moves_on else ""
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        '<meta name="robots" content="noindex"><link rel="icon" href="data:,">'
        f"<title>{escape(texts.title)} · Livestall</title>{again}"
        f'<link rel="stylesheet" href="{escape(assets)}/cashier.css">{script}{more_script}</head>'
        f'<body><main class="page"{attributes}>{body}</main></body></html>'
    )


def _head(view: CashierView) -> str:
    texts = view.texts
    return (
        f'<header class="head"><a class="tool" href="{escape(view.room_path)}" '
        f'aria-label="{escape(texts.back)}">{icon(_BACK_ARROW)}</a><h1>{escape(texts.title)}</h1>'
        f'<a class="language" hreflang="{view.other}" lang="{view.other}" '
        f'href="?lang={view.other}">{escape(texts.other_language)}</a></header>'
    )


def _waiting(view: CashierView) -> str:
    texts = view.texts
    folded = "".join(
        f"<li>{choice(view, outcome, name, 'btn btn--line btn--s')}<span>{escape(more)}</span></li>"
        for outcome, (name, more) in texts.outcomes.items()
    )
    pay = choice(view, Outcome.PAY, texts.pay.format(amount=view.amount.plain), "btn btn--wide")
    fail = choice(view, Outcome.FAIL, texts.fail, "btn btn--quiet btn--wide")
    return (
        f'<div class="body">{to_pay(view)}<p class="note">{escape(texts.sandbox)}</p>'
        f'<div class="box qr"><img src="{escape(view.here)}/qr.svg" width="176" height="176" '
        f'alt="{escape(texts.qr)}"><p>{escape(texts.scan)}</p></div>'
        f'<details class="box"><summary>{escape(texts.testing)}</summary><ul>{folded}</ul></details></div>'
        f'<footer class="foot">{pay}{fail}</footer>'
    )


def _card(view: CashierView) -> str:
    texts, form = view.texts, view.card
    test = f'<p class="note">{escape(texts.sandbox)}</p>' if view.is_test else ""
    if form is None:
        told = f'<p class="note" role="alert">{escape(texts.form_missing)}</p>'
        again = link(f"?lang={view.language}", texts.check_now, "btn btn--wide")
        return f'<div class="body">{to_pay(view)}{told}</div><footer class="foot">{again}</footer>'
    data = {
        "key": form.publishable_key,
        "secret": form.client_secret,
        "language": view.language,
        "missing": texts.form_missing,
        "refused": texts.form_refused,
    }
    attributes = " ".join(f'data-{name}="{escape(value)}"' for name, value in data.items())
    pay = escape(texts.pay.format(amount=view.amount.plain))
    return (
        f'<div class="body">{to_pay(view)}{test}<form class="box" id="card" {attributes}>'
        f'<div id="card-fields"></div><noscript>{escape(texts.needs_scripts)}</noscript></form>'
        '<p class="note" id="card-note" role="alert" hidden></p></div>'
        '<footer class="foot"><button class="btn btn--wide" form="card" id="card-pay" disabled>'
        f'{pay}</button></footer><template id="card-checking">{_checking(view)}</template>'
    )


def _checking(view: CashierView) -> str:
    texts = view.texts
    spinner = '<span class="spinner" aria-hidden="true"></span>'
    return (
        f'<div class="body"><div class="result" role="status">{spinner}<h2>{escape(texts.checking)}</h2>'
        f"<p>{escape(texts.checking_more)}</p>{price(view.amount)}</div></div>"
        f'<footer class="foot">{link(f"?lang={view.language}", texts.check_now, "btn btn--wide")}</footer>'
    )


def _paid(view: CashierView) -> str:
    return over(view, result("good", _TICK, view.texts.paid, of_order(view)))


def _failed(view: CashierView) -> str:
    texts = view.texts
    told = result("bad", _CROSS, texts.failed, texts.failed_more)
    if not view.has_outcomes:
        return over(view, told)
    again = choice(view, Outcome.PAY, texts.pay_again.format(amount=view.amount.plain), "btn btn--wide")
    back = link(view.room_path, texts.back, "btn btn--quiet btn--wide")
    return f'<div class="body">{told}</div><footer class="foot">{again}{back}</footer>'


def _closed(view: CashierView) -> str:
    return over(view, result("bad", _CROSS, view.texts.closed, view.texts.closed_more))


def _going_back(view: CashierView) -> str:
    told = f"{view.texts.goes_back_more} {of_order(view)}"
    return over(view, result("warn", _RETURN_ARROW, view.texts.goes_back, told))


def _put_aside(view: CashierView) -> str:
    return over(view, result("warn", _QUESTION, view.texts.put_aside, view.texts.put_aside_more))
