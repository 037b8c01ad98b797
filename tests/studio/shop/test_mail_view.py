"""The settings' page of e-mails against a backend that runs, and a mail server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from studio.background_tasks import BackgroundTasks
from studio.connection.room_http import Place
from studio.shop.mail_view import MailView
from tests.backend.running import RunningBackend, running_backend
from tests.studio.staff.test_staff_view import until, working
from tests.support.mail_server import running_mail_server
from widgets.settings.mail_page import MailPage


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(tmp_path) as running:
        yield running


@pytest.fixture
def page(qtbot: QtBot) -> MailPage:
    made = MailPage()
    qtbot.addWidget(made)
    return made


async def test_a_mail_server_is_set_and_tried_through_the_backend(
    backend: RunningBackend, page: MailPage
) -> None:
    background = BackgroundTasks()
    view = MailView(background, QObject())
    view.go_to(Place(f"http://{backend.address}", "main", backend.signer.host("main")))
    with running_mail_server() as server:
        async with working(background):
            view.attach(page)
            await until(lambda: "Off" in page.state.text())
            page.host.setText("127.0.0.1")
            page.security.setCurrentIndex(page.security.findData("none"))
            page.port.setValue(server.port)
            page.from_address.setText("shop@example.com")
            page.to.setText("me@example.com")
            page.test_button.click()
            await until(lambda: page.result.property("tone") == "ok")
            page.save_button.click()
            await until(lambda: "On" in page.state.text())
            assert page.fault() == ""
            page.host.setText("no such host")
            page.save_button.click()
            await until(lambda: "without https://" in page.note.text())
            assert page.host.text() == "no such host"
    assert [one["To"] for one in server.mails] == ["me@example.com"]


async def test_a_page_of_mails_without_a_backend_says_so(page: MailPage) -> None:
    background = BackgroundTasks()
    view = MailView(background, QObject())
    async with working(background):
        view.attach(page)
        await until(lambda: "not started" in page.note.text())
