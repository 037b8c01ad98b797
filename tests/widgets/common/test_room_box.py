import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from backend.contract.polls import ClosePoll
from tests.widgets.conftest import Record
from widgets.common.answered_dialog import AnsweredDialog
from widgets.common.forms import column
from widgets.common.room_box import RoomBox

CLOSE = ClosePoll(1)


class Dialog(AnsweredDialog):
    @override
    def _show_waiting(self) -> None:
        pass


class Box(RoomBox):
    def __init__(self) -> None:
        super().__init__()
        self.setLayout(column(self.title))

    @override
    def retranslate(self) -> None:
        pass

    def ask(self) -> None:
        self._ask(Dialog)

    @property
    def dialogs(self) -> list[Dialog]:
        """The open ones."""
        return [one for one in self.window().findChildren(Dialog) if one.isVisible()]


@pytest.fixture
def box(qtbot: QtBot) -> Box:
    made = Box()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_box_opens_one_dialog_and_after_it_another(box: Box) -> None:
    box.ask()
    box.ask()
    assert len(box.dialogs) == 1

    box.dialogs[0].reject()
    assert box.dialogs == []
    box.ask()
    assert len(box.dialogs) == 1


def test_a_boxs_dialog_stays_until_its_own_command_is_answered(box: Box, record: Record) -> None:
    commands = record(box.command)
    box.ask()
    dialog = box.dialogs[0]
    dialog.send(CLOSE)
    assert commands == [(CLOSE,)]

    box.give_back(ClosePoll(2), "another's")
    assert dialog.problem.text() == ""
    box.give_back(CLOSE, "no")
    assert dialog.problem.text() == "no"

    dialog.send(CLOSE)
    box.close_for(ClosePoll(2))
    assert box.dialogs == [dialog]
    box.close_for(CLOSE)
    assert box.dialogs == []


def test_a_box_without_a_dialog_takes_answers_quietly(box: Box) -> None:
    box.give_back(CLOSE, "no")
    box.close_for(CLOSE)
    assert box.dialogs == []
