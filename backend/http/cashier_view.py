"""What a page of the cashier is drawn from."""

from enum import StrEnum

import msgspec

from backend.http.cashier_texts import CashierTexts
from backend.shop.money_text import AmountText
from backend.shop.payments.card_form import CardForm
from backend.shop.payments.pay_links import PayLinks


class CashierState(StrEnum):
    """What the page shows."""

    WAITING = "waiting"
    CHECKING = "checking"
    PAID = "paid"
    FAILED = "failed"
    CLOSED = "closed"
    GOES_BACK = "goes_back"
    PUT_ASIDE = "put_aside"


class CashierView(msgspec.Struct, frozen=True, kw_only=True):
    """What a page is drawn from.

    Attributes:
        base_path: the path below which the backend lies.
        here: path of the page, without its language.
        assets: path of the folder of style and script.
        room_path: path of the room, to go back to.
        other: the code of the language that the link leads to.
        left_s: seconds that are left to pay.
        is_test: whether no real money moves.
        card: opens the provider's own form; None where there is none, or it cannot be had just now.
        has_outcomes: whether the buttons of the sandbox choose what becomes of the payment.
        place: the provider's name, where one pays at a place of its own; empty for others.
        links: where that is; None where it cannot be had just now.
        is_in_wechat: whether the page is read within WeChat, which opens neither.
    """

    state: CashierState
    texts: CashierTexts
    amount: AmountText
    number: str
    here: str
    assets: str
    room_path: str
    language: str
    other: str
    left_s: int
    is_test: bool = True
    card: CardForm | None = None
    has_outcomes: bool = True
    place: str = ""
    links: PayLinks | None = None
    is_in_wechat: bool = False
