import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.http import Problem, Redemption
from studio.background_tasks import BackgroundTasks
from studio.staff.join_view import JoinView
from studio.staff.membership import Membership
from tests.studio.fakes import TOKEN, WAIT_S, FakeRoom


class Desk:
    """A join view on a bare window, and what it told."""

    def __init__(self, window: QWidget) -> None:
        self.background = BackgroundTasks()
        self.view = JoinView(self.background, window)
        self.joined: list[Membership] = []
        self.cancelled: list[bool] = []
        self.view.joined.connect(self.joined.append)
        self.view.cancelled.connect(lambda: self.cancelled.append(True))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(self.background.run())
            yield
            running.cancel()

    def try_to_join(self, room: FakeRoom) -> None:
        if self.view.dialog is None:
            self.view.ask(f"{room.place.url}/r/main#assist=7KQ2M-04XRT", "Wang")
        dialog = self.view.dialog
        assert dialog is not None
        dialog.code.setText("7KQ2M-04XRT")
        dialog.join_button.click()

    async def problem(self) -> str:
        dialog = self.view.dialog
        assert dialog is not None
        async with asyncio.timeout(WAIT_S):
            while not dialog.problem.isVisible():  # noqa: ASYNC110  Qt's signals wake no asyncio event
                await asyncio.sleep(0.005)
        return dialog.problem.text()

    async def until_joined(self) -> None:
        async with asyncio.timeout(WAIT_S):
            while not self.joined:  # noqa: ASYNC110  Qt's signals wake no asyncio event
                await asyncio.sleep(0.005)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return Desk(window)


async def test_a_code_is_redeemed_and_the_dialog_closes(desk: Desk, room: FakeRoom) -> None:
    async with desk.running():
        desk.try_to_join(room)
        await desk.until_joined()

    assert desk.joined == [Membership(room.place.url, "main", "Wang", TOKEN)]
    assert room.redemptions == [Redemption("7KQ2M-04XRT", "Wang")]
    assert desk.view.dialog is None
    assert desk.cancelled == []


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (403, "The code is unknown, used, or out of date. Ask the host for a new one."),
        (404, "There is no such room at this address. Paste the link the host gave you."),
        (422, "This name cannot be used. Choose another one, up to 20 characters."),
        (429, "There were too many tries. Wait 7 seconds and try again."),
    ],
)
async def test_a_refusal_is_told_with_its_remedy_and_can_be_tried_again(
    desk: Desk, room: FakeRoom, status: int, said: str
) -> None:
    room.rejection = (status, Problem("x", "Not so."))
    room.retry_after = "7"
    async with desk.running():
        desk.try_to_join(room)
        assert await desk.problem() == said
        room.rejection = None
        desk.try_to_join(room)
        await desk.until_joined()


async def test_a_room_out_of_reach_is_told(desk: Desk) -> None:
    async with desk.running():
        desk.view.ask("http://127.0.0.1:9/r/main", "Wang")
        dialog = desk.view.dialog
        assert dialog is not None
        dialog.code.setText("7KQ2M-04XRT")
        dialog.join_button.click()
        assert "http://127.0.0.1:9" in await desk.problem()
        dialog.reject()

    assert desk.cancelled == [True]


def test_a_second_question_brings_the_first_dialog_back(desk: Desk) -> None:
    desk.view.ask("http://shop/r/tea")
    first = desk.view.dialog
    desk.view.ask()

    assert desk.view.dialog is first
    assert first is not None
    first.reject()
    assert desk.view.dialog is None
