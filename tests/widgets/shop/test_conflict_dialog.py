from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.chat import NO_RULES, SetBlockedWords, SetRoomRules
from backend.contract.shop import Conflict, EditProduct
from tests.widgets.conftest import Record
from tests.widgets.people import ASSISTANT, NOON_MS
from tests.widgets.products import product
from widgets.shop.conflict_dialog import HIGHEST_TABLE, ConflictDialog
from widgets.shop.conflicts import Difference, Edit

EDIT = EditProduct("p1", 1, price_minor=7700)
LOST = Conflict(ASSISTANT, NOON_MS, 4, product=product(1, "<b>Tea</b>"))
ROWS = [Difference("Price", "¥77", "¥129"), Difference("Title", "—", "<b>Tea</b>")]


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def opened(parent: QWidget, edit: Edit = EDIT, conflict: Conflict = LOST) -> ConflictDialog:
    made = ConflictDialog(parent, edit, conflict, ROWS)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.open()
    return made


def test_the_conflict_dialog_says_who_changed_what_when(parent: QWidget) -> None:
    dialog = opened(parent)
    time = QDateTime.fromMSecsSinceEpoch(NOON_MS).toString("HH:mm:ss")

    assert dialog.sentence.text() == f"Wang changed “<b>Tea</b>” at {time}, before yours came."
    assert dialog.sentence.textFormat() is Qt.TextFormat.PlainText
    cells = [[dialog.table.item(row, place) for place in range(3)] for row in range(2)]
    assert [[cell.text() if cell else "" for cell in line] for line in cells] == [
        ["Price", "¥77", "¥129"],
        ["Title", "—", "<b>Tea</b>"],
    ]


@pytest.mark.parametrize(
    ("edit", "words"),
    [(SetRoomRules(NO_RULES), "rules of the chat"), (SetBlockedWords([]), "blocked words")],
)
def test_nobody_is_named_who_is_not_known(parent: QWidget, edit: Edit, words: str) -> None:
    dialog = opened(parent, edit, Conflict(None, 0, 4))

    assert dialog.sentence.text() == f"Somebody changed the {words} meanwhile, before yours came."


def test_a_long_title_is_cut_in_the_sentence(parent: QWidget) -> None:
    dialog = opened(parent, EDIT, Conflict(None, 0, 4, product=product(1, "茶" * 100)))

    assert "茶" * 29 + "…" in dialog.sentence.text()


def test_mine_is_the_same_command_on_the_new_version(parent: QWidget, record: Record) -> None:
    dialog = opened(parent)
    commands, kept = record(dialog.command), record(dialog.theirs_kept)
    dialog.mine_button.click()

    assert commands == [(EditProduct("p1", 4, price_minor=7700),)]
    assert kept == []
    assert not dialog.isVisible()


def test_enter_decides_nothing_before_a_button_was_chosen(parent: QWidget, record: Record) -> None:
    dialog = opened(parent)
    commands, kept = record(dialog.command), record(dialog.theirs_kept)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    QTest.keyClick(dialog.table, Qt.Key.Key_Enter)
    assert (commands, kept) == ([], [])
    assert dialog.isVisible()
    dialog.theirs_button.setFocus()
    QTest.keyClick(dialog.theirs_button, Qt.Key.Key_Return)

    assert (commands, kept) == ([], [()])


def test_escape_decides_nothing(parent: QWidget, record: Record) -> None:
    dialog = opened(parent)
    commands, kept = record(dialog.command), record(dialog.theirs_kept)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)

    assert (commands, kept) == ([], [])
    assert not dialog.isVisible()


def test_the_table_is_as_high_as_its_rows_up_to_a_bound(parent: QWidget) -> None:
    def height(rows: int) -> int:
        made = ConflictDialog(parent, EDIT, LOST, ROWS[:1] * rows)
        made.show()
        return made.table.height()

    assert height(1) < height(3) < height(100) == height(200) == HIGHEST_TABLE
