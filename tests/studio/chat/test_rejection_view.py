import msgspec
import pytest

from backend.contract.base import RejectReason
from backend.contract.cards import ShowCard
from backend.contract.chat import (
    NO_RULES,
    BlockedWordsChanged,
    RoomRulesChanged,
    SetBlockedWords,
    SetRoomRules,
)
from backend.contract.protocol import Command, Rejected
from backend.contract.shop import Conflict, EditProduct
from studio.chat.chat_view import ChatView
from studio.chat.rejection_view import RejectionView
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import CommandRejected
from studio.connection.server_clock import ServerClock
from studio.window.main_window import MainWindow
from tests.widgets.people import ASSISTANT, NOON_MS
from widgets.chat.blocked_words_dialog import BlockedWordsDialog
from widgets.shop.conflict_dialog import ConflictDialog

THEIRS = msgspec.structs.replace(NO_RULES, slow_mode_s=10, version=2)


class Desk:
    """Rejections and the chat on a window, with a client that keeps what is sent."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window = window
        self.client = RoomClient()
        self.sent: list[Command] = []
        monkeypatch.setattr(self.client, "send", self.sent.append)
        self.chat = ChatView(self.client, ServerClock(self.client), window)
        self.view = RejectionView(self.client, window)

    def refuse(self, command: Command, conflict: Conflict | None = None) -> None:
        reason = RejectReason.CONFLICT if conflict else RejectReason.UNKNOWN_PRODUCT
        self.client.updated.emit(CommandRejected(command, Rejected(1, reason, conflict=conflict)))

    def toasts(self) -> list[str]:
        return [toast.text.text() for toast in self.window.toasts.shown]

    def conflicts(self) -> list[ConflictDialog]:
        return [one for one in self.window.findChildren(ConflictDialog) if one.isVisible()]


@pytest.fixture
def desk(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(window, monkeypatch)


def test_a_refusal_is_told_with_its_reason(desk: Desk) -> None:
    desk.refuse(ShowCard("gone"))

    assert desk.view.parent() is desk.window
    assert desk.toasts() == ["This product is not in the room any more."]


def test_that_of_a_products_change_is_not_told_here(desk: Desk) -> None:
    desk.refuse(EditProduct("gone", 1))

    assert desk.toasts() == []


def paused(desk: Desk) -> SetRoomRules:
    """Let the host ask to pause the chat, after an assistant set slow mode."""
    desk.window.chat.rules.toggle_pause()
    command = desk.sent[-1]
    assert isinstance(command, SetRoomRules)
    desk.client.updated.emit(RoomRulesChanged(THEIRS))
    desk.refuse(command, Conflict(ASSISTANT, NOON_MS, 2, rules=THEIRS))
    return command


def test_who_loses_over_rules_is_told_who_set_what(desk: Desk) -> None:
    paused(desk)
    asked = desk.conflicts()[0]

    assert asked.sentence.text().startswith("Wang changed the rules of the chat at ")
    assert asked.table.rowCount() == 2
    assert desk.toasts() == []


def test_keeping_theirs_leaves_the_panel_with_theirs(desk: Desk) -> None:
    paused(desk)
    desk.conflicts()[0].theirs_button.click()

    assert desk.conflicts() == []
    assert len(desk.sent) == 1
    assert desk.window.chat.rules.summary.text() == "Slow mode 10 s"
    assert desk.window.chat.rules.pause_button.text() == "Pause chat"


def test_using_mine_sets_the_same_rules_on_the_new_version(desk: Desk) -> None:
    command = paused(desk)
    desk.conflicts()[0].mine_button.click()

    assert desk.sent[1:] == [SetRoomRules(msgspec.structs.replace(command.rules, version=2))]


def test_words_are_asked_about_too(desk: Desk) -> None:
    command = SetBlockedWords(["a"], version=1)
    desk.window.chat.rules.command.emit(command)
    desk.client.updated.emit(BlockedWordsChanged(["b"], 0, 2))
    desk.refuse(command, Conflict(ASSISTANT, NOON_MS, 2, words=["b"]))
    desk.conflicts()[0].mine_button.click()

    assert desk.sent[1:] == [SetBlockedWords(["a"], version=2)]


def typed(desk: Desk, text: str) -> SetBlockedWords:
    """Let the host write blocked words and save them, and return the command."""
    desk.window.chat.rules.edit_words()
    dialog = words_dialogs(desk)[0]
    dialog.edit.setPlainText(text)
    dialog.save_button.click()
    command = desk.sent[-1]
    assert isinstance(command, SetBlockedWords)
    return command


def words_dialogs(desk: Desk) -> list[BlockedWordsDialog]:
    return [one for one in desk.window.findChildren(BlockedWordsDialog) if one.isVisible()]


def test_who_decides_nothing_over_words_gets_back_what_they_typed(desk: Desk) -> None:
    desk.refuse(typed(desk, "a\nc"), Conflict(ASSISTANT, NOON_MS, 5, words=["b"]))
    assert words_dialogs(desk) == []
    desk.conflicts()[0].reject()
    dialog = words_dialogs(desk)[0]
    assert dialog.words == ["a", "c"]
    dialog.save_button.click()

    assert desk.sent[-1] == SetBlockedWords(["a", "c"], version=5)


def test_words_that_could_not_be_sent_or_kept_come_back(desk: Desk) -> None:
    desk.client.unsent.emit(typed(desk, "a"))
    words_dialogs(desk)[0].reject()
    desk.client.updated.emit(CommandRejected(typed(desk, "b"), Rejected(1, RejectReason.UNAVAILABLE)))

    assert [dialog.words for dialog in words_dialogs(desk)] == [["b"]]


def test_an_undo_that_is_refused_opens_no_dialog_for_words(desk: Desk) -> None:
    desk.refuse(SetBlockedWords(["a"], version=1), Conflict(ASSISTANT, NOON_MS, 5, words=["b"]))
    desk.conflicts()[0].reject()

    assert words_dialogs(desk) == []


def test_the_last_thing_that_was_wanted_is_asked_about(desk: Desk) -> None:
    paused(desk)
    desk.refuse(
        SetRoomRules(msgspec.structs.replace(NO_RULES, links_off=True)),
        Conflict(ASSISTANT, NOON_MS, 2, rules=THEIRS),
    )
    assert len(desk.conflicts()) == 1
    desk.conflicts()[0].mine_button.click()

    wanted = msgspec.structs.replace(NO_RULES, links_off=True, version=2)
    assert desk.sent[-1] == SetRoomRules(wanted)


def test_where_both_want_the_same_words_nobody_is_asked(desk: Desk) -> None:
    desk.refuse(SetBlockedWords(["a", "b"]), Conflict(ASSISTANT, NOON_MS, 2, words=["b", "a"]))

    assert (desk.conflicts(), desk.toasts()) == ([], [])
