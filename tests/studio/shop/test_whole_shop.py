"""Settings of the whole shop in the studio of a room that is not its first."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from backend.options import ServeOptions
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import HostRequests
from studio.connection.room_http import Place, RejectedError
from studio.engine.messages.values import Devices
from studio.processes.backend_process import BackendReady
from studio.shop.mail_view import MailView
from studio.shop.payments_view import PaymentsView
from studio.shop.shop_settings_view import ShopSettingsView
from studio.shop.whole_shop import first_room_problem
from tests.backend.running import RunningBackend, running_backend
from tests.studio.staff.test_staff_view import Backend, until, working
from widgets.settings.mail_page import MailPage
from widgets.settings.payments_page import PaymentsPage
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.settings_values import SettingsValues

SAID = "first room sees to it"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    """A backend with two rooms."""
    async with running_backend(tmp_path, ServeOptions(rooms=("main", "second"))) as running:
        yield running


def second_room(shop: RunningBackend) -> Place:
    return Place(f"http://{shop.address}", "second", shop.signer.host("second"))


async def test_the_host_of_another_room_learns_who_changes_the_shops_settings(
    qtbot: QtBot, shop: RunningBackend
) -> None:
    dialog = SettingsDialog(SettingsValues(), Devices())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    background, backend, place = BackgroundTasks(), Backend(), second_room(shop)
    view = ShopSettingsView(HostRequests(backend.ready), background, dialog)
    backend.ready.emit(BackendReady(place.url, f"{place.url}/r/second", "second", "", "", place.token))
    async with working(background):
        view.serve(dialog)
        await until(lambda: dialog.privacy.known is not None)
        dialog.privacy.days.setValue(3650)
        dialog.privacy.save_button.click()
        await until(lambda: SAID in dialog.privacy.note.text())


async def test_the_host_of_another_room_learns_who_sees_the_providers(
    qtbot: QtBot, shop: RunningBackend
) -> None:
    page = PaymentsPage()
    qtbot.addWidget(page)
    background = BackgroundTasks()
    view = PaymentsView(background, QObject())
    view.go_to(second_room(shop))
    async with working(background):
        view.attach(page)
        await until(lambda: SAID in page.told.text())


async def test_the_host_of_another_room_learns_who_sets_the_mail_server(
    qtbot: QtBot, shop: RunningBackend
) -> None:
    page = MailPage()
    qtbot.addWidget(page)
    background = BackgroundTasks()
    view = MailView(background, QObject())
    view.go_to(second_room(shop))
    async with working(background):
        view.attach(page)
        await until(lambda: "Off" in page.state.text())
        page.host.setText("127.0.0.1")
        page.from_address.setText("shop@example.com")
        page.save_button.click()
        await until(lambda: SAID in page.note.text())


def test_only_what_is_refused_to_a_room_is_explained_by_the_first_room() -> None:
    assert SAID in first_room_problem(RejectedError("no", 403))
    assert first_room_problem(RejectedError("no", 422)) == ""
    assert first_room_problem(httpx.ConnectError("no line")) == ""
