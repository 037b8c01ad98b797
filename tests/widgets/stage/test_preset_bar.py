from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.common.confirm import ConfirmDialog
from widgets.common.name_dialog import NameDialog
from widgets.stage.effects import PresetEntry
from widgets.stage.preset_bar import PresetBar

GIVEN = (PresetEntry("none", "None"), PresetEntry("natural", "Natural"))
OWN = PresetEntry("x1", "Evening", is_own=True)


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[PresetBar]:
    made = PresetBar()
    qtbot.addWidget(made)
    made.show_presets((*GIVEN, OWN), "none")
    made.show()
    yield made
    for dialog in made.findChildren(QDialog):
        dialog.close()


def marked(bar: PresetBar) -> list[str]:
    return [name for name, button in bar.buttons.items() if button.isChecked()]


def test_a_preset_is_asked_for_and_marked_only_when_it_is_told(bar: PresetBar, record: Record) -> None:
    chosen = record(bar.chosen)
    bar.buttons["natural"].click()

    assert chosen == [("natural",)]
    assert marked(bar) == ["none"]
    bar.show_presets((*GIVEN, OWN), "natural")
    assert marked(bar) == ["natural"]


def test_settings_of_no_preset_mark_none(bar: PresetBar) -> None:
    bar.show_presets((*GIVEN, OWN), "")

    assert marked(bar) == []


def test_the_settings_can_be_saved_under_a_name(bar: PresetBar, record: Record) -> None:
    saved = record(bar.saved)
    bar.save_button.click()
    dialog = bar.findChild(NameDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.name, "Morning")
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    assert saved == [("Morning",)]


def test_only_the_hosts_own_can_be_renamed_and_deleted(bar: PresetBar, record: Record) -> None:
    assert not bar.more_button.isVisible()
    bar.ask_to_rename()
    bar.ask_to_remove()
    assert bar.findChildren(QDialog) == []

    bar.show_presets((*GIVEN, OWN), "x1")
    assert bar.more_button.isVisible()
    renamed, removed = record(bar.renamed), record(bar.removed)
    bar.rename_action.trigger()
    naming = bar.findChild(NameDialog)
    assert naming is not None
    assert naming.name.text() == "Evening"
    naming.name.setText("Night")
    naming.accept_button.click()
    assert renamed == [("x1", "Night")]

    bar.remove_action.trigger()
    asking = bar.findChild(ConfirmDialog)
    assert asking is not None
    asking.accept_button.click()
    assert removed == [("x1",)]


def test_the_buttons_follow_the_presets(bar: PresetBar) -> None:
    bar.show_presets((GIVEN[0], PresetEntry("x1", "Night", is_own=True)), "x1")

    assert [button.text() for button in bar.buttons.values()] == ["None", "Night"]
    assert marked(bar) == ["x1"]
