import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from backend.contract.audience import LikesChanged, ProductRequest, RequestsChanged
from backend.contract.base import RejectReason
from backend.contract.cards import ShowCard
from backend.contract.chat import (
    NO_RULES,
    DanmuDeleted,
    DanmuSent,
    DeleteDanmu,
    Moderated,
    ModerationAction,
    ModerationCommand,
    MuteUser,
    RestoreDanmu,
    SendDanmu,
    SetRoomRules,
    UnmuteUser,
)
from backend.contract.countdown import ResumeCountdown, StopCountdown
from backend.contract.polls import ClosePoll, OpenPoll, ReopenPoll
from backend.contract.protocol import Accepted, Act, Command, Private, Rejected, Reliable, Sampled
from studio.chat.chat_view import ChatView
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import CommandRejected, Done
from studio.connection.server_clock import ServerClock
from studio.window.main_window import MainWindow
from tests.studio.fakes import WAIT_S, FakeLine, FakeRoom, snapshot
from tests.widgets.people import ASSISTANT, HOST, danmu
from widgets.audience.poll_dialog import PollDialog
from widgets.chat.moderation_actions import DanmuAction


class Desk:
    """A chat view whose client keeps what is sent."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window = window
        self.client = RoomClient()
        self.sent: list[Command] = []
        monkeypatch.setattr(self.client, "send", self.sent.append)
        self.view = ChatView(self.client, ServerClock(self.client), window)

    def toasts(self) -> list[str]:
        return [toast.text.text() for toast in self.window.toasts.shown]

    def moderated(self, command: ModerationCommand, undo: ModerationCommand | None, by: str = "") -> None:
        author = ASSISTANT if by else HOST
        self.view.on_update(Moderated(ModerationAction(1, 1, author, command, "", "Ann: spam", undo)))


@pytest.fixture
def desk(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(window, monkeypatch)


def test_what_was_done_can_be_undone(desk: Desk) -> None:
    desk.window.chat.do(DanmuAction.DELETE, danmu(5))
    desk.moderated(DeleteDanmu(5), RestoreDanmu(5))
    assert desk.toasts() == ["Deleted: Ann: spam"]
    desk.window.toasts.shown[0].offer_button.click()

    assert desk.sent == [DeleteDanmu(5), RestoreDanmu(5)]


@pytest.mark.parametrize(
    ("command", "text", "undo"),
    [
        (StopCountdown(3), "Countdown stopped", ResumeCountdown(3)),
        (ClosePoll(2), "Poll ended", ReopenPoll(2)),
    ],
)
def test_what_was_ended_for_everybody_can_go_on(
    desk: Desk, command: Command, text: str, undo: Command
) -> None:
    desk.view.on_update(Done(command))
    assert desk.toasts() == [text]
    desk.window.toasts.shown[0].offer_button.click()

    assert desk.sent == [undo]
    desk.view.on_update(Done(undo))
    assert desk.toasts() == []


def test_what_another_moderator_did_is_told_with_their_name(desk: Desk) -> None:
    desk.moderated(MuteUser("u1", 600), UnmuteUser("u1"), by="assistant")

    assert desk.toasts() == ["Wang: Ann: spam is muted for 10 min"]
    assert not desk.window.toasts.shown[0].has_offer


def test_rules_and_undoings_need_no_words(desk: Desk) -> None:
    desk.moderated(SetRoomRules(NO_RULES), SetRoomRules(NO_RULES))
    desk.moderated(RestoreDanmu(5), DeleteDanmu(5))

    assert desk.toasts() == []


def test_a_text_that_is_refused_comes_back(desk: Desk) -> None:
    desk.view.on_update(CommandRejected(SendDanmu("hello"), Rejected(1, RejectReason.TOO_FAST)))

    assert desk.window.chat.composer.edit.text() == "hello"


def test_a_text_that_could_not_be_sent_comes_back_and_is_told(desk: Desk) -> None:
    desk.client.unsent.emit(SendDanmu("hello"))

    assert desk.window.chat.composer.edit.text() == "hello"
    assert len(desk.toasts()) == 1


def test_a_card_is_shown_from_the_ranking(desk: Desk) -> None:
    desk.view.on_update(RequestsChanged([ProductRequest("p1", 3)]))
    desk.window.audience.requests.rows.rows["p1"].explain_button.click()

    assert desk.sent == [ShowCard("p1")]


async def acted(line: FakeLine) -> Act:
    """The next command that the room gets; pings do not count."""
    while not isinstance(message := await line.receive(), Act):
        pass
    return message


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop turn until it is so."""
    async with asyncio.timeout(WAIT_S):
        while not is_so():
            QApplication.processEvents()
            await asyncio.sleep(0.005)


async def test_the_chat_speaks_with_a_room(window: MainWindow, room: FakeRoom) -> None:
    client = RoomClient()
    ChatView(client, ServerClock(client), window)
    client.go_to(room.place)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(client.run())
        line = await room.next_joined(snapshot(seq=1))
        await line.send(Sampled([DanmuSent([danmu(1), danmu(2)], 2), LikesChanged(12, 12)]))
        await until(lambda: window.chat.list.chat.rowCount() == 2)
        assert window.audience.values["likes"].text() == "12"

        window.chat.do(DanmuAction.DELETE, danmu(1))
        assert (await acted(line)).command == DeleteDanmu(1)
        await line.send(Reliable(2, DanmuDeleted([1])))
        action = ModerationAction(1, 1, HOST, DeleteDanmu(1), "", "Ann: danmu 1", RestoreDanmu(1))
        await line.send(Private(Moderated(action)))
        await until(lambda: len(window.toasts.shown) == 1)
        assert [one.danmu_id for one in window.chat.list.chat.danmu] == [2]

        window.toasts.shown[0].offer_button.click()
        assert (await acted(line)).command == RestoreDanmu(1)
        running.cancel()


def test_what_was_done_stands_in_the_panel_too(desk: Desk) -> None:
    desk.moderated(DeleteDanmu(3), RestoreDanmu(3))
    assert desk.window.chat.moderation.rows.keys == ["done 1"]


def written_poll(window: MainWindow) -> PollDialog:
    """The dialog for a poll, filled in."""
    window.audience.poll.ask()
    dialog = window.findChild(PollDialog)
    assert isinstance(dialog, PollDialog)
    dialog.question.setText("What next?")
    for option, text in zip(dialog.options, ("Tea", "Silk"), strict=False):
        option.setText(text)
    return dialog


async def test_a_refused_poll_stays_in_its_dialog_until_the_room_accepts_it(
    window: MainWindow, room: FakeRoom
) -> None:
    client = RoomClient()
    ChatView(client, ServerClock(client), window)
    client.go_to(room.place)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(client.run())
        line = await room.next_joined(snapshot(seq=1))
        await until(lambda: client.is_connected)
        dialog = written_poll(window)
        dialog.open_button.click()
        act = await acted(line)
        await line.send(Rejected(act.request_id, RejectReason.BLOCKED_WORD))
        await until(lambda: not dialog.problem.isHidden())
        assert dialog.problem.text() == "The text holds a blocked word."
        assert dialog.question.text() == "What next?"

        dialog.question.setText("What now?")
        dialog.open_button.click()
        act = await acted(line)
        assert act.command == OpenPoll("What now?", ["Tea", "Silk"], 60)
        closed: list[int] = []
        dialog.finished.connect(closed.append)
        await line.send(Accepted(act.request_id))
        await until(lambda: closed == [PollDialog.DialogCode.Accepted])
        running.cancel()


async def test_a_poll_whose_line_broke_stays_in_its_dialog(window: MainWindow) -> None:
    client = RoomClient()
    ChatView(client, ServerClock(client), window)
    dialog = written_poll(window)
    dialog.open_button.click()

    assert dialog.problem.text().startswith("Not connected")
    assert dialog.open_button.isEnabled()
