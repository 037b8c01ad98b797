import pytest

from backend.contract.cases import CaseKind, CaseLine, CaseState
from tests.widgets.cases import at, case
from widgets.shop.case_states import CaseStep, Turn, steps_of, turn_of, urgency_of

APPROVE, DECLINE, RECEIVE = CaseStep.APPROVE, CaseStep.DECLINE, CaseStep.RECEIVE
REFUND, REPLACE = CaseStep.REFUND, CaseStep.REPLACE


@pytest.mark.parametrize(
    ("state", "kind", "turn", "steps"),
    [
        (CaseState.REQUESTED, CaseKind.RETURN, Turn.YOURS, (APPROVE, DECLINE)),
        (CaseState.APPROVED, CaseKind.REFUND_ONLY, Turn.YOURS, (REFUND,)),
        (CaseState.APPROVED, CaseKind.RETURN, Turn.BUYERS, ()),
        (CaseState.SENT_BACK, CaseKind.RETURN, Turn.YOURS, (RECEIVE, DECLINE)),
        (CaseState.RECEIVED, CaseKind.RETURN, Turn.YOURS, (REFUND, DECLINE)),
        (CaseState.RECEIVED, CaseKind.EXCHANGE, Turn.YOURS, (REPLACE, REFUND, DECLINE)),
        (CaseState.REFUNDED, CaseKind.RETURN, Turn.NOBODYS, ()),
        (CaseState.WITHDRAWN, CaseKind.EXCHANGE, Turn.NOBODYS, ()),
    ],
)
def test_a_case_says_whose_turn_it_is_and_what_can_be_done(
    state: CaseState, kind: CaseKind, turn: Turn, steps: tuple[CaseStep, ...]
) -> None:
    made = case(kind=kind) if state is CaseState.REQUESTED else at(state, kind=kind)
    assert turn_of(made) is turn
    assert steps_of(made) == steps


def test_a_case_whose_goods_are_for_sale_again_is_not_declined() -> None:
    assert steps_of(at(CaseState.RECEIVED, lines=[CaseLine(1, 2, 1)])) == (REFUND,)


def test_the_longest_waiting_case_of_the_shop_stands_first_and_the_closed_ones_last() -> None:
    late = at(CaseState.RECEIVED, 4, is_escalated=True, due_at_ms=None)
    soon, later = case(2), case(3)
    with_buyer, closed = at(CaseState.APPROVED, 1), at(CaseState.DECLINED, 5)
    mixed = [closed, with_buyer, later, soon, late]
    assert sorted(mixed, key=urgency_of) == [late, soon, later, with_buyer, closed]
