"""The words of the shop's books."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

from backend.contract.bookkeeping import Mismatch, MismatchKind
from backend.contract.payments import SuspenseItem, SuspenseOutcome
from widgets.common.moment import moment_text
from widgets.common.money import amount_text

# What the backend writes into its books, in English.
_AMOUNTS: Final = re.compile(r"(\d+) came where (\d+) was to come")
_CURRENCY: Final = re.compile(r"the currency is not (\w+)")
_MERCHANT: Final = re.compile(r"the money went to '(.*)', not to '(.*)'")


def way_text(way: str) -> str:
    """What a way to pay is called: a provider, or a method without one."""
    translate = QCoreApplication.translate
    return {
        "wechat": translate("Books", "WeChat Pay"),
        "alipay": translate("Books", "Alipay"),
        "stripe": translate("Books", "Stripe (cards)"),
        "sandbox": translate("Books", "Sandbox (play money)"),
        "transfer": translate("Books", "Bank transfer"),
        "cash_on_delivery": translate("Books", "Cash on delivery"),
    }.get(way, way)


def reason_text(item: SuspenseItem) -> str:
    """Why money matches nothing; the backend's own words where it says something new."""
    translate = QCoreApplication.translate
    known = {
        "there is no such attempt": translate("Books", "It names no payment of this shop."),
        "the attempt was paid before": translate("Books", "The same payment was paid a second time."),
        "the provider reported it for another attempt before": translate(
            "Books", "The provider counts it for another payment, too."
        ),
    }
    return known.get(item.reason) or _reason_with_parts(item) or item.reason


def _reason_with_parts(item: SuspenseItem) -> str:
    translate = QCoreApplication.translate
    if found := _AMOUNTS.fullmatch(item.reason):
        came, due = (amount_text(int(part), item.currency) for part in found.groups())
        return translate("Books", "{came} came where {due} was to be paid.").format(came=came, due=due)
    if found := _CURRENCY.fullmatch(item.reason):
        return translate("Books", "It was to be paid in {currency}.").format(currency=found[1])
    if found := _MERCHANT.fullmatch(item.reason):
        text = translate("Books", "It went to the account {other}, not to the shop's {own}.")
        return text.format(other=found[1], own=found[2])
    return ""


def outcome_text(outcome: SuspenseOutcome) -> str:
    """What became of money that matched nothing."""
    translate = QCoreApplication.translate
    return {
        SuspenseOutcome.RETURNED: translate("Books", "Returned"),
        SuspenseOutcome.KEPT: translate("Books", "Kept"),
    }[outcome]


def settled_text(item: SuspenseItem) -> str:
    """Whether money that matched nothing is settled: how, by whom and why."""
    translate = QCoreApplication.translate
    if item.outcome is None and item.note:
        left = amount_text(item.amount_minor - item.returned_minor, item.currency)
        return translate("Books", "to settle again: a refund came back, {amount} is here").format(amount=left)
    if item.outcome is None and item.returned_minor:
        back = amount_text(item.returned_minor, item.currency)
        return translate("Books", "to settle; {amount} went back already").format(amount=back)
    if item.outcome is None:
        return translate("Books", "to settle")
    text = translate("Books", "{outcome} by {name}, {time}: {note}")
    return text.format(
        outcome=outcome_text(item.outcome),
        name=item.settled_by or "?",
        time=moment_text(item.settled_at_ms or 0),
        note=item.note,
    )


def kind_text(kind: MismatchKind) -> str:
    """How a payment here and at its provider differ."""
    translate = QCoreApplication.translate
    return {
        MismatchKind.PAID_ONLY_HERE: translate("Books", "Paid here, not there"),
        MismatchKind.PAID_ONLY_THERE: translate("Books", "Paid there, not here"),
        MismatchKind.AMOUNT_DIFFERS: translate("Books", "Another amount"),
        MismatchKind.NOT_IN_JOURNAL: translate("Books", "Not in the journal"),
        MismatchKind.REFUND_WAITS: translate("Books", "Refund waits"),
        MismatchKind.REFUND_CAME_BACK: translate("Books", "Refund came back"),
        MismatchKind.NOT_ASKED: translate("Books", "Could not be compared"),
    }[kind]


def remedy_text(mismatch: Mismatch) -> str:
    """What is to be done about it."""
    translate = QCoreApplication.translate
    return {
        MismatchKind.PAID_ONLY_HERE: translate(
            "Books", "Look at the provider's statement before anything is sent."
        ),
        MismatchKind.PAID_ONLY_THERE: translate(
            "Books", "Nothing: the money is taken in now. The order is paid, or the money goes back."
        ),
        MismatchKind.AMOUNT_DIFFERS: translate(
            "Books", "What came is put aside: give it back or keep it, and settle it under “Matches nothing”."
        ),
        MismatchKind.NOT_IN_JOURNAL: translate(
            "Books",
            "Let whoever runs the server check it with “main.py check”, and restore a backup if needed.",
        ),
        MismatchKind.REFUND_WAITS: translate(
            "Books", "Not given back for an hour: look whether the account at the provider has the money."
        ),
        MismatchKind.REFUND_CAME_BACK: translate(
            "Books",
            "It did not reach the buyer. Give the same sum back in the provider's console: "
            "the shop takes that for this refund.",
        ),
        MismatchKind.NOT_ASKED: translate(
            "Books", "The provider is off or does not answer: compare again later, or look at its statement."
        ),
    }[mismatch.kind]
