import pytest
from pytestqt.qtbot import QtBot

from tests.widgets.cases import case
from tests.widgets.conftest import Record
from widgets.shop.case_list import CaseList
from widgets.shop.case_model import CaseColumn


@pytest.fixture
def cases(qtbot: QtBot) -> CaseList:
    made = CaseList()
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    return made


def test_the_most_urgent_case_is_chosen_by_itself_and_another_by_its_order(cases: CaseList) -> None:
    cases.put([case(2, 2), case(1, 1)])
    assert cases.table.case == case(1, 1)
    cases.choose("o2")
    assert cases.table.case == case(2, 2)
    cases.choose("o9")
    assert cases.table.case == case(2, 2)


def test_a_list_without_cases_says_when_there_will_be_one(cases: CaseList, record: Record) -> None:
    cleared = record(cases.search_cleared)
    cases.put([])
    assert cases.message.text() == "No cases"
    assert cases.button.isHidden()
    cases.put([case(1)])
    cases.set_text("nothing of this kind")
    assert cases.message.text() == "Nothing found"
    cases.button.click()
    assert len(cleared) == 1


def test_a_narrow_table_gives_up_the_buyers_words_first(cases: CaseList) -> None:
    cases.put([case(1)])
    assert not cases.table.isColumnHidden(CaseColumn.REASON)
    cases.resize(690, 500)
    assert cases.table.isColumnHidden(CaseColumn.REASON)
