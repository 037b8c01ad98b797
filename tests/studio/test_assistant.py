import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
import qasync
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from backend.contract.audience import You, YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.chat import SendDanmu
from backend.contract.protocol import Act, Private
from backend.contract.staff import YouWereDismissed
from studio.assistant import AssistantStudio
from studio.connection.room_client import LineState
from studio.i18n import ENGLISH, Language
from studio.logs import ErrorReporter
from studio.parts import AssistantOptions, AssistantParts
from studio.settings import Settings, SettingsStore
from studio.staff.membership import Membership, Memberships
from studio.window.hotkeys import Hotkey
from tests.studio.fakes import TOKEN, WAIT_S, FakeRoom, snapshot
from widgets.staff.join_dialog import JoinDialog

Play = Callable[[AssistantStudio, FakeRoom], Coroutine[Any, Any, None]]
Make = Callable[[FakeRoom], AssistantOptions]


class Desk:
    """An assistant's studio, and a room that the test plays."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.folder = folder
        self.memberships = Memberships(folder / "rooms")
        self._language = Language(application, folder / "cache")
        self._application = application
        self.has_joined_before = False

    def run(self, play: Play, make: Make = lambda _room: AssistantOptions()) -> None:
        """Run it to its end while the test plays."""
        loop = qasync.QEventLoop(self._application)
        asyncio.set_event_loop(loop)
        with loop:
            loop.run_until_complete(self._play(play, make))
        self._language.choose(ENGLISH)

    async def _play(self, play: Play, make: Make) -> None:
        room = FakeRoom()
        async with asyncio.timeout(3 * WAIT_S), room.serve(), asyncio.TaskGroup() as tasks:
            if self.has_joined_before:
                self.memberships.save(Membership(room.place.url, "main", "Wang", TOKEN))
            parts = AssistantParts(self.folder, self._language, ErrorReporter(), QIcon())
            studio = AssistantStudio(make(room), parts)
            running = tasks.create_task(studio.run())
            await play(studio, room)
            studio.close()
            await running


@pytest.fixture
def desk(themed: QApplication, tmp_path: Path) -> Desk:
    SettingsStore(tmp_path).save(Settings(language=ENGLISH))
    return Desk(themed, tmp_path)


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop turn until it is so."""
    while not is_so():  # noqa: ASYNC110  Qt's signals wake no asyncio event
        await asyncio.sleep(0.005)


def open_dialog(studio: AssistantStudio) -> JoinDialog:
    dialog = studio.join_view.dialog
    assert dialog is not None
    return dialog


def alarms(studio: AssistantStudio) -> list[str]:
    return [alarm.key for alarm in studio.window.alarms.alarms]


def test_who_comes_for_the_first_time_is_asked_and_is_in_with_a_code(desk: Desk) -> None:
    async def play(studio: AssistantStudio, room: FakeRoom) -> None:
        await until(lambda: studio.join_view.dialog is not None)
        dialog = open_dialog(studio)
        assert dialog.link.text() == f"{room.place.url}/r/main"
        dialog.code.setText("7KQ2M-04XRT")
        dialog.name.setText("Wang")
        dialog.join_button.click()
        line = await room.next_joined(snapshot())
        await until(lambda: studio.client.is_connected)
        studio.window.chat.composer.command.emit(SendDanmu("hello"))
        message = await line.receive()
        assert isinstance(message, Act)
        assert message.command == SendDanmu("hello")
        assert desk.memberships.of(room.place.url, "main") == Membership(
            room.place.url, "main", "Wang", TOKEN
        )

    desk.run(play, lambda room: AssistantOptions(link=f"{room.place.url}/r/main"))


def test_who_was_here_before_is_let_in_without_a_code(desk: Desk) -> None:
    async def play(studio: AssistantStudio, room: FakeRoom) -> None:
        await room.next_joined(snapshot())
        assert studio.join_view.dialog is None
        studio.window.menus.actions[Hotkey.COPY_LINK].trigger()
        assert QGuiApplication.clipboard().text() == f"{room.place.url}/r/main"
        studio.window.menus.actions[Hotkey.JOIN].trigger()
        dialog = open_dialog(studio)
        assert dialog.name.text() == "Wang"
        dialog.reject()
        assert alarms(studio) == []

    desk.has_joined_before = True
    desk.run(play)


def test_who_is_dismissed_leaves_and_the_token_is_forgotten(desk: Desk) -> None:
    async def play(studio: AssistantStudio, room: FakeRoom) -> None:
        line = await room.next_joined(snapshot())
        await line.send(Private(YouWereDismissed("revoked", "")))
        await until(lambda: studio.client.status.state is LineState.WAITING)
        assert alarms(studio) == ["room"]
        assert desk.memberships.newest() is None
        assert room.enters == 1

    desk.has_joined_before = True
    desk.run(play)


def test_who_gives_up_is_told_how_to_begin(desk: Desk) -> None:
    async def play(studio: AssistantStudio, _room: FakeRoom) -> None:
        await until(lambda: studio.join_view.dialog is not None)
        dialog = open_dialog(studio)
        dialog.reject()
        assert alarms(studio) == ["room"]
        studio.window.alarms.action_chosen.emit("room", "join")
        assert studio.join_view.dialog is not None

    desk.run(play)


def test_a_language_is_taken_at_once_and_kept(desk: Desk) -> None:
    async def play(studio: AssistantStudio, _room: FakeRoom) -> None:
        studio.window.menus.language_chosen.emit("zh_CN")
        await until(lambda: studio.window.windowTitle() == "Livestall — 助理")

    desk.run(play)
    assert SettingsStore(desk.folder).load().language == "zh_CN"


def test_the_assistants_studio_ends_after_the_time_that_was_given(desk: Desk) -> None:
    async def play(studio: AssistantStudio, _room: FakeRoom) -> None:
        await until(lambda: not studio.window.isVisible())

    desk.run(play, lambda _room: AssistantOptions(exit_after_seconds=0.3))


def test_the_orders_are_offered_only_with_the_right_to_them(desk: Desk) -> None:
    async def play(studio: AssistantStudio, room: FakeRoom) -> None:
        line = await room.next_joined(snapshot())
        action = studio.window.menus.actions[Hotkey.ORDERS]
        await line.send(Private(YouChanged(wang(AssistantRight.CHAT))))
        await until(lambda: not action.isEnabled())
        assert not studio.window.orders_button.isEnabled()
        await line.send(Private(YouChanged(wang(AssistantRight.ORDERS))))
        await until(action.isEnabled)
        assert studio.window.orders_button.isEnabled()

    def wang(right: AssistantRight) -> You:
        return You("a1", "Wang", Role.ASSISTANT, False, False, None, [], None, [right])  # noqa: FBT003

    desk.has_joined_before = True
    desk.run(play)
