from backend.contract.cases import CaseChange, CaseKind, CaseLine, CaseState, RefundState
from tests.widgets.cases import HOUR_MS, at, case
from tests.widgets.orders import MINUTE_MS, NOON_MS
from widgets.shop import case_texts

NOW_MS = NOON_MS + MINUTE_MS


def test_what_waits_for_an_answer_says_how_long_there_is() -> None:
    assert case_texts.due_text(case(), NOW_MS + 20 * HOUR_MS) == "28 h left to answer"
    assert case_texts.due_text(at(CaseState.APPROVED), NOW_MS + 40 * HOUR_MS) == "8 h left to send it back"
    assert case_texts.due_text(at(CaseState.SENT_BACK), NOW_MS) == "2 days left"
    assert case_texts.due_text(case(), NOW_MS + 49 * HOUR_MS) == "overdue"
    assert case_texts.due_text(at(CaseState.RECEIVED, is_escalated=True, due_at_ms=None), NOW_MS) == "overdue"
    assert case_texts.due_text(at(CaseState.DECLINED), NOW_MS) == ""


def test_a_case_says_what_it_is_worth_and_where_its_money_is() -> None:
    paid_back = at(CaseState.REFUNDED, shipping_minor=800, refund_state=RefundState.REQUESTED)
    assert case_texts.worth_text(paid_back) == "¥176.00"
    assert case_texts.money_text(paid_back) == "The provider is paying it back"
    assert case_texts.money_text(case()) == ""
    assert case_texts.units_text(case(lines=[CaseLine(1, 2, 0), CaseLine(2, 1, 0)])) == "3 pieces"
    assert case_texts.kind_text(CaseKind.EXCHANGE) == "Exchange"


def test_the_history_of_a_case_gives_reasons_and_names_a_reminder_for_what_it_is() -> None:
    declined = CaseChange(2, "requested", CaseState.DECLINED, "host", "worn", NOW_MS)
    reminded = CaseChange(2, "requested", CaseState.REQUESTED, "timer", "nobody_answered_in_time", NOW_MS)
    lapsed = CaseChange(3, "approved", CaseState.WITHDRAWN, "timer", "not_sent_back_in_time", NOW_MS)
    assert case_texts.change_text(declined) == "declined · worn"
    assert case_texts.change_text(reminded) == "overdue"
    assert case_texts.change_text(lapsed) == "withdrawn · not sent back in time"


def test_a_parcel_on_its_way_back_names_carrier_and_number() -> None:
    assert case_texts.back_text(at(CaseState.SENT_BACK, carrier="SF", tracking="12")) == "Sent back by SF 12"
    assert case_texts.back_text(case()) == ""
