import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QTableWidgetItem

from backend.contract.profile import RoomProfile, SetRoomProfile
from backend.contract.protocol import Accepted
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import HostRequests
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.processes.backend_process import BackendReady
from studio.profile.profile_view import ProfileView
from studio.window.main_window import MainWindow
from studio.window.menus import Entry
from tests.backend.kinds import as_type
from tests.backend.running import RunningBackend, running_backend
from tests.studio.staff.test_staff_view import Backend, until, working
from tests.widgets.common.test_picture_well import png
from widgets.profile.profile_dialog import ProfileDialog
from widgets.shop.conflict_dialog import ConflictDialog


class Desk:
    """The view of the profile, with a line to a real backend."""

    def __init__(self, window: MainWindow, running: RunningBackend) -> None:
        self.window = window
        self.running = running
        self.background = BackgroundTasks()
        self.client = RoomClient(parent=window)
        backend = Backend()
        self.view = ProfileView(self.client, HostRequests(backend.ready), self.background, window)
        url, token = f"http://{running.address}", running.signer.host("main")
        backend.ready.emit(BackendReady(url, f"{url}/r/main", "main", f"{url}/whip/main", "", token))
        self.client.go_to(Place(url, "main", token))

    @property
    def profile(self) -> RoomProfile:
        return self.running.backend.local["main"].snapshot().profile

    def open(self) -> ProfileDialog:
        self.window.menus.entries[Entry.ROOM].trigger()
        return as_type(ProfileDialog, self.view.dialog)


@pytest.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    async with running_backend(tmp_path) as running:
        made = Desk(window, running)
        async with working(made.background):
            line = asyncio.get_running_loop().create_task(made.client.run())
            await until(lambda: made.client.is_connected and made.view._profile is not None)
            yield made
            line.cancel()


async def test_a_profile_is_saved_with_its_pictures_and_shown_when_the_form_is_opened_again(
    desk: Desk,
) -> None:
    dialog = desk.open()
    dialog.title.setText("青禾生活")
    dialog.notice.setPlainText("今晚包邮")
    dialog.cover.well.take(png(40))
    dialog.save_button.click()
    await until(lambda: desk.view.dialog is None)
    profile = desk.profile
    assert (profile.title, profile.notice, profile.avatar) == ("青禾生活", "今晚包邮", None)
    assert profile.cover is not None

    again = desk.open()
    await until(lambda: again.cover.shown is not None)
    assert again.draft.cover == profile.cover.name
    assert not again.is_changed


async def test_a_second_studio_that_was_first_is_shown_and_the_host_chooses(desk: Desk) -> None:
    dialog = desk.open()
    dialog.title.setText("我的")
    async with desk.running.host() as other:
        as_type(Accepted, await other.act(SetRoomProfile(1, "另一台")))
    dialog.save_button.click()
    await until(lambda: bool(dialog.findChildren(ConflictDialog)))
    (asked,) = dialog.findChildren(ConflictDialog)
    texts = [as_type(QTableWidgetItem, asked.table.item(0, place)).text() for place in (1, 2)]
    assert texts == ["我的", "另一台"]
    asked.mine_button.click()
    await until(lambda: desk.view.dialog is None)
    assert (desk.profile.title, desk.profile.version) == ("我的", 3)


async def test_an_untouched_form_follows_the_room(desk: Desk) -> None:
    dialog = desk.open()
    async with desk.running.host() as other:
        as_type(Accepted, await other.act(SetRoomProfile(1, "另一台")))
        await until(lambda: dialog.title.text() == "另一台")
        dialog.title.setText("另一台！")
        as_type(Accepted, await other.act(SetRoomProfile(2, "再改")))
        await until(lambda: desk.view._profile == desk.profile)
    assert dialog.title.text() == "另一台！"


async def test_a_refused_picture_keeps_the_form_open_with_the_reason(desk: Desk) -> None:
    dialog = desk.open()
    dialog.avatar.well.take(png())
    # As it looks here, it is a picture; the backend reads it and finds none.
    dialog.avatar.picture = b"\x89PNG\r\n\x1a\n broken"
    dialog.save_button.click()
    await until(dialog.problem.isVisible)
    assert dialog.problem.text().startswith("Choose a JPEG, PNG or WebP picture")
    assert dialog.save_button.isEnabled()
    assert desk.profile == RoomProfile()


async def test_what_cannot_be_sent_stays_in_the_form(desk: Desk) -> None:
    dialog = desk.open()
    dialog.title.setText("青禾")
    desk.client.go_to(None)
    await until(lambda: not desk.client.is_connected)
    dialog.save_button.click()
    await until(dialog.problem.isVisible)
    assert "still here" in dialog.problem.text()
    assert dialog.title.text() == "青禾"
    assert msgspec.structs.replace(desk.profile, version=1) == RoomProfile()
