import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from backend.contract.chat import NO_RULES, SetRoomRules
from tests.widgets.conftest import Record
from widgets.chat.chat_rules_bar import FOR_ACCOUNTS, ChatRulesBar


@pytest.fixture
def bar(qtbot: QtBot) -> ChatRulesBar:
    made = ChatRulesBar()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("field", FOR_ACCOUNTS)
def test_each_kind_is_for_accounts_only_once_the_room_says_so(
    bar: ChatRulesBar, record: Record, field: str
) -> None:
    commands = record(bar.command)
    wanted, action = replace(NO_RULES, **{field: True}), bar.account_actions[field]
    action.trigger()
    assert commands == [(SetRoomRules(wanted),)]
    assert not action.isChecked()
    assert bar.summary.text() == "Open to all"

    bar.show_rules(wanted)
    assert [one.isChecked() for one in bar.account_actions.values()] == [one == field for one in FOR_ACCOUNTS]
    assert bar.summary.text() == "Some for accounts only"
    action.trigger()
    assert commands[-1] == (SetRoomRules(NO_RULES),)
