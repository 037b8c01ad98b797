"""The run of show in the window: what the room says is shown, and what it refuses comes back."""

import pytest

from backend.contract.base import RejectReason
from backend.contract.protocol import Rejected
from backend.contract.runofshow import RunOfShow, RunOfShowChanged, RunStep
from backend.contract.shop import ProductChanged
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import CommandRejected, Done
from studio.connection.server_clock import ServerClock
from studio.runofshow.run_view import RunView
from studio.window.main_window import MainWindow
from tests.widgets.products import SHELF, product
from widgets.runofshow.run_panel import RunPanel
from widgets.runofshow.step_dialog import StepDialog

RUN = RunOfShow([RunStep(1, "welcome", 3), RunStep(2, "", 5, "p1", "Green tea")])


@pytest.fixture
def client(window: MainWindow) -> RoomClient:
    client = RoomClient()
    RunView(client, ServerClock(client, window), window)
    client.catalog_read.emit(SHELF)
    client.updated.emit(RunOfShowChanged(RUN))
    return client


def titles(panel: RunPanel) -> list[str]:
    return [str(panel.model.index(row).data()) for row in range(panel.model.rowCount())]


def write_step(window: MainWindow) -> StepDialog:
    window.run.add_button.click()
    (dialog,) = window.findChildren(StepDialog)
    dialog.title.setText("draw")
    dialog.accept_button.click()
    return dialog


def test_the_window_shows_the_run_of_show_of_the_room(window: MainWindow, client: RoomClient) -> None:
    client.updated.emit(ProductChanged(product(1, "Black tea")))
    assert titles(window.run) == ["welcome", "1 · Black tea"]


def test_a_step_that_was_not_sent_can_be_sent_again(window: MainWindow, client: RoomClient) -> None:
    dialog = write_step(window)
    assert "Not connected" in dialog.problem.text()
    assert dialog.accept_button.isEnabled()


def test_a_step_that_the_room_refused_stays_to_be_corrected(window: MainWindow, client: RoomClient) -> None:
    window.run.command.disconnect()
    dialog = write_step(window)
    assert dialog.waiting_for is not None
    client.updated.emit(CommandRejected(dialog.waiting_for, Rejected(1, RejectReason.TOO_MANY)))
    assert "as many as there can be" in dialog.problem.text()
    dialog.accept_button.click()
    client.updated.emit(Done(dialog.waiting_for))
    assert not dialog.isVisible()


def test_a_step_over_its_time_is_told_beside_the_work(window: MainWindow, client: RoomClient) -> None:
    client.updated.emit(RunOfShowChanged(RunOfShow([RunStep(1, "welcome", 3, began_at_ms=1)], 1)))
    assert [toast.text.text() for toast in window.toasts.shown] == ["Over its time: welcome"]
