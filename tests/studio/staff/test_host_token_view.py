from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import HostRequests
from studio.processes.backend_process import BackendReady
from studio.staff.host_token_view import HostTokenView
from studio.window.main_window import MainWindow
from studio.window.menus import Entry
from tests.backend.running import RunningBackend, running_backend
from tests.studio.staff.test_staff_view import Backend, until, working
from widgets.common.confirm import ConfirmDialog


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(tmp_path) as backend:
        yield backend


async def test_the_studio_goes_on_with_the_new_token_and_the_old_one_is_none(
    window: MainWindow, running: RunningBackend
) -> None:
    background, backend, old = BackgroundTasks(), Backend(), running.signer.host("main")
    view = HostTokenView(HostRequests(backend.ready), background, window)
    renewed: list[BackendReady] = []
    view.renewed.connect(renewed.append)
    url = f"http://{running.address}"
    async with working(background):
        for token in (old, old):
            backend.ready.emit(BackendReady(url, f"{url}/r/main", "main", f"{url}/whip/main", "", token))
            window.menus.entries[Entry.HOST_TOKEN].trigger()
            (dialog,) = [one for one in window.findChildren(ConfirmDialog) if one.isVisible()]
            dialog.accept_button.click()
            if token is old and not renewed:
                await until(lambda: bool(renewed))
    assert len(renewed) == 1  # the second time the token was none any more
    entered = await running.enter(renewed[0].host_token)
    assert entered.role == "host"
