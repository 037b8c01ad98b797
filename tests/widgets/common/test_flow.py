from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from widgets.common.flow import FlowLayout


class Flow:
    """A widget whose flow holds widgets of these widths, 20 high."""

    def __init__(self, qtbot: QtBot, width: int, *widths: int) -> None:
        self.parent = QWidget()
        qtbot.addWidget(self.parent)
        self.layout = FlowLayout(spacing=5)
        self.parent.setLayout(self.layout)
        self.items = [QWidget() for _ in widths]
        for item, each in zip(self.items, widths, strict=True):
            item.setFixedSize(each, 20)
            self.layout.addWidget(item)
        self.parent.resize(width, 200)
        self.parent.show()


def test_items_stand_beside_each_other_while_there_is_room_and_then_below(qtbot: QtBot) -> None:
    flow = Flow(qtbot, 105, 50, 50, 50)

    assert [(item.x(), item.y()) for item in flow.items] == [(0, 0), (55, 0), (0, 25)]


def test_the_height_follows_from_the_width(qtbot: QtBot) -> None:
    flow = Flow(qtbot, 300, 50, 50, 50)

    assert flow.layout.hasHeightForWidth()
    assert [flow.layout.heightForWidth(width) for width in (300, 105, 10)] == [20, 45, 70]
    assert FlowLayout().heightForWidth(10) == 0


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    flow = Flow(qtbot, 300, 50, 50, 50)
    flow.items[0].hide()
    flow.layout.activate()

    assert flow.items[1].x() == 0


def test_an_item_can_be_taken_out_again(qtbot: QtBot) -> None:
    flow = Flow(qtbot, 300, 50, 50)
    flow.layout.removeWidget(flow.items[0])

    assert flow.layout.count() == 1
    left = flow.layout.itemAt(0)
    assert left is not None
    assert left.widget() is flow.items[1]
    assert flow.layout.itemAt(1) is None
    assert flow.layout.takeAt(5) is None


def test_a_deleted_widget_leaves_the_flow(qtbot: QtBot) -> None:
    flow = Flow(qtbot, 300, 50, 50)
    flow.items[0].deleteLater()
    qtbot.waitUntil(lambda: flow.layout.count() == 1)

    assert flow.layout.heightForWidth(10) == 20
