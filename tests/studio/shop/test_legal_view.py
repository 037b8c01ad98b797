from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.contract.legal import LegalName
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import HostRequests
from studio.processes.backend_process import BackendReady
from studio.shop.legal_view import LegalView
from tests.backend.running import RunningBackend, running_backend
from tests.studio.staff.test_staff_view import READY, Backend, until, working
from widgets.settings.legal_page import LegalPage


class Desk:
    """The page of legal texts in front of a real backend."""

    def __init__(self, page: LegalPage) -> None:
        self.page = page
        self.background = BackgroundTasks()
        self.backend = Backend()
        self.view = LegalView(HostRequests(self.backend.ready), self.background, page)

    def find(self, running: RunningBackend, token: str | None = None) -> None:
        url = f"http://{running.address}"
        token = token or running.signer.host("main")
        self.backend.ready.emit(BackendReady(url, f"{url}/r/main", "main", "", "", token))


@pytest.fixture
async def desk(qtbot: QtBot) -> AsyncIterator[Desk]:
    page = LegalPage()
    qtbot.addWidget(page)
    made = Desk(page)
    async with working(made.background):
        yield made


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(tmp_path) as backend:
        yield backend


async def test_a_text_is_published_and_everybody_reads_it(desk: Desk, running: RunningBackend) -> None:
    desk.find(running)
    page = desk.page
    desk.view.serve(page)
    await until(lambda: not page.edit.isReadOnly())
    page.edit.setPlainText("营业执照 № 1")
    page.publish_button.click()
    await until(lambda: page.fault() == "")
    answer = await running.http.get("/legal/licence")
    assert "营业执照 № 1" in answer.text
    page.name.setCurrentIndex(page.name.findData(LegalName.TERMS.value))
    await until(lambda: not page.edit.isReadOnly())
    assert "no link" in page.note.text()


async def test_who_is_not_the_host_learns_that_nothing_was_published(
    desk: Desk, running: RunningBackend
) -> None:
    desk.find(running, running.signer.viewer("main", "guest-1"))
    page = desk.page
    desk.view.serve(page)
    await until(lambda: not page.edit.isReadOnly())
    page.edit.setPlainText("mine")
    page.publish_button.click()
    await until(lambda: "first room sees to it" in page.note.text())
    assert page.edit.toPlainText() == "mine"
    assert (await running.http.get("/legal/licence")).status_code == 404


async def test_without_a_backend_the_page_says_what_to_check(desk: Desk) -> None:
    desk.view.serve(desk.page)
    await until(lambda: "Settings" in desk.page.note.text())
    assert desk.page.edit.isReadOnly()
    desk.backend.ready.emit(READY)
    desk.page.read()
    await until(lambda: "Settings" in desk.page.note.text())
