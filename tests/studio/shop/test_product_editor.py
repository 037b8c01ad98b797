"""Two who edit a product: with a client that is not connected, and against a real backend."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backend.contract.audit import AuditPage
from backend.contract.base import AssistantRight, RejectReason
from backend.contract.protocol import Accepted, Command, Rejected
from backend.contract.shop import Conflict, EditProduct, ProductChanged
from studio.chat.rejection_view import RejectionView
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import CommandRejected, Done
from studio.connection.server_clock import ServerClock
from studio.shop.product_view import ProductView
from studio.window.main_window import MainWindow
from tests.backend.kinds import as_type
from tests.backend.running import RunningBackend, running_backend
from tests.backend.test_assist import joined
from tests.studio.fakes import WAIT_S
from tests.widgets.people import ASSISTANT, NOON_MS
from tests.widgets.products import SHELF
from widgets.shop.conflict_dialog import ConflictDialog
from widgets.shop.product_dialog import ProductDialog
from widgets.shop.product_draft import ProductField

TITLE, PRICE, STOCK = ProductField
TEA = SHELF[0]
THEIRS = msgspec.structs.replace(TEA, price_minor=8800, title="Black tea", version=2)


class Desk:
    """The products' view on a window; what the client is to send is kept."""

    def __init__(self, window: MainWindow, client: RoomClient) -> None:
        self.window = window
        self.client = client
        self.editor = ProductView(client, ServerClock(client), window).editor
        self.rejections = RejectionView(client, window)

    def toasts(self) -> list[str]:
        return [toast.text.text() for toast in self.window.toasts.shown]

    def opened(self, product_id: str = TEA.product_id) -> ProductDialog:
        self.window.products.edit(product_id)
        assert self.editor.dialog is not None
        return self.editor.dialog

    def conflicts(self) -> list[ConflictDialog]:
        return [one for one in self.window.findChildren(ConflictDialog) if one.isVisible()]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    kept: list[Command] = []
    monkeypatch.setattr(RoomClient, "send", lambda _client, command: kept.append(command))
    return kept


@pytest.fixture
def desk(window: MainWindow, sent: list[Command]) -> Desk:
    made = Desk(window, RoomClient())
    made.client.catalog_read.emit(SHELF)
    return made


def write(dialog: ProductDialog, field: ProductField, text: str) -> None:
    dialog.edits[field].selectAll()
    QTest.keyClick(dialog.edits[field], Qt.Key.Key_Backspace)
    QTest.keyClicks(dialog.edits[field], text)


def saved(desk: Desk, price: str) -> EditProduct:
    """Type a price, save, and return the command that the room is to answer."""
    dialog = desk.opened()
    write(dialog, PRICE, price)
    dialog.save_button.click()
    assert isinstance(dialog.waiting_for, EditProduct)
    return dialog.waiting_for


def conflict(command: EditProduct) -> CommandRejected:
    return CommandRejected(
        command, Rejected(1, RejectReason.CONFLICT, conflict=Conflict(ASSISTANT, NOON_MS, 2, product=THEIRS))
    )


def test_the_product_dialog_closes_once_the_room_has_saved_the_change(
    desk: Desk, sent: list[Command]
) -> None:
    command = saved(desk, "77")
    assert sent == [EditProduct("p1", 1, price_minor=7700)]
    desk.client.updated.emit(Done(EditProduct("p1", 1, price_minor=1)))
    assert desk.editor.dialog is not None
    desk.client.updated.emit(Done(command))

    assert desk.editor.dialog is None


def test_one_dialog_is_open_at_a_time(desk: Desk) -> None:
    assert desk.opened("p1") is desk.opened("p2")


def test_a_refusal_stands_in_the_dialog_and_nowhere_else(desk: Desk) -> None:
    command = saved(desk, "77")
    desk.client.updated.emit(CommandRejected(command, Rejected(1, RejectReason.UNAVAILABLE)))
    dialog = desk.opened()

    assert "disk full" in dialog.problem.text()
    assert dialog.edits[PRICE].text() == "77"
    assert desk.toasts() == []


def test_a_refusal_after_the_dialog_was_left_is_told_all_the_same(desk: Desk) -> None:
    command = saved(desk, "77")
    desk.opened().reject()
    desk.client.updated.emit(CommandRejected(command, Rejected(1, RejectReason.UNAVAILABLE)))
    desk.client.unsent.emit(command)

    assert len(desk.toasts()) == 2
    assert "Not connected" in desk.toasts()[1]


def test_what_the_line_lost_is_not_lost(desk: Desk) -> None:
    command = saved(desk, "77")
    desk.client.unsent.emit(command)
    dialog = desk.opened()
    assert "Not connected" in dialog.problem.text()
    assert (dialog.edits[PRICE].text(), desk.toasts()) == ("77", [])

    desk.client.catalog_read.emit(SHELF)
    assert dialog.save_button.isEnabled()
    desk.client.catalog_read.emit([msgspec.structs.replace(TEA, price_minor=7700, version=2)])
    assert desk.editor.dialog is None


def test_the_dialog_follows_its_product_alone(desk: Desk) -> None:
    dialog = desk.opened()
    desk.client.updated.emit(ProductChanged(msgspec.structs.replace(SHELF[1], price_minor=1, version=2)))
    assert dialog.edits[PRICE].text() == "129.00"
    desk.client.updated.emit(ProductChanged(THEIRS))

    assert dialog.edits[PRICE].text() == "88.00"


def test_rights_that_change_reach_the_open_dialog(desk: Desk) -> None:
    dialog = desk.opened()
    desk.window.products.show_rights([AssistantRight.PRODUCTS])

    assert not dialog.edits[PRICE].isEnabled()


def test_who_loses_can_use_their_own(desk: Desk, sent: list[Command]) -> None:
    desk.client.updated.emit(conflict(saved(desk, "77")))
    asked = desk.conflicts()[0]
    assert asked.sentence.text().startswith("Wang changed “Black tea”")
    assert asked.table.rowCount() == 2
    asked.mine_button.click()

    assert sent[1:] == [EditProduct("p1", 2, price_minor=7700)]
    desk.client.updated.emit(Done(EditProduct("p1", 2, price_minor=7700)))
    assert desk.editor.dialog is None
    assert desk.toasts() == []


def test_who_loses_can_keep_theirs(desk: Desk, sent: list[Command]) -> None:
    desk.client.updated.emit(conflict(saved(desk, "77")))
    desk.conflicts()[0].theirs_button.click()
    dialog = desk.opened()

    assert [edit.text() for edit in dialog.edits.values()] == ["Black tea", "88.00", "5"]
    assert not dialog.save_button.isEnabled()
    assert len(sent) == 1


def test_who_loses_can_think_it_over(desk: Desk, sent: list[Command]) -> None:
    desk.client.updated.emit(conflict(saved(desk, "77")))
    desk.conflicts()[0].reject()
    dialog = desk.opened()

    assert dialog.edits[PRICE].text() == "77"
    assert "¥88" in dialog.notes[PRICE].text()
    dialog.save_button.click()
    assert sent[1:] == [EditProduct("p1", 1, price_minor=7700)]


def test_who_loses_after_leaving_the_dialog_is_asked_too(desk: Desk, sent: list[Command]) -> None:
    command = saved(desk, "77")
    desk.opened().reject()
    desk.client.updated.emit(conflict(command))
    desk.conflicts()[0].mine_button.click()

    assert sent[1:] == [EditProduct("p1", 2, price_minor=7700)]


def test_the_dialog_can_be_left_when_the_panel_is_disabled(desk: Desk) -> None:
    desk.client.updated.emit(conflict(saved(desk, "77")))
    desk.window.products.setEnabled(False)

    assert desk.opened().cancel_button.isEnabled()
    assert desk.conflicts()[0].mine_button.isEnabled()


# --- Against a real backend ---


@pytest.fixture
async def backend(tmp_path: Path) -> AsyncIterator[RunningBackend]:
    async with running_backend(tmp_path) as running:
        yield running


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop turn until it is so."""
    async with asyncio.timeout(WAIT_S):
        while not is_so():
            QApplication.processEvents()
            await asyncio.sleep(0.005)


async def test_the_loser_of_a_race_overwrites_and_the_audit_names_both(
    window: MainWindow, backend: RunningBackend
) -> None:
    desk = Desk(window, RoomClient())
    token = backend.signer.host("main")
    desk.client.go_to(Place(f"http://{backend.address}", "main", token))
    async with asyncio.TaskGroup() as tasks, backend.host() as host:
        running = tasks.create_task(desk.client.run())
        await until(lambda: window.products.model.rowCount() > 0)
        admission = await joined(backend, host, AssistantRight.PRICES)
        async with backend.client(admission.token) as helper:
            await helper.join()
            dialog = desk.opened("demo-tea")
            write(dialog, PRICE, "12.30")
            as_type(Accepted, await helper.act(EditProduct("demo-tea", 1, price_minor=100)))
            dialog.save_button.click()
            await until(lambda: bool(desk.conflicts()))
            asked = desk.conflicts()[0]
            assert asked.sentence.text().startswith("小王 changed")
            asked.mine_button.click()
            await until(lambda: desk.editor.dialog is None)
        found = window.products.model.find("demo-tea")
        assert found is not None
        assert (found.price_minor, found.version) == (1230, 3)
        answer = await backend.http.get(
            "/api/rooms/main/audit?kind=product", headers={"Authorization": f"Bearer {token}"}
        )
        running.cancel()
    lines = msgspec.json.decode(answer.content, type=AuditPage).lines
    who = [(line.by.name if line.by else "", line.old, line.new) for line in lines]
    assert who == [("主播", "100", "1230"), ("小王", "16800", "100")]
