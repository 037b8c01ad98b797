import pytest
from PySide6.QtCore import QDateTime
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.live import Live, LivePhase, Presence
from widgets.live.orders_button import OrdersButton
from widgets.staff.assistant_bar import AssistantBar


@pytest.fixture
def bar(qtbot: QtBot) -> AssistantBar:
    made = AssistantBar(OrdersButton())
    qtbot.addWidget(made)
    made.show()
    return made


def text(bar: AssistantBar, cell: str) -> str:
    return bar.cells[cell].text()


def test_before_a_room_is_known_it_says_nothing(bar: AssistantBar) -> None:
    assert all(not cell.text() for cell in bar.cells.values())


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        (LivePhase.PREVIEW, "○ Not live"),
        (LivePhase.LIVE, "● Live 00:01:05"),
        (LivePhase.PAUSED, "● Paused 00:01:05"),
        (LivePhase.ENDED, "○ Not live"),
    ],
)
def test_the_assistant_bar_says_how_the_broadcast_stands(
    bar: AssistantBar, phase: LivePhase, said: str
) -> None:
    bar.show_live(Live(phase), 65)
    assert text(bar, "live") == said


def test_the_assistant_bar_says_who_one_is_and_what_one_may_do(bar: AssistantBar) -> None:
    end = QDateTime.currentDateTime()
    bar.show_room("Tea House")
    bar.show_presence(Presence(1234, 2000))
    bar.show_you("Wang", [AssistantRight.CHAT, AssistantRight.PRODUCTS], end.toMSecsSinceEpoch())

    assert (text(bar, "room"), text(bar, "viewers")) == ("Tea House", "1,234 watching")
    assert (text(bar, "you"), text(bar, "rights")) == ("Wang", "Products · Chat")
    assert text(bar, "until") == f"until {end.toString('HH:mm')}"


def test_rights_that_end_on_another_day_say_which(bar: AssistantBar) -> None:
    end = QDateTime.currentDateTime().addDays(3)
    bar.show_you("Wang", [], end.toMSecsSinceEpoch())

    assert text(bar, "rights") == "No rights"
    assert text(bar, "until") == f"until {end.toString('MM-dd HH:mm')}"
