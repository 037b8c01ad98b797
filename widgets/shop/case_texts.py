"""Cases in words: what is asked for, until when, what it is worth, and what the buttons say."""

from PySide6.QtCore import QCoreApplication

from backend.contract.cases import Case, CaseChange, CaseKind, CaseState, RefundState
from widgets.common.money import amount_text
from widgets.shop import order_texts
from widgets.shop.case_states import CaseStep, Turn, turn_of
from widgets.shop.reason_texts import reason_text


def kind_text(kind: CaseKind) -> str:
    """What a buyer asks for."""
    translate = QCoreApplication.translate
    return {
        CaseKind.REFUND_ONLY: translate("Case", "Refund only"),
        CaseKind.RETURN: translate("Case", "Return and refund"),
        CaseKind.EXCHANGE: translate("Case", "Exchange"),
    }[kind]


def step_text(step: CaseStep) -> str:
    """What a step is called."""
    translate = QCoreApplication.translate
    return {
        CaseStep.APPROVE: translate("Case", "Approve"),
        CaseStep.DECLINE: translate("Case", "Decline"),
        CaseStep.RECEIVE: translate("Case", "Goods came back"),
        CaseStep.REFUND: translate("Case", "Refund"),
        CaseStep.REPLACE: translate("Case", "Send a replacement"),
    }[step]


def turn_text(turn: Turn) -> str:
    """Who is to act."""
    translate = QCoreApplication.translate
    return {
        Turn.YOURS: translate("Case", "Your turn"),
        Turn.BUYERS: translate("Case", "The buyer's turn"),
        Turn.NOBODYS: translate("Case", "Closed"),
    }[turn]


def due_text(case: Case, now_ms: float) -> str:
    """How long there is for the next step; empty where nothing is waited for."""
    translate = QCoreApplication.translate
    if case.closed_at_ms is not None:
        return ""
    if case.is_escalated or (case.due_at_ms is not None and case.due_at_ms <= now_ms):
        return translate("Case", "overdue")
    if case.due_at_ms is None:
        return ""
    left = order_texts.left_text(case.due_at_ms, now_ms)
    if case.state is CaseState.REQUESTED:
        return translate("Case", "{left} left to answer").format(left=left)
    if turn_of(case) is Turn.BUYERS:
        return translate("Case", "{left} left to send it back").format(left=left)
    return translate("Case", "{left} left").format(left=left)


def units_text(case: Case) -> str:
    """How many pieces a case is about."""
    units = sum(line.quantity for line in case.lines)
    one, more = (
        QCoreApplication.translate("Case", "1 piece"),
        QCoreApplication.translate("Case", "{n} pieces"),
    )
    return one if units == 1 else more.format(n=units)


def worth_text(case: Case) -> str:
    """What the units of a case are worth; with the shipping, where some of it went back."""
    return amount_text(case.goods_minor + case.shipping_minor, case.currency)


def money_text(case: Case) -> str:
    """Where the money of a case is; empty while none goes back."""
    translate = QCoreApplication.translate
    return {
        RefundState.NONE: "",
        RefundState.REQUESTED: translate("Case", "The provider is paying it back"),
        RefundState.DONE: translate("Case", "The money is back with the buyer"),
        RefundState.CAME_BACK: translate(
            "Case", "The money did not reach the buyer and came back: see the books"
        ),
    }[case.refund_state]


def back_text(case: Case) -> str:
    """How the goods come back; empty before."""
    how = f"{case.carrier} {case.tracking}".strip()
    return QCoreApplication.translate("Case", "Sent back by {how}").format(how=how) if how else ""


def change_text(change: CaseChange) -> str:
    """One step of a case, and why it was taken."""
    is_reminder = change.from_state == change.to_state
    overdue = QCoreApplication.translate("Case", "overdue")
    text = overdue if is_reminder else order_texts.case_text(change.to_state)
    return f"{text} · {reason_text(change.reason)}" if change.reason and not is_reminder else text
