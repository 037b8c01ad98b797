import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.chat import (
    NO_RULES,
    AnswerQuestion,
    DanmuDeleted,
    DanmuEchoed,
    DanmuPinned,
    DanmuRestored,
    DanmuSent,
    DanmuUnpinned,
    DeleteDanmu,
    Moderated,
    ModerationAction,
    MuteUser,
    PaidDanmuSent,
    Pinned,
    QuestionAnswered,
    QuestionsFolded,
    Reply,
    RoomRulesChanged,
    SendDanmu,
    SetRoomRules,
    StaffDanmuSent,
    UnpinDanmu,
)
from backend.contract.erasing import PersonErased
from backend.contract.live import Live, LivePhase, Presence
from backend.contract.protocol import Snapshot
from tests.widgets.conftest import Record
from tests.widgets.people import BOB, HOST, NOON_MS, danmu, question
from widgets.chat.chat_delegate import ChatDelegate
from widgets.chat.chat_panel import ChatPanel
from widgets.chat.moderation_actions import DanmuAction


@pytest.fixture
def panel(qtbot: QtBot) -> ChatPanel:
    made = ChatPanel()
    qtbot.addWidget(made)
    made.resize(340, 600)
    made.show()
    return made


def texts(panel: ChatPanel) -> list[str]:
    panel.list.flush()
    return [one.text for one in panel.list.chat.danmu]


def test_a_snapshot_shows_chat_pin_and_rules(panel: ChatPanel) -> None:
    one = danmu(1, "hello")
    rules = NO_RULES.__class__(10, followers_only=True, links_off=False, is_chat_paused=False)
    panel.show_snapshot(
        Snapshot(
            "e",
            1,
            "Shop",
            Live(LivePhase.LIVE),
            None,
            Presence(1, 1),
            danmu=[one],
            pinned=Pinned(one, NOON_MS),
            rules=rules,
        )
    )

    assert texts(panel) == ["hello"]
    assert panel.pinned.isVisible()
    assert panel.rules.summary.text() == "Slow mode 10 s · Followers only"


def test_a_danmu_that_comes_twice_is_shown_once(panel: ChatPanel) -> None:
    panel.apply(StaffDanmuSent(danmu(2, "welcome", HOST)))
    panel.apply(DanmuEchoed(danmu(2, "welcome", HOST)))
    panel.apply(DanmuSent([danmu(1, "hi")], 1))

    assert texts(panel) == ["hi", "welcome"]


def test_words_that_came_with_a_gift_wear_its_price(panel: ChatPanel) -> None:
    paid = msgspec.structs.replace(danmu(1, "for you"), coins=1314)
    panel.apply(PaidDanmuSent([paid, danmu(2)]))

    assert texts(panel) == ["for you", "danmu 2"]
    delegate = panel.list.itemDelegate()
    assert isinstance(delegate, ChatDelegate)
    assert [delegate.badge(one) for one in panel.list.chat.danmu] == ["1,314 coins", "Follower"]


def test_a_danmu_goes_when_the_room_says_so_and_not_before(panel: ChatPanel, record: Record) -> None:
    panel.apply(DanmuSent([danmu(1), danmu(2)], 2))
    texts(panel)
    commands = record(panel.command)
    panel.do(DanmuAction.DELETE, danmu(1))

    assert commands == [(DeleteDanmu(1),)]
    assert texts(panel) == ["danmu 1", "danmu 2"]

    panel.apply(DanmuDeleted([1]))
    assert texts(panel) == ["danmu 2"]
    panel.apply(DanmuRestored([danmu(1)]))
    assert texts(panel) == ["danmu 1", "danmu 2"]


def test_who_is_erased_leaves_the_list_whether_shown_or_not(panel: ChatPanel) -> None:
    theirs, ours = danmu(1, "theirs", BOB), danmu(2, "ours", HOST)
    answer = Reply(1, BOB.user_id, BOB.name)
    panel.apply(DanmuSent([theirs, msgspec.structs.replace(ours, reply_to=answer)], 2))
    assert texts(panel) == ["theirs", "ours"]
    panel.apply(DanmuSent([danmu(3, "later", BOB)], 3))
    panel.apply(PersonErased(BOB.user_id))

    assert texts(panel) == ["ours"]
    [left] = panel.list.chat.danmu
    assert left.reply_to == Reply(1, BOB.user_id, "")


def test_what_was_done_to_who_is_erased_is_done_to_somebody(panel: ChatPanel) -> None:
    action = ModerationAction(
        action_id=1,
        at_ms=NOON_MS,
        by=HOST,
        command=MuteUser(BOB.user_id, 60, "Bob said so"),
        reason="Bob said so",
        about=BOB.name,
        undo=None,
        about_user_id=BOB.user_id,
    )
    panel.apply(Moderated(action))
    panel.apply(PersonErased(BOB.user_id))

    [row] = panel.moderation.rows.rows.values()
    assert row.text.text() == "Muted: Deleted user"
    assert "Bob" not in row.note.text()


def test_the_host_writes_and_replies(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.composer.edit.setText("  hello  ")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    panel.menu(danmu(7)).actions()[0].trigger()
    panel.composer.edit.setText("yes")
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Return)

    assert commands == [(SendDanmu("hello"),), (SendDanmu("yes", 7),)]


def test_escape_ends_a_reply(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.composer.answer(danmu(7))
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Escape)
    panel.composer.edit.setText("hello")
    panel.composer.send()

    assert commands == [(SendDanmu("hello"),)]


def test_refused_texts_come_back_one_after_the_other(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.give_back(SendDanmu("too rude"), "")
    panel.give_back(SendDanmu("another"), "")
    assert panel.composer.edit.text() == "too rude"
    panel.composer.edit.setText("kinder")
    panel.composer.send()

    assert commands == [(SendDanmu("kinder"),)]
    assert panel.composer.edit.text() == "another"


def test_a_refused_reply_comes_back_with_whom_it_answers(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.composer.answer(danmu(7))
    panel.composer.edit.setText("yes")
    panel.composer.send()
    panel.give_back(SendDanmu("yes", 7), "")
    assert panel.composer.edit.text() == "yes"
    panel.composer.send()

    assert commands == [(SendDanmu("yes", 7),)] * 2


def test_the_menu_offers_what_is_possible(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    menu = {action.text(): action for action in panel.menu(danmu(3, author=BOB)).actions()}
    menu["Mute for 10 minutes"].trigger()
    own = {action.text(): action for action in panel.menu(danmu(4, author=HOST)).actions()}

    assert commands == [(MuteUser("u2", 600),)]
    assert not own["Block for good"].isEnabled()
    assert own["Delete"].isEnabled()


def test_a_danmu_is_copied_as_it_is(panel: ChatPanel) -> None:
    menu = {action.text(): action for action in panel.menu(danmu(3, "<b>1</b>")).actions()}
    menu["Copy"].trigger()

    assert QApplication.clipboard().text() == "<b>1</b>"


def test_a_reason_is_asked_for(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    dialog = panel.ask_why(danmu(3, author=BOB))
    dialog.action_box.setCurrentIndex(dialog.action_box.findText("Mute for 1 minute"))
    dialog.reason_box.setEditText(" rude words ")
    dialog.accept_button.click()

    assert commands == [(MuteUser("u2", 60, "rude words"),)]


def test_a_refused_reason_stays_until_the_room_has_accepted_it(panel: ChatPanel) -> None:
    dialog = panel.ask_why(danmu(3, author=BOB))
    dialog.reason_box.setEditText("rude words")
    dialog.accept_button.click()
    command = dialog.waiting_for
    assert command is not None
    assert not dialog.accept_button.isEnabled()
    panel.give_back(command, "Too fast.")
    assert dialog.reason == "rude words"
    assert dialog.problem.text() == "Too fast."
    dialog.accept_button.click()
    panel.close_for(command)

    assert dialog.result() == dialog.DialogCode.Accepted


def test_a_pin_shows_how_long_it_stays(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.apply(DanmuPinned(Pinned(danmu(1, "pinned"), NOON_MS + 65_000)))
    panel.show_time(NOON_MS)
    assert panel.pinned.left.text() == "Pinned for 01:05 more"
    panel.pinned.unpin_button.click()
    assert commands == [(UnpinDanmu(),)]
    assert panel.pinned.isVisible()
    panel.apply(DanmuUnpinned())

    assert not panel.pinned.isVisible()


def test_questions_are_counted_and_answered(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.apply(QuestionsFolded([question(1, count=14), question(2, "how big")]))
    assert panel.tabs.tabText(1) == "Questions 2"
    row = panel.questions.rows.rows["1"]
    assert row.note.text() == "×14 · Ann and 13 more"
    row.answered_button.click()
    row.reply_button.click()
    panel.composer.edit.setText("129")
    panel.composer.send()
    panel.apply(QuestionAnswered(question(1)))

    assert commands == [(AnswerQuestion(1),), (AnswerQuestion(1, "129"),)]
    assert panel.tabs.tabText(1) == "Questions 1"


def test_the_chat_is_paused_by_the_room(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.rules.pause_button.click()
    (command,) = commands[0]
    assert isinstance(command, SetRoomRules)
    assert command.rules.is_chat_paused
    assert panel.rules.pause_button.text() == "Pause chat"
    panel.apply(RoomRulesChanged(command.rules))

    assert panel.rules.pause_button.text() == "Go on"


def test_new_ones_are_counted_while_reading_back(panel: ChatPanel) -> None:
    panel.apply(DanmuSent([danmu(number) for number in range(60)], 60))
    texts(panel)
    QApplication.processEvents()
    QTest.keyClick(panel.list, Qt.Key.Key_Home)
    panel.apply(DanmuSent([danmu(100), danmu(101)], 62))

    assert panel.new_button.text() == "2 new"
    panel.new_button.click()
    assert not panel.new_button.isVisible()
    assert texts(panel)[-1] == "danmu 101"


def test_chat_is_moderated_without_a_mouse(qtbot: QtBot, panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.activateWindow()
    qtbot.waitActive(panel)
    panel.apply(DanmuSent([danmu(1), danmu(2, author=BOB)], 2))
    panel.focus_composer()
    QTest.keyClick(panel.composer.edit, Qt.Key.Key_Up)
    assert panel.list.hasFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)

    assert panel.composer.edit.hasFocus()
    assert commands == [(DeleteDanmu(2),)]


def test_the_menu_opens_with_a_key(panel: ChatPanel, record: Record) -> None:
    menus = record(panel.list.menu_wanted)
    panel.apply(DanmuSent([danmu(1)], 1))
    panel.list.focus_newest()
    QTest.keyClick(panel.list, Qt.Key.Key_M)
    for menu in panel.findChildren(QMenu):
        menu.close()

    assert [arguments[0] for arguments in menus] == [danmu(1)]


def test_who_may_not_chat_is_not_told_what_writing_does(panel: ChatPanel) -> None:
    panel.show_rights([])
    assert panel.empty.text() == "Nobody has written yet."
    panel.show_rights([AssistantRight.CHAT])
    assert panel.empty.text() == "Nobody has written yet. What you write here everybody sees."


def test_who_may_not_chat_reads_and_copies_only(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.apply(DanmuSent([danmu(1, "hello")], 1))
    panel.show_rights([AssistantRight.PRODUCTS])
    panel.list.focus_newest()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_P, Qt.Key.Key_Return):
        QTest.keyClick(panel.list, key)

    assert texts(panel) == ["hello"]
    assert [action.text() for action in panel.menu(danmu(1)).actions()] == ["Copy"]
    assert not panel.composer.edit.isEnabled()
    assert not panel.rules.isVisible()
    assert [panel.tabs.isTabVisible(tab) for tab in range(3)] == [True, False, False]
    assert commands == []


def test_a_right_that_comes_back_brings_everything_back(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.show_rights([])
    panel.show_rights([AssistantRight.CHAT])
    panel.apply(DanmuSent([danmu(1, "hello")], 1))
    panel.list.focus_newest()
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)

    assert commands == [(DeleteDanmu(1),)]
    assert panel.composer.edit.placeholderText() == "Write to everybody"
    assert panel.rules.isVisible()
    assert panel.tabs.isTabVisible(2)


def test_an_emoji_goes_where_the_cursor_is(panel: ChatPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.composer.edit.setText("well  done")
    panel.composer.edit.setCursorPosition(5)
    panel.composer.offer_emoji().buttons[0].click()
    panel.composer.send()

    assert commands == [(SendDanmu("well 😀 done"),)]
