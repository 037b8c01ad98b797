import time

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import ClockRead, Synced
from studio.connection.server_clock import TICK_MS, ServerClock

HOUR_MS = 3_600_000


@pytest.fixture
def client(themed: QApplication) -> RoomClient:
    return RoomClient()


def test_before_the_first_answer_the_servers_time_is_this_machines(client: RoomClient) -> None:
    before_ms = time.time() * 1000

    assert before_ms <= ServerClock(client).now_ms <= time.time() * 1000


def test_an_answer_moves_the_servers_time_and_is_shown_at_once(client: RoomClient) -> None:
    clock = ServerClock(client)
    shown: list[float] = []
    clock.ticked.connect(shown.append)
    client.updated.emit(Synced())
    assert shown == []
    client.updated.emit(ClockRead(HOUR_MS, 1))

    assert len(shown) == 1
    assert shown[0] >= time.time() * 1000 + HOUR_MS - TICK_MS
    assert clock.now_ms >= shown[0]


def test_the_servers_time_ticks_by_itself(client: RoomClient, qtbot: QtBot) -> None:
    clock = ServerClock(client)

    with qtbot.waitSignal(clock.ticked):
        pass
