import errno
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from backend.contract.audit import AuditKind
from backend.contract.gifts import Gift, GiftEffect
from backend.contract.http import Problem
from backend.contract.protocol import Accepted
from backend.contract.shop import EditProduct
from studio.background_tasks import BackgroundTasks
from studio.connection.host_requests import HostRequests
from studio.processes.backend_process import BackendReady
from studio.staff.audit_view import AuditView
from studio.window.main_window import MainWindow
from studio.window.menus import Entry
from tests.backend.kinds import as_type
from tests.backend.running import running_backend
from tests.studio.fakes import TOKEN, FakeRoom
from tests.studio.staff.test_staff_view import Backend, ready_of, until, working
from tests.widgets.audit import audit_line
from widgets.staff.audit_dialog import AuditDialog


class Desk:
    """An audit view in front of a room."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.background = BackgroundTasks()
        self.backend = Backend()
        self.view = AuditView(HostRequests(self.backend.ready), self.background, window)

    def find(self, url: str, token: str = TOKEN) -> None:
        self.backend.ready.emit(BackendReady(url, f"{url}/r/main", "main", "", "", token))

    def open(self) -> AuditDialog:
        self.window.menus.entries[Entry.AUDIT].trigger()
        (dialog,) = self.window.findChildren(AuditDialog)
        return dialog

    async def save(self, path: Path) -> str:
        """Save all under this path, and return what the dialog says then."""
        dialog = self.open()
        dialog.csv_wanted.emit(list(AuditKind), path)
        await until(dialog.save_button.isEnabled)
        return dialog.note.text()


@pytest.fixture
async def desk(window: MainWindow) -> AsyncIterator[Desk]:
    made = Desk(window)
    async with working(made.background):
        yield made


async def test_the_audit_view_opens_on_the_newest_and_reads_on(desk: Desk, room: FakeRoom) -> None:
    room.audit = [audit_line("price", number=number) for number in (5, 4, 2)]
    desk.find(room.place.url)
    dialog = desk.open()
    await until(lambda: dialog.table.rowCount() == 2)
    dialog.more_button.click()
    await until(lambda: dialog.table.rowCount() == 3)

    assert dialog.more_button.isHidden()


async def test_a_gift_is_called_what_viewers_call_it(desk: Desk, room: FakeRoom) -> None:
    room.gifts = [Gift("rose", "玫瑰", "Rose", 1, GiftEffect.BANNER, "")]
    room.audit = [
        audit_line("gift", about="rose ×3", number=2),
        audit_line("gift", about="gone ×1", number=1),
    ]
    desk.find(room.place.url)
    dialog = desk.open()
    await until(lambda: dialog.table.rowCount() == 2)

    assert [dialog.table.model().index(row, 3).data() for row in (0, 1)] == [
        "Gift sent: Rose ×3",
        "Gift sent: gone ×1",
    ]


async def test_an_answer_to_what_is_no_longer_wanted_is_dropped(desk: Desk, room: FakeRoom) -> None:
    room.audit = [audit_line("price", number=5), audit_line("coins", kind=AuditKind.MONEY, number=4)]
    desk.find(room.place.url)
    dialog = desk.open()
    dialog.kind_box.setCurrentIndex(dialog.kind_box.findData(AuditKind.MONEY))
    await until(lambda: len(room.audit_asked) == 2 and not dialog.busy.isVisible())

    assert dialog.table.rowCount() == 1


async def test_a_backend_that_is_not_there_is_told_and_tried_again(desk: Desk, room: FakeRoom) -> None:
    dialog = desk.open()
    await until(dialog.again_button.isVisible)
    assert "not connected yet" in dialog.note.text()
    desk.find("http://127.0.0.1:9")
    dialog.again_button.click()
    await until(dialog.again_button.isVisible)
    assert "could not be read" in dialog.note.text()
    desk.find(room.place.url)
    dialog.again_button.click()
    await until(dialog.empty.isVisible)
    await until(lambda: dialog.empty.text().startswith("Nothing yet"))


async def test_a_token_that_is_not_the_hosts_is_told(desk: Desk, room: FakeRoom) -> None:
    desk.find(room.place.url, "an assistant's")
    dialog = desk.open()
    await until(dialog.again_button.isVisible)
    assert "Check the host token" in dialog.note.text()
    assert "The audit log is the host's." in dialog.note.text()


async def test_a_sick_backend_is_told(desk: Desk, room: FakeRoom) -> None:
    room.rejection = (503, Problem("unavailable", "Later."))
    desk.find(room.place.url)
    dialog = desk.open()
    await until(dialog.again_button.isVisible)
    assert "503" in dialog.note.text()


async def test_a_dialog_that_was_closed_gets_no_answer(desk: Desk, room: FakeRoom) -> None:
    desk.find(room.place.url)
    desk.open().close_button.click()
    await until(lambda: len(room.audit_asked) == 1)
    dialog = desk.open()
    await until(lambda: dialog.empty.text().startswith("Nothing yet"))


async def test_the_table_is_kept_as_it_came(desk: Desk, room: FakeRoom, tmp_path: Path) -> None:
    room.audit_table = "\ufeffnumber,what\r\n1,价格\r\n".encode()
    desk.find(room.place.url)
    path = tmp_path / "audit.csv"
    text = await desk.save(path)

    assert text == f"Saved as {path}"
    assert path.read_bytes() == room.audit_table


@pytest.mark.parametrize(
    "fault",
    [(errno.ENOSPC, "Free some space"), (errno.EACCES, "You may not write"), (errno.EIO, "Choose another")],
)
async def test_why_a_file_cannot_be_written_is_told(
    desk: Desk, room: FakeRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: tuple[int, str]
) -> None:
    number, words = fault

    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    desk.find(room.place.url)
    monkeypatch.setattr(os, "fsync", fail)
    assert words in await desk.save(tmp_path / "audit.csv")
    assert os.listdir(tmp_path) == []


async def test_a_table_that_does_not_come_is_told(desk: Desk, room: FakeRoom, tmp_path: Path) -> None:
    room.rejection = (503, Problem("unavailable", "Later."))
    desk.find(room.place.url)
    assert "503" in await desk.save(tmp_path / "audit.csv")
    assert os.listdir(tmp_path) == []


async def test_the_hosts_own_change_is_read_from_a_real_backend(desk: Desk, tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend:
        async with backend.host() as host:
            as_type(Accepted, await host.act(EditProduct("demo-tea", 1, price_minor=100)))
        desk.backend.ready.emit(ready_of(backend))
        dialog = desk.open()
        await until(lambda: dialog.table.rowCount() == 1)
        item = dialog.table.item(0, 4)
        assert item is not None
        assert item.text() == "¥168 → ¥1"
        dialog.csv_wanted.emit(dialog.kinds, tmp_path / "audit.csv")
        await until(dialog.save_button.isEnabled)
    assert (tmp_path / "audit.csv").read_bytes().startswith(b"\xef\xbb\xbfnumber,time")
