from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.stream_keys import KEY
from backend.relay.client import RelayClient
from backend.relay.options import RelayOptions
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import HostRequests
from studio.live.stream_key_view import StreamKeyView, whip_url_for_others
from studio.processes.backend_process import BackendReady
from studio.window.main_window import MainWindow
from studio.window.menus import Entry
from tests.backend.running import RunningBackend, running_backend
from tests.studio.staff.test_staff_view import Backend, until, working
from widgets.common.name_dialog import NameDialog
from widgets.live.stream_key_dialog import StreamKeyDialog
from widgets.live.stream_keys_dialog import StreamKeysDialog


class Desk:
    """The view of stream keys in front of a real backend."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.background = BackgroundTasks()
        self.backend = Backend()
        self.view = StreamKeyView(HostRequests(self.backend.ready), self.background, window)

    def find(self, running: RunningBackend, token: str | None = None) -> None:
        url = f"http://{running.address}"
        token = token or running.signer.host("main")
        self.backend.ready.emit(BackendReady(url, f"{url}/r/main", "main", f"{url}/whip/main", "", token))

    def open(self) -> StreamKeysDialog:
        self.window.menus.entries[Entry.STREAM_KEYS].trigger()
        (dialog,) = self.window.findChildren(StreamKeysDialog)
        return dialog


@pytest.fixture
async def desk(window: MainWindow) -> AsyncIterator[Desk]:
    made = Desk(window)
    async with working(made.background):
        yield made


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(
        tmp_path, make_relay=lambda heard: RelayClient(RelayOptions(), heard)
    ) as backend:
        yield backend


async def test_a_key_is_made_shown_once_listed_and_revoked(desk: Desk, running: RunningBackend) -> None:
    desk.find(running)
    dialog = desk.open()
    await until(dialog.add_button.isEnabled)
    assert dialog.url.line.text() == f"http://{running.address}/whip/main"
    dialog.make_wanted.emit("收银台 OBS")
    await until(lambda: bool(dialog.rows.keys))
    (shown,) = dialog.findChildren(StreamKeyDialog)
    assert KEY.fullmatch(shown.key.line.text())
    assert shown.url.line.text() == f"http://{running.address}/whip/main"
    (key_id,) = dialog.rows.keys
    assert dialog.rows.rows[key_id].name.text() == "收银台 OBS"
    dialog.rows.rows[key_id].revoke_wanted.emit()
    assert dialog._keys is not None
    dialog.revoke_wanted.emit(dialog._keys[key_id])
    await until(lambda: not dialog.rows.keys)


async def test_a_name_that_is_taken_is_explained_and_comes_back(desk: Desk, running: RunningBackend) -> None:
    desk.find(running)
    dialog = desk.open()
    dialog.make_wanted.emit("OBS")
    await until(lambda: len(dialog.findChildren(StreamKeyDialog)) == 1)
    dialog.make_wanted.emit("OBS")
    await until(lambda: "already" in dialog.note.text())
    (asked,) = dialog.findChildren(NameDialog)
    assert asked.name.text() == "OBS"
    assert len(dialog.findChildren(StreamKeyDialog)) == 1


async def test_who_is_not_the_host_is_told(desk: Desk, running: RunningBackend) -> None:
    desk.find(running, (await running.enter()).token)
    dialog = desk.open()
    await until(lambda: "host token" in dialog.note.text())


async def test_without_a_backend_the_line_is_named(desk: Desk) -> None:
    dialog = desk.open()
    await until(lambda: "not reached" in dialog.note.text())
    dialog.reject()
    assert desk.view._dialog is None


@pytest.mark.parametrize(
    ("viewer_url", "whip_url"),
    [
        ("http://192.168.1.20:8787/r/main", "http://192.168.1.20:8787/whip/main"),
        ("https://shop.example/live/r/main", "https://shop.example/live/whip/main"),
        ("", "http://127.0.0.1:1/whip/main"),
    ],
)
def test_other_programs_publish_where_viewers_come(viewer_url: str, whip_url: str) -> None:
    ready = BackendReady("", viewer_url, "main", "http://127.0.0.1:1/whip/main", "", "")
    assert whip_url_for_others(ready) == whip_url
