from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from backend.contract.cases import CaseState, RefundState
from tests.widgets.cases import HOUR_MS, at, case
from tests.widgets.orders import NOON_MS
from widgets.shop.case_model import CaseColumn, CaseFilter, CaseModel, CaseRole

CHECKED = QAbstractItemModelTester.FailureReportingMode.Fatal


def test_a_case_that_is_answered_goes_down_the_list_and_keeps_its_selection() -> None:
    model = CaseModel()
    tester = QAbstractItemModelTester(model, CHECKED)
    model.put([case(1), case(2), at(CaseState.DECLINED, 3)])
    chosen = QPersistentModelIndex(model.index(0, 0))
    model.put([at(CaseState.APPROVED, 1), case(4)])

    assert [each.case_id for each in model.cases] == ["c2", "c4", "c1", "c3"]
    assert chosen.row() == 2
    assert model.waiting == 2
    tester.deleteLater()


def test_an_older_version_of_a_case_is_dropped_and_where_its_money_is_counts() -> None:
    model = CaseModel()
    model.put([at(CaseState.REFUNDED, refund_state=RefundState.REQUESTED)])
    model.put([case(1)])
    assert model.cases[0].state is CaseState.REFUNDED
    model.put([at(CaseState.REFUNDED, refund_state=RefundState.DONE)])
    assert model.cases[0].refund_state is RefundState.DONE


def test_the_cells_say_what_is_asked_for_and_until_when() -> None:
    model = CaseModel()
    model.put([case(1)])
    model.set_now(NOON_MS + 20 * HOUR_MS)
    said = [model.index(0, column).data() for column in CaseColumn]
    assert said[0] == "Return and refund"
    assert said[3:] == ["¥168.00", "requested", "Your turn · 28 h left to answer"]
    assert model.headerData(CaseColumn.WORTH, Qt.Orientation.Horizontal) == "Worth"


def test_the_search_finds_cases_by_number_and_by_the_buyers_words() -> None:
    model, shown = CaseModel(), CaseFilter()
    shown.setSourceModel(model)
    model.put([case(1, 1), case(2, 2, reason="too small")])
    shown.set_text("SMALL")
    assert [shown.index(row, 0).data(CaseRole.CASE).case_id for row in range(shown.rowCount())] == ["c2"]
    shown.set_text(case(1, 1).order_number)
    assert shown.rowCount() == 1
    shown.set_text("")
    assert shown.rowCount() == 2
