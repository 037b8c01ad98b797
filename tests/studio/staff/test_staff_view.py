import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from backend.contract.base import AssistantRight, RejectReason
from backend.contract.cards import ShowCard
from backend.contract.invitation import code_digest, read_code
from backend.contract.protocol import Command, Rejected
from backend.contract.staff import (
    AssistantsChanged,
    InviteAssistant,
    RevokeAssistant,
    SetAssistantRights,
    YouWereDismissed,
)
from studio.background_tasks import BackgroundTasks
from studio.connection.room_client import LineState, LineStatus, RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import CommandRejected, Done
from studio.processes.backend_process import BackendReady
from studio.staff.staff_view import StaffView
from studio.window.main_window import MainWindow
from studio.window.menus import Entry
from tests.backend.room.test_processor import told
from tests.backend.running import RunningBackend, as_admission, running_backend
from tests.studio.fakes import WAIT_S
from tests.widgets.assistants import OPEN, WANG
from widgets.staff.assistants_dialog import AssistantsDialog
from widgets.staff.code_dialog import CodeDialog
from widgets.staff.invite_dialog import Invitation
from widgets.staff.revoke_dialog import RevokeDialog

WANTED = Invitation([AssistantRight.CHAT], 24, 168)
READY = BackendReady("http://127.0.0.1:9", "http://192.168.1.20:9/r/main", "main", "", "", "t")


class Backend(QObject):
    ready = Signal(object)


class Desk:
    """A staff view whose client keeps what is sent, as long as it is said to be connected."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window = window
        self.client = RoomClient()
        self.sent: list[Command] = []
        self.background = BackgroundTasks()
        self.backend = Backend()
        monkeypatch.setattr(self.client, "send", self.sent.append)
        self.view = StaffView(self.client, self.backend.ready, self.background, window)
        self.backend.ready.emit(READY)
        self.set_line(LineState.CONNECTED)

    def set_line(self, state: LineState) -> None:
        self.client._set_status(LineStatus(state))

    def tell(self, *told: object) -> None:
        for each in told:
            self.client.updated.emit(each)

    @property
    def dialog(self) -> AssistantsDialog:
        (found,) = self.window.findChildren(AssistantsDialog)
        return found

    def open(self) -> AssistantsDialog:
        self.window.menus.entries[Entry.ASSISTANTS].trigger()
        return self.dialog

    @property
    def codes(self) -> list[CodeDialog]:
        return self.window.findChildren(CodeDialog)

    async def invite(self) -> InviteAssistant:
        """Ask for an invitation and return what is sent for it."""
        self.view.invite(WANTED)
        await until(lambda: bool(self.sent))
        command = self.sent.pop()
        assert isinstance(command, InviteAssistant)
        return command


@pytest.fixture
async def desk(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    made = Desk(window, monkeypatch)
    async with working(made.background):
        yield made


@asynccontextmanager
async def working(background: BackgroundTasks) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(background.run())
        try:
            yield
        finally:
            running.cancel()


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop turn until it is so."""
    async with asyncio.timeout(WAIT_S):
        while not is_so():
            QApplication.processEvents()
            await asyncio.sleep(0.005)


async def test_the_dialog_opens_on_what_was_told_before_and_follows_the_room(desk: Desk) -> None:
    desk.tell(AssistantsChanged([WANG]))
    dialog = desk.open()
    assert dialog.rows.keys == ["1"]
    desk.tell(AssistantsChanged([WANG, OPEN]))
    assert dialog.rows.keys == ["1", "2"]
    dialog.close_button.click()
    desk.tell(AssistantsChanged([]))


async def test_the_code_is_shown_once_the_room_knows_of_it(desk: Desk) -> None:
    desk.open()
    command = await desk.invite()
    assert (command.rights, command.code_hours, command.grant_hours) == ([AssistantRight.CHAT], 24, 168)
    assert desk.codes == []
    desk.tell(Done(command))
    (shown,) = desk.codes
    code = shown.code.line.text()
    assert await asyncio.to_thread(code_digest, code, "main") == command.code_digest
    assert shown.link.line.text() == f"http://192.168.1.20:9/r/main#assist={code}"
    assert shown.local_note.isHidden()
    shown.close_button.click()
    await until(lambda: not desk.codes)
    desk.tell(Done(command))
    assert desk.codes == []


async def test_the_code_of_a_refused_invitation_is_dropped_and_the_refusal_told(desk: Desk) -> None:
    dialog = desk.open()
    command = await desk.invite()
    desk.tell(CommandRejected(command, Rejected(1, RejectReason.TOO_MANY)))
    assert "Take one back first" in dialog.note.text()
    desk.tell(Done(command))
    assert desk.codes == []
    await desk.invite()
    assert dialog.note.isHidden()


async def test_the_reason_of_a_refused_revocation_stays_in_its_dialog(desk: Desk) -> None:
    desk.tell(AssistantsChanged([WANG]))
    desk.open().rows.rows[str(WANG.grant_id)].revoke_button.click()
    dialog = desk.window.findChild(RevokeDialog)
    assert isinstance(dialog, RevokeDialog)
    dialog.reason_edit.setText("thanks")
    dialog.accept_button.click()
    command = RevokeAssistant(WANG.grant_id, "thanks")
    desk.tell(CommandRejected(command, Rejected(1, RejectReason.UNAVAILABLE)))
    assert dialog.isVisible()
    assert dialog.reason == "thanks"
    dialog.accept_button.click()
    desk.tell(Done(command))

    assert dialog.result() == RevokeDialog.DialogCode.Accepted


async def test_an_invitation_whose_answer_was_lost_is_told_and_its_code_dropped(desk: Desk) -> None:
    dialog = desk.open()
    command = await desk.invite()
    desk.client.unsent.emit(command)
    assert "take it back" in dialog.note.text()
    desk.tell(Done(command))
    assert desk.codes == []


async def test_what_was_lost_is_told_without_a_dialog_too(desk: Desk) -> None:
    desk.client.unsent.emit(ShowCard("p1"))
    desk.client.unsent.emit(RevokeAssistant(1))
    (toast,) = desk.window.toasts.shown
    assert "The list will show" in toast.text.text()


async def test_without_a_connection_nothing_is_sent(desk: Desk) -> None:
    desk.tell(AssistantsChanged([WANG]))
    dialog = desk.open()
    desk.set_line(LineState.BROKEN)
    assert dialog.line_note.isVisible()
    dialog.command.emit(RevokeAssistant(1))
    assert dialog.note.text().startswith("Not connected")
    dialog.show_note("", "")
    desk.view.invite(WANTED)
    await until(lambda: bool(dialog.note.text()))

    assert desk.sent == []
    assert desk.view._asked == {}


async def test_before_there_is_a_backend_nobody_can_be_invited(
    window: MainWindow,
) -> None:
    client, background, backend = RoomClient(), BackgroundTasks(), Backend()
    view = StaffView(client, backend.ready, background, window)
    async with working(background):
        view.invite(WANTED)
        await until(lambda: bool(window.toasts.shown))
    assert window.toasts.shown[0].text.text().startswith("Not connected")


async def test_another_place_is_another_room(desk: Desk) -> None:
    desk.tell(AssistantsChanged([WANG]))
    dialog = desk.open()
    desk.backend.ready.emit(msgspec.structs.replace(READY, host_token="an assistant's"))
    assert dialog.rows.keys == []
    assert "the host alone" in dialog.rows.empty.text()


async def test_another_link_to_the_same_place_is_the_same_room_and_in_the_next_code(desk: Desk) -> None:
    desk.tell(AssistantsChanged([WANG]))
    dialog = desk.open()
    desk.backend.ready.emit(msgspec.structs.replace(READY, viewer_url="http://10.0.0.9:1/r/main"))
    assert dialog.rows.keys == ["1"]
    command = await desk.invite()
    assert desk.view._asked[command.code_digest].viewer_url == "http://10.0.0.9:1/r/main"


async def test_changes_go_to_the_room(desk: Desk) -> None:
    dialog = desk.open()
    dialog.command.emit(SetAssistantRights(1, [AssistantRight.CHAT]))
    dialog.command.emit(RevokeAssistant(1, "bye"))
    assert desk.sent == [SetAssistantRights(1, [AssistantRight.CHAT]), RevokeAssistant(1, "bye")]


def ready_of(backend: RunningBackend) -> BackendReady:
    url = f"http://{backend.address}"
    return BackendReady(url, f"{url}/r/main", "main", "", "", backend.signer.host("main"))


async def test_who_is_invited_comes_in_and_goes_when_the_host_says_so(
    window: MainWindow, tmp_path: Path
) -> None:
    client, background, backend_view = RoomClient(), BackgroundTasks(), Backend()
    StaffView(client, backend_view.ready, background, window)
    async with running_backend(tmp_path) as backend, working(background), asyncio.TaskGroup() as tasks:
        ready = ready_of(backend)
        backend_view.ready.emit(ready)
        client.go_to(Place(ready.url, ready.room, ready.host_token))
        line = tasks.create_task(client.run())
        window.menus.entries[Entry.ASSISTANTS].trigger()
        (dialog,) = window.findChildren(AssistantsDialog)
        await until(dialog.add_button.isEnabled)

        dialog.invitation_chosen.emit(WANTED)
        await until(lambda: bool(window.findChildren(CodeDialog)))
        (shown,) = window.findChildren(CodeDialog)
        code = shown.code.line.text()
        assert read_code(code)
        assert not shown.local_note.isHidden()
        shown.close_button.click()
        await until(lambda: dialog.rows.keys == ["1"])
        admission = as_admission(await backend.assist(code))
        await until(lambda: dialog.rows.rows["1"].name.text() == "小王")

        async with backend.client(admission.token) as helper:
            await helper.join()
            row = dialog.rows.rows["1"]
            await until(lambda: row.dot.accessibleName() == "Here now")
            dialog.command.emit(SetAssistantRights(1, [AssistantRight.NUMBERS]))
            await until(lambda: row.rights.text() == "May: Numbers")
            dialog.command.emit(RevokeAssistant(1, "thanks"))
            assert await told(helper, YouWereDismissed) == YouWereDismissed("revoked", "thanks")
        await until(lambda: dialog.rows.keys == [])
        answer = await backend.http.post(
            "/api/rooms/main/enter", headers={"Authorization": f"Bearer {admission.token}"}
        )
        assert answer.status_code == 403
        line.cancel()
