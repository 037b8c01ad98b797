"""What the state of a case amounts to for who answers it: whose turn it is, and which steps it may take."""

from enum import IntEnum, StrEnum

from backend.contract.cases import Case, CaseKind, CaseState


class Turn(IntEnum):
    """Who is to act, the most urgent first."""

    YOURS = 0
    BUYERS = 1
    NOBODYS = 2


class CaseStep(StrEnum):
    """What the shop's people do to a case."""

    APPROVE = "approve"
    DECLINE = "decline"
    RECEIVE = "receive"
    REFUND = "refund"
    REPLACE = "replace"


def turn_of(case: Case) -> Turn:
    """Return who is to act."""
    if case.closed_at_ms is not None:
        return Turn.NOBODYS
    is_with_buyer = case.state is CaseState.APPROVED and case.kind is not CaseKind.REFUND_ONLY
    return Turn.BUYERS if is_with_buyer else Turn.YOURS


def steps_of(case: Case) -> tuple[CaseStep, ...]:
    """Return the steps that a case may take now, the one it asks for first."""
    match case.state:
        case CaseState.REQUESTED:
            return (CaseStep.APPROVE, CaseStep.DECLINE)
        case CaseState.APPROVED if case.kind is CaseKind.REFUND_ONLY:
            return (CaseStep.REFUND,)
        case CaseState.SENT_BACK:
            return (CaseStep.RECEIVE, CaseStep.DECLINE)
        case CaseState.RECEIVED:
            first = (CaseStep.REPLACE,) if case.kind is CaseKind.EXCHANGE else ()
            # What is for sale again is the shop's: it cannot be sent back to the buyer.
            last = () if any(line.restocked for line in case.lines) else (CaseStep.DECLINE,)
            return (*first, CaseStep.REFUND, *last)
    return ()


def urgency_of(case: Case) -> tuple[int, int, float]:
    """Return what cases are sorted by: what waits longest for the shop stands first, the closed ones last."""
    turn = turn_of(case)
    if turn is Turn.NOBODYS:
        return (turn, 0, -(case.closed_at_ms or 0))
    # One that nobody answered in time has no due time any more.
    return (turn, 0 if case.is_escalated else 1, case.due_at_ms or case.created_at_ms)
