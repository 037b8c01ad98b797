"""Which steps a case may take, from where, and until when the next one is due."""

from enum import Enum, auto
from typing import Final

from backend.contract.cases import Case, CaseKind, CaseState
from backend.shop.cases.window import end_of_days
from backend.shop.settings import ReturnRules

HOUR_MS: Final = 3_600_000
ANSWER_WITHIN_MS: Final = 48 * HOUR_MS
ARRIVES_WITHIN_MS: Final = 10 * 24 * HOUR_MS
SEND_BACK_DAYS: Final = 7

_ENDS: Final = frozenset({CaseState.REFUNDED, CaseState.EXCHANGED, CaseState.DECLINED, CaseState.WITHDRAWN})


class CaseAction(Enum):
    """What a person does to a case."""

    APPROVE = auto()
    DECLINE = auto()
    WITHDRAW = auto()
    SEND_BACK = auto()
    RECEIVE = auto()
    REFUND = auto()
    REPLACE = auto()


_FROM: Final = {
    CaseAction.APPROVE: {CaseState.REQUESTED},
    # What comes back may not be what was sold.
    CaseAction.DECLINE: {CaseState.REQUESTED, CaseState.SENT_BACK, CaseState.RECEIVED},
    CaseAction.WITHDRAW: {CaseState.REQUESTED, CaseState.APPROVED},
    CaseAction.SEND_BACK: {CaseState.APPROVED},
    CaseAction.RECEIVE: {CaseState.SENT_BACK},
    CaseAction.REFUND: {CaseState.RECEIVED},
    CaseAction.REPLACE: {CaseState.RECEIVED},
}


def can(action: CaseAction, case: Case) -> bool:
    """Return whether a case may take a step now."""
    if case.kind is CaseKind.REFUND_ONLY:
        if action is CaseAction.REFUND:
            return case.state is CaseState.APPROVED
        if action is CaseAction.SEND_BACK:
            return False
    if action is CaseAction.REPLACE and case.kind is not CaseKind.EXCHANGE:
        return False
    if action is CaseAction.DECLINE and any(line.restocked for line in case.lines):
        return False
    return case.state in _FROM[action]


def is_end(state: CaseState) -> bool:
    """Return whether nothing comes after a state."""
    return state in _ENDS


def due_at(kind: CaseKind, state: CaseState, now_ms: int, rules: ReturnRules) -> int | None:
    """Return until when a case that is now in a state should leave it."""
    if is_end(state):
        return None
    if state is CaseState.APPROVED and kind is not CaseKind.REFUND_ONLY:
        return end_of_days(now_ms, rules, SEND_BACK_DAYS)
    return now_ms + (ARRIVES_WITHIN_MS if state is CaseState.SENT_BACK else ANSWER_WITHIN_MS)


def waits_for_buyer(case: Case) -> bool:
    """Return whether the buyer is to act, not the shop."""
    return case.state is CaseState.APPROVED and case.kind is not CaseKind.REFUND_ONLY
