"""The settings' page of payments against a backend that runs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from studio.background_tasks import BackgroundTasks
from studio.connection.room_http import Place
from studio.shop.payments_view import PaymentsView
from tests.backend.running import RunningBackend, running_backend
from tests.studio.staff.test_staff_view import until, working
from widgets.settings.payments_page import PaymentsPage

NOBODY = Place("http://127.0.0.1:9", "main", "t")


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    """A backend with play money alone."""
    async with running_backend(tmp_path) as running:
        yield running


@pytest.fixture
def page(qtbot: QtBot) -> PaymentsPage:
    made = PaymentsPage()
    qtbot.addWidget(made)
    return made


async def test_providers_are_shown_and_tested_through_the_backend(
    backend: RunningBackend, page: PaymentsPage
) -> None:
    background = BackgroundTasks()
    view = PaymentsView(background, QObject())
    view.go_to(Place(f"http://{backend.address}", "main", backend.signer.host("main")))
    async with working(background):
        view.attach(page)
        await until(lambda: bool(page.rows_by_name))
        assert list(page.rows_by_name) == ["sandbox", "wechat", "alipay", "stripe"]
        row = page.rows_by_name["sandbox"]
        page.check_wanted.emit("sandbox")
        await until(lambda: "works" in row.result.text())
        page.check_wanted.emit("wechat")
        await until(lambda: "put its keys into" in page.rows_by_name["wechat"].result.text())


async def test_a_backend_out_of_reach_is_told_on_the_page(page: PaymentsPage) -> None:
    background = BackgroundTasks()
    view = PaymentsView(background, QObject())
    async with working(background):
        view.attach(page)
        await until(lambda: "not started" in page.told.text())
        view.go_to(NOBODY)
        view.attach(page)
        await until(lambda: "All connection attempts failed" in page.told.text())


async def test_an_answer_after_the_page_is_gone_is_dropped(backend: RunningBackend, qtbot: QtBot) -> None:
    background, gone = BackgroundTasks(), PaymentsPage()
    view = PaymentsView(background, QObject())
    view.go_to(Place(f"http://{backend.address}", "main", backend.signer.host("main")))
    view.attach(gone)
    ends: list[str] = []
    gone.destroyed.connect(lambda: ends.append("gone"))
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete.value)
    assert len(ends) == 1
    next_page = PaymentsPage()
    qtbot.addWidget(next_page)
    async with working(background):
        view.attach(next_page)
        await until(lambda: bool(next_page.rows_by_name))
