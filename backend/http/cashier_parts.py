"""What pages of the cashier have in common."""

from html import escape

from backend.http.cashier_view import CashierView
from backend.shop.money_text import AmountText
from backend.shop.payments.sandbox_store import Outcome


def over(view: CashierView, told: str) -> str:
    """Return what is over, with the way back."""
    back = link(view.room_path, view.texts.back, "btn btn--wide")
    return f'<div class="body">{told}</div><footer class="foot">{back}</footer>'


def of_order(view: CashierView) -> str:
    """Return amount and number of the order."""
    return f"{view.amount.plain} · {view.texts.order.format(number=view.number)}"


def to_pay(view: CashierView) -> str:
    """Return the amount, and until when it is to be paid."""
    minutes, seconds = divmod(view.left_s, 60)
    clock = f'<span class="clock" data-left="{view.left_s}"><b>{minutes:02}</b>:<b>{seconds:02}</b></span>'
    texts = view.texts
    return (
        f'<div class="amount"><p>{escape(texts.to_pay)}</p>{price(view.amount)}'
        f"<p>{escape(texts.pay_within)} {clock} {escape(texts.kept)}</p></div>"
    )


def price(amount: AmountText) -> str:
    """Return an amount as it is printed large."""
    return (
        f'<span class="price"><i>{escape(amount.sign)}</i>{escape(amount.whole)}'
        f"<small>{escape(amount.fraction)}</small></span>"
    )


def result(kind: str, drawing: str, title: str, told: str) -> str:
    """Return what became of a payment."""
    return (
        f'<div class="result"><span class="mark mark--{kind}">{icon(drawing)}</span>'
        f"<h2>{escape(title)}</h2><p>{escape(told)}</p></div>"
    )


def choice(view: CashierView, outcome: Outcome, text: str, look: str) -> str:
    """Return a button of the sandbox's."""
    target = f"{view.here}/outcome?lang={view.language}"
    return (
        f'<form method="post" action="{escape(target)}"><button class="{look}" name="outcome" '
        f'value="{outcome}">{escape(text)}</button></form>'
    )


def link(path: str, text: str, look: str) -> str:
    """Return a link that looks like a button."""
    return f'<a class="{look}" href="{escape(path)}">{escape(text)}</a>'


def icon(drawing: str) -> str:
    """Return a drawing."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{drawing}"/></svg>'
