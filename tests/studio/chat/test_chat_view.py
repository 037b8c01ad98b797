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
from backend.contract.protocol import Act, Command, Private, Rejected, Reliable, Sampled
from studio.chat.chat_view import ChatView
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import CommandRejected
from studio.connection.server_clock import ServerClock
from studio.window.main_window import MainWindow
from tests.studio.fakes import WAIT_S, FakeLine, FakeRoom, snapshot
from tests.widgets.people import ASSISTANT, HOST, danmu
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
