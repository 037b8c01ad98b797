import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from backend.contract.base import RejectReason
from backend.contract.cards import CardHidden, HideCard, ShowCard
from backend.contract.http import Problem
from backend.contract.protocol import (
    PROTOCOL_VERSION,
    Accepted,
    Act,
    Command,
    Join,
    Rejected,
    Reliable,
    Resumed,
)
from backend.contract.shop import Product
from studio.connection.room_client import FAILURES_OF_A_BREACH, BackOff, LineState, LineStatus, RoomClient
from studio.connection.room_protocol import CommandRejected, RoomUpdate, Synced
from tests.studio.fakes import WAIT_S, FakeRoom, hello, snapshot
from tests.widgets.products import SHELF, product

FAST = BackOff(first_s=0.001, longest_s=0.01)


class Watched:
    """A client and all that it told."""

    def __init__(self) -> None:
        self.client = RoomClient(FAST)
        self.updated: list[RoomUpdate] = []
        self.statuses: list[LineStatus] = []
        self.unsent: list[Command] = []
        self.catalogs: list[list[Product]] = []
        self.pictures: dict[str, bytes] = {}
        self._changed = asyncio.Event()
        self.client.updated.connect(self._keep(self.updated.append))
        self.client.line_changed.connect(self._keep(self.statuses.append))
        self.client.unsent.connect(self._keep(self.unsent.append))
        self.client.catalog_read.connect(self._keep(self.catalogs.append))
        self.client.picture_read.connect(self._keep(self.pictures.__setitem__))

    def _keep(self, keep: Callable[..., object]) -> Callable[..., None]:
        def take(*arguments: object) -> None:
            keep(*arguments)
            self._changed.set()

        return take

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(WAIT_S):
            while not is_so():
                self._changed.clear()
                await self._changed.wait()


@pytest.fixture
def watched(qapp: QApplication) -> Watched:
    return Watched()


@asynccontextmanager
async def running(client: RoomClient) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(client.run())
        try:
            yield
        finally:
            task.cancel()


async def test_the_room_client_enters_joins_and_reports_the_snapshot(
    watched: Watched, room: FakeRoom
) -> None:
    async with running(watched.client):
        watched.client.go_to(room.place)
        line = await room.next_line()
        await line.send(hello())
        assert await line.receive() == Join("", 0)
        taken = snapshot(seq=3)
        await line.send(taken)
        await watched.until(lambda: Synced() in watched.updated)

    assert taken in watched.updated
    assert LineState.CONNECTED in {status.state for status in watched.statuses}


async def test_a_command_goes_out_once_and_its_refusal_comes_back(watched: Watched, room: FakeRoom) -> None:
    async with running(watched.client):
        watched.client.go_to(room.place)
        line = await room.next_joined(snapshot())
        await watched.until(lambda: watched.client.is_connected)
        watched.client.send(ShowCard("p1"))
        watched.client.send(HideCard())
        assert await line.receive() == Act(1, ShowCard("p1"))
        assert await line.receive() == Act(2, HideCard())
        answer = Rejected(1, RejectReason.UNKNOWN_PRODUCT)
        await line.send(answer)
        await line.send(Accepted(2))
        await watched.until(lambda: CommandRejected(ShowCard("p1"), answer) in watched.updated)

    assert watched.unsent == []


async def test_after_a_break_it_resumes_where_it_stopped(watched: Watched, room: FakeRoom) -> None:
    async with running(watched.client):
        watched.client.go_to(room.place)
        line = await room.next_joined(snapshot(seq=3))
        await line.send(Reliable(4, CardHidden()))
        await watched.until(lambda: CardHidden() in watched.updated)
        line.drop()
        line = await room.next_line()
        await line.send(hello())
        assert await line.receive() == Join("e1", 4)
        await line.send(Resumed("e1", 5))
        await line.send(Reliable(5, CardHidden()))
        await watched.until(lambda: watched.updated.count(Synced()) == 2)

    assert watched.updated.count(CardHidden()) == 2
    assert room.enters == 2


async def test_without_a_line_a_command_comes_back_at_once(watched: Watched) -> None:
    watched.client.send(HideCard())

    assert watched.unsent == [HideCard()]


async def test_a_command_whose_answer_was_lost_comes_back_and_is_not_sent_again(
    watched: Watched, room: FakeRoom
) -> None:
    async with running(watched.client):
        watched.client.go_to(room.place)
        line = await room.next_joined(snapshot())
        await watched.until(lambda: watched.client.is_connected)
        watched.client.send(HideCard())
        assert await line.receive() == Act(1, HideCard())
        line.drop()
        await watched.until(lambda: watched.unsent == [HideCard()])
        line = await room.next_joined(snapshot())
        await watched.until(lambda: watched.client.is_connected)
        watched.client.send(ShowCard("p1"))
        assert await line.receive() == Act(2, ShowCard("p1"))


async def test_a_wrong_token_is_not_tried_again_until_something_changes(
    watched: Watched, room: FakeRoom
) -> None:
    room.rejection = (401, Problem("bad_token", "The token is not valid."))
    async with running(watched.client):
        watched.client.go_to(room.place)
        await watched.until(
            lambda: LineStatus(LineState.REFUSED, "The token is not valid.", 401) in watched.statuses
        )
        assert room.enters == 1
        room.rejection = None
        watched.client.go_to(None)
        watched.client.go_to(room.place)
        await room.next_joined(snapshot())
        await watched.until(lambda: watched.client.is_connected)


async def test_a_newer_backend_is_not_tried_again(watched: Watched, room: FakeRoom) -> None:
    async with running(watched.client):
        watched.client.go_to(room.place)
        line = await room.next_line()
        await line.send(hello(PROTOCOL_VERSION + 1))
        await watched.until(lambda: watched.statuses[-1].state is LineState.OUTDATED)
        assert room.enters == 1


async def test_an_older_backend_is_tried_until_it_is_updated(watched: Watched, room: FakeRoom) -> None:
    async with running(watched.client):
        watched.client.go_to(room.place)
        line = await room.next_line()
        await line.send(hello(PROTOCOL_VERSION - 1))
        await watched.until(
            lambda: LineState.BACKEND_OUTDATED in [status.state for status in watched.statuses]
        )
        await room.next_joined(snapshot())
        await watched.until(lambda: watched.client.is_connected)


async def test_an_unreachable_backend_is_tried_again(watched: Watched, room: FakeRoom) -> None:
    room.rejection = (503, Problem("unavailable", "Later."))
    async with running(watched.client):
        watched.client.go_to(room.place)
        await watched.until(lambda: len([s for s in watched.statuses if s.state is LineState.BROKEN]) >= 3)
        room.rejection = None
        await room.next_joined(snapshot())
        await watched.until(lambda: watched.client.is_connected)


@pytest.mark.parametrize("text", ["not json", '{"type": "nobody_knows"}', '{"type": "snapshot"}'])
async def test_nonsense_from_the_backend_begins_a_new_connection(
    watched: Watched, room: FakeRoom, text: str
) -> None:
    async with running(watched.client):
        watched.client.go_to(room.place)
        line = await room.next_line()
        await line.send(hello())
        await line.send_text(text)
        await room.next_joined(snapshot())
        await watched.until(lambda: Synced() in watched.updated)


async def test_another_room_is_entered_from_nothing(watched: Watched, room: FakeRoom) -> None:
    other = FakeRoom()
    async with other.serve(), running(watched.client):
        watched.client.go_to(room.place)
        line = await room.next_joined(snapshot(seq=9))
        await watched.until(lambda: watched.client.is_connected)
        watched.client.go_to(other.place)
        await line.until_client_left()
        line = await other.next_line()
        await line.send(hello())
        assert await line.receive() == Join("", 0)
        line.drop()


async def test_the_catalogue_and_each_picture_are_read_once(watched: Watched, room: FakeRoom) -> None:
    room.products = [
        product(1, image_url="/media/products/a.svg"),
        product(2, image_url="/media/products/a.svg"),
    ]
    room.pictures = {"a.svg": b"<svg/>"}
    async with running(watched.client):
        watched.client.go_to(room.place)
        await room.next_joined(snapshot())
        await watched.until(lambda: watched.pictures == {"/media/products/a.svg": b"<svg/>"})
        room.products = SHELF
        watched.client.read_catalog()
        await watched.until(lambda: watched.catalogs[-1] == SHELF)

    assert room.picture_reads == 1


async def test_a_missing_picture_hurts_nothing_else(watched: Watched, room: FakeRoom) -> None:
    room.products = [
        product(1, image_url="/media/products/gone.svg"),
        product(2, image_url="/media/products/a.svg"),
    ]
    room.pictures = {"a.svg": b"<svg/>"}
    async with running(watched.client):
        watched.client.go_to(room.place)
        await room.next_joined(snapshot())
        await watched.until(lambda: "/media/products/a.svg" in watched.pictures)
        assert watched.client.is_connected


def test_the_wait_grows_and_is_never_the_same_for_all() -> None:
    back_off = BackOff(first_s=1, longest_s=8)

    assert [back_off.delay_s(failures, 1.0) for failures in (1, 2, 3, 4, 9)] == [1, 2, 4, 8, 8]
    assert back_off.delay_s(4, 0.0) == pytest.approx(1.6)
    assert back_off.delay_s(400, 1.0) == 8


async def test_after_broken_limits_it_waits_as_after_many_failures(
    qapp: QApplication, room: FakeRoom
) -> None:
    counted: list[int] = []

    class Counting(BackOff):
        @override
        def delay_s(self, failures: int, chance: float) -> float:
            counted.append(failures)
            return 0.0 * chance

    client = RoomClient(Counting())
    async with running(client):
        client.go_to(room.place)
        line = await room.next_joined(snapshot())
        await line.close(1011, "a failure")
        line = await room.next_joined(snapshot())
        await line.close(1008, "limits were broken again and again; wait a moment")
        await room.next_joined(snapshot())
    assert counted == [1, FAILURES_OF_A_BREACH + 1]
