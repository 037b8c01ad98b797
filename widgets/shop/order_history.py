"""What happened to an order, in words: who did it, what changed, and the attempts to pay."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.contract.base import HOST_USER
from backend.contract.cases import CaseState
from backend.contract.orders import (
    Order,
    OrderAxis,
    OrderChange,
    OrderState,
    ParcelState,
    PaymentState,
)
from backend.contract.payments import Attempt, AttemptState
from widgets.common.money import amount_text
from widgets.shop import order_texts
from widgets.shop.reason_texts import reason_text

_LONG_RUN: Final = re.compile(r"\S{16}(?=\S)")


def breakable(text: str) -> str:
    """Let a label break ids, which have no spaces, instead of widening its panel for them."""
    return _LONG_RUN.sub(lambda run: f"{run.group()}\u200b", text)


def actor_text(actor: str, order: Order) -> str:
    """Who or what changed an order."""
    translate = QCoreApplication.translate
    known = {
        order.buyer_id: order.address.name,
        HOST_USER: translate("Order", "Host"),
        "timer": translate("Order", "Timer"),
    }
    kind, _, provider = actor.partition(":")
    if kind == "provider":
        return provider_text(provider)
    return known.get(actor) or actor or translate("Order", "By itself")


def change_text(change: OrderChange) -> str:
    """What changed, and why."""
    translate = QCoreApplication.translate
    axis = {
        OrderAxis.ORDER: translate("Order", "Order"),
        OrderAxis.PAYMENT: translate("Order", "Payment"),
        OrderAxis.PARCEL: translate("Order", "Parcel"),
        OrderAxis.CASE: translate("Order", "Case"),
    }[change.axis]
    before, after = _state_word(change.axis, change.from_state), _state_word(change.axis, change.to_state)
    step = f"{before} → {after}" if before and before != after else after
    text = translate("Order", "{axis}: {step}").format(axis=axis, step=step)
    return f"{text} · {reason_text(change.reason)}" if change.reason else text


def _state_word(axis: OrderAxis, state: str) -> str:
    """The word of a state; one that this studio does not know yet stays as it came."""
    try:
        match axis:
            case OrderAxis.ORDER:
                return order_texts.state_text(OrderState(state))
            case OrderAxis.PAYMENT:
                return order_texts.payment_text(PaymentState(state))
            case OrderAxis.PARCEL:
                return order_texts.parcel_text(ParcelState(state))
            case OrderAxis.CASE:
                return order_texts.case_text(CaseState(state))
    except ValueError:
        return state


def provider_text(provider: str) -> str:
    """What a provider of payments is called."""
    return QCoreApplication.translate("Order", "Sandbox cashier") if provider == "sandbox" else provider


def attempt_text(attempt: Attempt) -> str:
    """What became of an attempt to pay."""
    translate = QCoreApplication.translate
    state = {
        AttemptState.CREATED: translate("Order", "being prepared"),
        AttemptState.PENDING: translate("Order", "waiting for the buyer"),
        AttemptState.PAID: translate("Order", "paid"),
        AttemptState.FAILED: translate("Order", "failed"),
        AttemptState.CLOSED: translate("Order", "closed"),
    }[attempt.state]
    amount = amount_text(attempt.amount_minor, attempt.currency)
    return f"{provider_text(attempt.provider)} · {amount} · {state}"
