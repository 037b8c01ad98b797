from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QPushButton,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.widgets.tooltips import gaudy_picture, hover, is_gaudy, read
from widgets.common import plain

DEVICE = "<img src=/dev/zero>"
LIKE_HTML = [DEVICE, "<b>x</b>", "a &lt;b&gt;", "<qt>", "1 < 2 & 3 > 2", "two\nlines <i>here</i>", "a  b"]


@pytest.fixture
def widget(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(200, 100)
    made.show()
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("text", LIKE_HTML)
def test_a_tooltip_shows_a_text_letter_by_letter(widget: QWidget, text: str) -> None:
    plain.set_tooltip(widget, text)

    assert read(widget.toolTip()) == text


@pytest.mark.parametrize("text", LIKE_HTML)
def test_a_tooltip_of_an_item_shows_a_text_letter_by_letter(text: str) -> None:
    item = QListWidgetItem()
    plain.set_tooltip(item, text)

    assert read(item.toolTip()) == text
    assert read(plain.tooltip(text)) == text


def test_a_tooltip_draws_no_picture_that_a_text_names(widget: QWidget, tmp_path: Path) -> None:
    name = f"<img src='{gaudy_picture(tmp_path)}'>"
    widget.setToolTip(name)
    assert is_gaudy(hover(widget))  # as Qt would by itself
    plain.set_tooltip(widget, name)

    tip = hover(widget)
    assert read(tip.text()) == name
    assert not is_gaudy(tip)


def test_a_tooltip_that_is_shown_at_once_is_plain_too(widget: QWidget) -> None:
    plain.show_tooltip(widget.mapToGlobal(widget.rect().center()), "<b>x</b>", widget)
    (tip,) = (each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel"))

    assert isinstance(tip, QLabel)
    assert read(tip.text()) == "<b>x</b>"


def test_a_long_text_is_cut_in_a_tooltip_and_escaped_afterwards(widget: QWidget) -> None:
    plain.set_tooltip(widget, "<b>" * 100_000)

    shown = read(widget.toolTip())
    assert len(shown) == plain.MAX_TOOLTIP
    assert shown.startswith("<b><b>")
    assert shown.endswith("…")


def test_a_label_reads_no_html_even_of_its_first_text(widget: QWidget, tmp_path: Path) -> None:
    name = f"<img src='{gaudy_picture(tmp_path)}'>"
    shown = QLabel(widget)
    plain.set_text(shown, name)
    shown.adjustSize()

    assert shown.text() == name
    assert shown.textFormat() is Qt.TextFormat.PlainText
    assert not is_gaudy(shown)


def test_a_label_is_bounded_too() -> None:
    shown = QLabel()
    plain.set_text(shown, "x" * 1_000_000)

    assert len(shown.text()) == plain.MAX_TEXT


@pytest.mark.parametrize("kind", [QPushButton, QCheckBox])
def test_an_ampersand_in_a_button_is_no_hotkey(kind: type[QPushButton | QCheckBox]) -> None:
    button = kind()
    plain.set_text(button, "R&B & more")

    assert button.shortcut().isEmpty()
    assert button.text() == "R&&B && more"


def test_an_ampersand_in_the_caption_of_a_field_is_no_hotkey() -> None:
    edit, free = QLineEdit(), QLabel()
    caption = QLabel()
    caption.setBuddy(edit)
    for shown in (caption, free):
        plain.set_text(shown, "R&B")

    assert (caption.text(), free.text()) == ("R&&B", "R&B")


def test_an_action_has_no_hotkey_and_a_plain_tooltip() -> None:
    action = QAction()
    plain.set_text(action, "<b>R&B</b>")

    assert action.text() == "<b>R&&B</b>"
    assert read(action.toolTip()) == "<b>R&B</b>"


def test_a_tab_has_no_hotkey(qtbot: QtBot) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    tabs.addTab(QWidget(), "")
    plain.set_tab(tabs, 0, "R&B")

    assert tabs.tabText(0) == "R&&B"


@pytest.mark.parametrize("text", ["a[*]b", "[*][*]", "a[*][*][*]b", "[*]", "<b>x</b> & y"])
def test_a_title_shows_what_stands_in_it(window: QMainWindow, text: str) -> None:
    plain.set_title(window, text)

    assert window.windowHandle().title() == text


def test_a_title_is_one_line(window: QMainWindow) -> None:
    plain.set_title(window, "a\r\nb\tc")

    assert window.windowHandle().title() == "a b c"


def test_a_text_turns_no_other_text_around_and_hides_nothing(widget: QWidget) -> None:
    text = "gnp.\u202eexe.photo\u2066\x07\x00\x1b[0m\udc80!"
    plain.set_name(widget, text)
    plain.set_description(widget, text)

    assert widget.accessibleName() == "gnp.exe.photo[0m!"
    assert widget.accessibleDescription() == "gnp.exe.photo[0m!"


def test_letters_of_all_scripts_stay_as_they_are(widget: QWidget) -> None:
    text = "绿茶 ☕ 👩‍👩‍👧 שלום العربية\u200f e\u0301"
    plain.set_name(widget, text)

    assert widget.accessibleName() == text


def test_a_field_to_type_in_gives_back_what_it_got() -> None:
    edit = QLineEdit()
    plain.set_text(edit, "<b>R&B</b>\u202e" + "x" * 5000)

    assert edit.text() == "<b>R&B</b>\u202e" + "x" * 5000


def test_choices_cells_and_items_show_a_text_letter_by_letter(qtbot: QtBot) -> None:
    box, shown = QComboBox(), QListWidget()
    for each in (box, shown):
        qtbot.addWidget(each)
    plain.add_entry(box, "<b>R&B</b>", 7)
    item = QListWidgetItem(shown)
    plain.set_text(item, "<b>R&B</b>")

    assert (box.itemText(0), box.itemData(0)) == ("<b>R&B</b>", 7)
    assert item.text() == plain.cell("<b>R&B</b>").text() == "<b>R&B</b>"


def test_an_item_draws_no_picture_that_a_text_names(qtbot: QtBot, tmp_path: Path) -> None:
    shown = QListWidget()
    qtbot.addWidget(shown)
    shown.resize(QSize(400, 120))
    plain.set_text(QListWidgetItem(shown), f"<img src='{gaudy_picture(tmp_path)}'>")
    shown.show()

    assert not is_gaudy(shown)
