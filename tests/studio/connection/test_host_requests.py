import httpx
import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from studio.connection.host_requests import FAILED, HostRequests
from studio.processes.backend_process import BackendReady
from tests.studio.fakes import FakeRoom


class Backend(QObject):
    """Becomes ready when the test says so."""

    ready = Signal(object)


def ready_at(room: FakeRoom) -> BackendReady:
    place = room.place
    return BackendReady(
        place.url, f"{place.url}/r/main", place.room, f"{place.url}/whip/main", "", place.token
    )


async def test_before_a_backend_is_ready_a_request_fails_as_an_unreachable_one(themed: QApplication) -> None:
    backend = Backend()
    requests = HostRequests(backend.ready)

    with pytest.raises(FAILED) as caught:
        await requests.ask(lambda http: http.catalog())
    assert isinstance(caught.value, httpx.ConnectError)


async def test_requests_go_to_the_backend_that_became_ready_last(
    themed: QApplication, room: FakeRoom
) -> None:
    backend = Backend()
    requests = HostRequests(backend.ready)
    moved: list[BackendReady] = []
    requests.moved.connect(moved.append)
    backend.ready.emit(BackendReady("http://127.0.0.1:1", "", "main", "", "", ""))
    backend.ready.emit(ready_at(room))

    assert await requests.ask(lambda http: http.catalog()) == []
    assert [one.url for one in moved] == ["http://127.0.0.1:1", room.place.url]
