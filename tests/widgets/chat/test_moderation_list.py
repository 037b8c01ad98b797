import pytest
from pytestqt.qtbot import QtBot

from backend.contract.chat import (
    NO_RULES,
    BlockUser,
    DeleteDanmu,
    ModerationAction,
    ModerationCommand,
    RestoreDanmu,
    Sanction,
    SetBlockedWords,
    SetRoomRules,
    UnblockUser,
    UnmuteUser,
)
from tests.widgets.conftest import Record
from tests.widgets.people import HOST, NOON_MS
from widgets.chat.moderation_list import ACTIONS, ModerationList

SPAMMER = Sanction("u9", "<b>Eve</b>", None, "spam", "Host", NOON_MS)


@pytest.fixture
def shown(qtbot: QtBot) -> ModerationList:
    made = ModerationList()
    qtbot.addWidget(made)
    return made


def done(
    number: int, command: ModerationCommand, undo: ModerationCommand | None = None, reason: str = ""
) -> ModerationAction:
    return ModerationAction(number, NOON_MS, HOST, command, reason, "Ann: hi", undo)


def test_the_newest_is_on_top_and_tells_who_and_why(shown: ModerationList) -> None:
    shown.show_actions([done(1, DeleteDanmu(3), RestoreDanmu(3)), done(2, RestoreDanmu(3), reason="a slip")])

    assert shown.rows.keys == ["done 2", "done 1"]
    newest = shown.rows.rows["done 2"]
    assert newest.text.text() == "Restored: Ann: hi"
    assert newest.note.text().endswith("· Host · a slip")
    assert newest.undo_button.isHidden()


def test_each_act_can_be_taken_back_long_after(shown: ModerationList, record: Record) -> None:
    sent = record(shown.command)
    shown.show_actions([done(1, DeleteDanmu(3), RestoreDanmu(3))])
    for number in range(2, ACTIONS + 1):
        shown.add_action(done(number, SetRoomRules(NO_RULES)))
    shown.rows.rows["done 1"].undo_button.click()

    assert sent == [(RestoreDanmu(3),)]


def test_no_more_than_a_hundred_stand_there(shown: ModerationList) -> None:
    for number in range(1, ACTIONS + 6):
        shown.add_action(done(number, SetBlockedWords([])))
    assert len(shown.rows.keys) == ACTIONS
    assert shown.rows.keys[-1] == "done 6"


def test_who_is_blocked_or_muted_is_on_top_and_can_be_let_in_again(
    shown: ModerationList, record: Record
) -> None:
    sent = record(shown.command)
    shown.add_action(done(1, BlockUser("u9"), UnblockUser("u9")))
    shown.show_sanctions([SPAMMER], [SPAMMER])
    assert shown.rows.keys == ["blocked u9", "muted u9", "done 1"]
    assert shown.rows.rows["muted u9"].text.text() == "<b>Eve</b> is muted for this live session"
    assert shown.count == 2
    shown.rows.rows["blocked u9"].undo_button.click()
    shown.rows.rows["muted u9"].undo_button.click()

    assert sent == [(UnblockUser("u9"),), (UnmuteUser("u9"),)]
    shown.show_sanctions([], [])
    assert shown.rows.keys == ["done 1"]
