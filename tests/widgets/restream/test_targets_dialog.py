import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.engine.messages.restreaming import RestreamChanged, RestreamState
from tests.widgets.conftest import Record
from widgets.restream.target import MAX_TARGETS, Target
from widgets.restream.target_dialog import TargetDialog
from widgets.restream.targets_dialog import TargetsDialog

ONE = Target("t1", "B站", "rtmp://a.example/app", "k1")
TWO = Target("t2", "YouTube", "rtmps://b.example/live2", "k2", is_enabled=False)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(parent: QWidget) -> TargetsDialog:
    made = TargetsDialog(parent)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    made.show_targets((ONE, TWO))
    made.open()
    return made


def shown(dialog: TargetsDialog) -> list[tuple[str, bool]]:
    items = [dialog.list.item(number) for number in range(dialog.list.count())]
    return [(item.text(), item.checkState() is Qt.CheckState.Checked) for item in items]


def test_what_gets_the_next_broadcast_is_checked(dialog: TargetsDialog) -> None:
    assert shown(dialog) == [("B站", True), ("YouTube", False)]


def test_checking_asks_and_changes_by_what_is_shown(dialog: TargetsDialog, record: Record) -> None:
    changes = record(dialog.changed)
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    [(targets,)] = changes
    assert isinstance(targets, tuple)
    assert [target.is_enabled for target in targets] == [True, True]


def test_a_state_stands_below_the_name(dialog: TargetsDialog, record: Record) -> None:
    changes = record(dialog.changed)
    dialog.show_state(RestreamChanged("t1", RestreamState.CONNECTED))
    assert shown(dialog)[0][0] == "B站\nSending"
    dialog.show_state(RestreamChanged("t1", RestreamState.IDLE))
    assert shown(dialog)[0][0] == "B站"
    assert changes == []


def test_a_platform_is_added_and_removed(dialog: TargetsDialog, record: Record) -> None:
    changes = record(dialog.changed)
    dialog.add_button.click()
    asked = dialog.findChild(TargetDialog)
    assert asked is not None
    asked.server.setText("rtmp://c.example/app")
    asked.save_button.click()
    dialog.list.setCurrentRow(0)
    dialog.remove_button.click()
    (added,), (rest,) = changes
    assert isinstance(added, tuple)
    assert added[:2] == (ONE, TWO)
    assert added[2].name == "c.example"
    assert rest == (TWO,)


def test_an_edited_platform_stays_in_its_place(dialog: TargetsDialog, record: Record) -> None:
    changes = record(dialog.changed)
    dialog.list.setCurrentRow(0)
    dialog.edit_button.click()
    asked = dialog.findChild(TargetDialog)
    assert asked is not None
    assert asked.key.text() == "k1"
    asked.name.setText("Bilibili")
    asked.save_button.click()
    [(targets,)] = changes
    assert isinstance(targets, tuple)
    assert [target.name for target in targets] == ["Bilibili", "YouTube"]


def test_there_are_only_so_many_platforms(dialog: TargetsDialog) -> None:
    dialog.show_targets(tuple(Target(str(n), str(n), "rtmp://a/b") for n in range(MAX_TARGETS)))
    assert not dialog.add_button.isEnabled()
    dialog.show_targets(())
    assert dialog.add_button.isEnabled()
    assert not dialog.edit_button.isEnabled()
