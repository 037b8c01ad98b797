import pytest
from pytestqt.modeltest import ModelTester

from tests.widgets.people import danmu
from widgets.chat.chat_model import CAPACITY, ChatModel, ChatRole


@pytest.fixture
def model(qtmodeltester: ModelTester) -> ChatModel:
    made = ChatModel()
    qtmodeltester.check(made)  # type: ignore[no-untyped-call]
    return made


def ids(model: ChatModel) -> list[int]:
    return [one.danmu_id for one in model.danmu]


def test_danmu_stand_in_order_each_once(model: ChatModel) -> None:
    model.add([danmu(1), danmu(2), danmu(5)])
    model.add([danmu(2), danmu(4), danmu(6)])

    assert ids(model) == [1, 2, 4, 5, 6]


def test_a_deleted_danmu_goes_and_comes_back_to_its_place(model: ChatModel) -> None:
    model.add([danmu(1), danmu(2), danmu(3)])
    model.remove([2, 99])
    assert ids(model) == [1, 3]
    model.add([danmu(2)])

    assert ids(model) == [1, 2, 3]


def test_no_more_than_the_newest_are_kept(model: ChatModel) -> None:
    model.add([danmu(number) for number in range(CAPACITY)])
    model.add([danmu(number) for number in range(CAPACITY, CAPACITY + 7)])

    assert len(ids(model)) == CAPACITY
    assert ids(model)[0] == 7


def test_a_new_snapshot_replaces_all(model: ChatModel) -> None:
    model.add([danmu(8)])
    model.set_danmu([danmu(3), danmu(2), danmu(2)])

    assert ids(model) == [2, 3]


def test_a_row_reads_as_who_said_what(model: ChatModel) -> None:
    model.add([danmu(1, "hello")])

    assert model.index(0).data() == "Ann: hello"
    assert model.index(0).data(ChatRole.DANMU).danmu_id == 1
