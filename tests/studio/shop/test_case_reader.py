from collections.abc import AsyncIterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, SignalInstance

from backend.contract.cases import AnswerCase, CaseState
from studio.background_tasks import BackgroundTasks
from studio.connection.room_http import RejectedError
from studio.shop.case_reader import CaseReader
from tests.studio.shop.fake_shop import FakeShop, refusal
from tests.studio.staff.test_staff_view import until, working
from tests.widgets.cases import at, case
from widgets.shop.case_dialog import CaseAction

APPROVAL = CaseAction("c1", "o1", AnswerCase("fine"), "key-1")


def heard(signal: SignalInstance) -> list[tuple[Any, ...]]:
    """The arguments of every emission of a signal, as they come."""
    emitted: list[tuple[Any, ...]] = []
    signal.connect(lambda *arguments: emitted.append(arguments))
    return emitted


@pytest.fixture
async def shop() -> AsyncIterator[FakeShop]:
    made = FakeShop()
    async with made.serve():
        yield made


@pytest.fixture
async def reader(shop: FakeShop, qapp: object) -> AsyncIterator[CaseReader]:
    background, parent = BackgroundTasks(), QObject()
    made = CaseReader(background, parent)
    made.go_to(shop.place)
    async with working(background):
        yield made


async def test_all_open_cases_are_read_whatever_a_page_holds(shop: FakeShop, reader: CaseReader) -> None:
    read = heard(reader.open_read)
    shop.cases, shop.limit = [case(4), case(3), at(CaseState.DECLINED, 2), case(1)], 2
    reader.read_open()
    await until(lambda: bool(read))
    assert [each.case_id for each in read[0][0]] == ["c4", "c3", "c1"]


async def test_closed_cases_are_read_page_by_page_to_their_end(shop: FakeShop, reader: CaseReader) -> None:
    read = heard(reader.closed_read)
    shop.cases, shop.limit = [at(CaseState.DECLINED, number) for number in (3, 2, 1)], 2
    reader.read_closed()
    reader.read_closed()
    await until(lambda: len(read) == 1)
    reader.read_closed()
    await until(lambda: len(read) == 2)
    reader.read_closed()
    assert [[each.case_id for each in cases] for (cases,) in read] == [["c3", "c2"], ["c1"]]


async def test_an_action_brings_back_its_case_or_the_reason_why_not(
    shop: FakeShop, reader: CaseReader
) -> None:
    done, refused = heard(reader.done), heard(reader.refused)
    shop.cases = [case(1)]
    reader.act(APPROVAL)
    await until(lambda: bool(done))
    assert done == [(APPROVAL, shop.cases[0])]
    assert shop.case_acts == [("c1", AnswerCase("fine"), "key-1")]
    shop.refusal = refusal(409, "The case is approved.")
    reader.act(APPROVAL)
    await until(lambda: bool(refused))
    error = refused[0][1]
    assert isinstance(error, RejectedError)
    assert (error.status, error.kind) == (409, "refused")


async def test_a_failed_reading_is_told_and_one_without_a_room_asks_nothing(
    shop: FakeShop, reader: CaseReader
) -> None:
    failed, read = heard(reader.reading_failed), heard(reader.order_read)
    shop.refusal = refusal(403, "no right")
    reader.read_order("o1")
    await until(lambda: bool(failed))
    reader.go_to(None)
    reader.read_closed()
    reader.act(APPROVAL)
    assert read == []
