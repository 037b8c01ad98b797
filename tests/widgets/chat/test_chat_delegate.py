import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QListView, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from backend.contract.chat import Danmu, Reply
from tests.widgets.people import ASSISTANT, HOST, danmu
from widgets.chat.chat_delegate import ChatDelegate, ChatTexts, RowButton
from widgets.chat.chat_model import ChatModel

TEXTS = ChatTexts("Host", "Assistant", "Follower", "{n}", {button: button.value for button in RowButton})


@pytest.fixture
def view(qtbot: QtBot) -> QListView:
    made = QListView()
    qtbot.addWidget(made)
    made.resize(320, 200)
    made.setItemDelegate(ChatDelegate(TEXTS, made))
    made.setModel(ChatModel(made))
    made.show()
    return made


def height(view: QListView, one: Danmu) -> int:
    model = view.model()
    assert isinstance(model, ChatModel)
    model.set_danmu([one])
    option = QStyleOptionViewItem()
    option.widget, option.font = view, view.font()
    return view.itemDelegate().sizeHint(option, model.index(0)).height()


def test_a_long_text_is_wrapped_and_a_word_without_end_is_broken(view: QListView) -> None:
    short, long = height(view, danmu(1, "hi")), height(view, danmu(2, "x" * 100))

    assert long > short + 20
    assert height(view, danmu(3, "hi " * 33)) > short + 10


def test_markup_is_no_markup(view: QListView) -> None:
    assert height(view, danmu(1, "<br><br><br>")) == height(view, danmu(2, "text"))


def test_buttons_stand_side_by_side_inside_the_row(view: QListView) -> None:
    delegate = view.itemDelegate()
    assert isinstance(delegate, ChatDelegate)
    row = QRect(0, 50, 300, 60)
    boxes = list(delegate.button_rects(row).values())

    assert all(row.contains(box) for box in boxes)
    assert all(not one.intersects(other) for number, one in enumerate(boxes) for other in boxes[number + 1 :])


@pytest.mark.parametrize(
    "one",
    [
        danmu(1, author=HOST),
        danmu(1, author=ASSISTANT, reply_to=Reply(1, "u1", "Ann 🙂")),
        danmu(1, "🙂" * 50),
    ],
    ids=["host", "reply", "emoji"],
)
def test_every_kind_of_row_is_painted(view: QListView, one: Danmu) -> None:
    before = view.grab().toImage()
    height(view, one)

    assert view.grab().toImage() != before
