from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backend.contract.orders import PaymentMethod
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import HostRequests
from studio.connection.room_http import RejectedError
from studio.engine.messages.values import Devices
from studio.processes.backend_process import BackendReady
from studio.shop.shop_settings_view import ShopSettingsView, saving_problem
from tests.backend.running import RunningBackend, running_backend
from tests.studio.staff.test_staff_view import Backend, until, working
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.settings_values import SettingsValues


class Desk:
    """The settings in front of a real backend."""

    def __init__(self, dialog: SettingsDialog) -> None:
        self.dialog = dialog
        self.background = BackgroundTasks()
        self.backend = Backend()
        self.view = ShopSettingsView(HostRequests(self.backend.ready), self.background, dialog)

    def find(self, running: RunningBackend, token: str | None = None) -> None:
        url = f"http://{running.address}"
        token = token or running.signer.host("main")
        self.backend.ready.emit(BackendReady(url, f"{url}/r/main", "main", "", "", token))


@pytest.fixture
async def desk(qtbot: QtBot) -> AsyncIterator[Desk]:
    dialog = SettingsDialog(SettingsValues(), Devices())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    made = Desk(dialog)
    async with working(made.background):
        yield made


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(tmp_path) as backend:
        yield backend


async def test_how_the_shop_sells_is_read_and_saved(desk: Desk, running: RunningBackend) -> None:
    desk.find(running)
    selling, shipping, privacy = desk.dialog.selling, desk.dialog.shipping, desk.dialog.privacy
    desk.view.serve(desk.dialog)
    await until(lambda: all(page.known is not None for page in (selling, shipping, privacy)))
    selling.methods[PaymentMethod.TRANSFER].setChecked(True)
    selling.transfer_text.setPlainText("ICBC 6222")
    selling.currency.setCurrentIndex(selling.currency.findData("JPY"))
    selling.save_button.click()
    await until(lambda: not selling.fault())
    told = await running.http.get("/api/v1/payment-methods")
    assert told.json()["transfer_text"] == "ICBC 6222"
    shipping.place.first_fee.setText("500")
    shipping.save_button.click()
    await until(lambda: not shipping.fault())
    assert shipping.list.item(0).text() == "Everywhere else · ¥500, then ¥0"
    coins = desk.dialog.coins
    await until(lambda: coins.known is not None and coins.packages[0].price.text() == "120")
    coins.packages[0].price.setText("130")
    coins.save_button.click()
    await until(lambda: not coins.fault())
    privacy.days.setValue(3650)
    privacy.save_button.click()
    await until(lambda: not privacy.fault())


async def test_who_is_not_the_host_sees_no_settings_of_the_shop(desk: Desk, running: RunningBackend) -> None:
    desk.find(running, running.signer.viewer("main", "guest-1"))
    desk.view.serve(desk.dialog)
    await until(lambda: "does not answer" in desk.dialog.selling.note.text())
    assert not desk.dialog.selling.content.isEnabled()


async def test_settings_of_the_shop_say_what_to_check_without_a_backend(desk: Desk) -> None:
    desk.view.serve(desk.dialog)
    await until(lambda: "Network" in desk.dialog.privacy.note.text())
    assert "not started" in desk.dialog.shipping.note.text()


@pytest.mark.parametrize(
    ("kind", "told"),
    [("campaign_runs", "prices in the old currency"), ("currency_locked", "keeps it"), ("else", "its words")],
)
def test_why_the_currency_stays_is_said_in_the_hosts_language(kind: str, told: str) -> None:
    assert told in saving_problem(RejectedError("its words", 409, kind=kind))
