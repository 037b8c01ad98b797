import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.runofshow import (
    ChangeStep,
    MoveStep,
    NewStep,
    PlanAsRun,
    PlanSteps,
    RemoveStep,
    RunOfShow,
    RunStep,
    StartStep,
    StopStep,
)
from tests.widgets.conftest import Record
from tests.widgets.products import SHELF, product
from widgets.runofshow.run_model import StepRole
from widgets.runofshow.run_panel import RunPanel
from widgets.runofshow.step_dialog import StepDialog

MINUTE = 60_000
NOW = 100 * MINUTE
STEPS = [
    RunStep(1, "welcome", 3, began_at_ms=90 * MINUTE, actual_ms=3 * MINUTE),
    RunStep(2, "", 10, "p1", "Green tea", began_at_ms=94 * MINUTE),
    RunStep(3, "draw", 5),
    RunStep(4, "", 5, "gone", "Old cup"),
]


@pytest.fixture
def panel(qtbot: QtBot) -> RunPanel:
    made = RunPanel()
    qtbot.addWidget(made)
    made.resize(390, 500)
    made.show()
    made.show_catalog(SHELF)
    made.show_time(NOW)
    made.show_run(RunOfShow(STEPS, 2))
    return made


def choose(panel: RunPanel, row: int) -> None:
    panel.list.setCurrentIndex(panel.model.index(row))


def titles(panel: RunPanel) -> list[str]:
    return [str(panel.model.index(row).data()) for row in range(panel.model.rowCount())]


def test_the_steps_are_called_as_the_room_calls_their_products(panel: RunPanel) -> None:
    assert titles(panel) == ["welcome", "1 · Green tea", "draw", "Old cup"]
    panel.put_product(product(1, "Black tea"))
    assert titles(panel)[1] == "1 · Black tea"


def test_a_step_whose_product_left_the_room_says_so(panel: RunPanel) -> None:
    gone = [panel.model.index(row).data(StepRole.IS_GONE) for row in range(4)]
    assert gone == [False, False, False, True]


def test_nothing_is_gone_before_the_products_are_known(qtbot: QtBot) -> None:
    panel = RunPanel()
    qtbot.addWidget(panel)
    panel.show_run(RunOfShow(STEPS))
    assert not panel.model.index(3).data(StepRole.IS_GONE)


def test_the_key_n_asks_for_the_next_step_once_however_long_it_is_held(
    panel: RunPanel, record: Record
) -> None:
    commands = record(panel.command)
    choose(panel, 0)
    QTest.keyClick(panel.list, Qt.Key.Key_N)
    for widget in (panel.list, panel.next_button):
        none = Qt.KeyboardModifier.NoModifier
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_N, none, "n", autorep=True)
        QApplication.sendEvent(widget, held)
    QTest.keyClick(panel.next_button, Qt.Key.Key_N)
    assert commands == [(StartStep(3),), (StartStep(3),)]


def test_the_last_step_is_followed_by_the_end(panel: RunPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.show_run(RunOfShow(STEPS, 4))
    assert panel.next_button.text() == "End (N)"
    panel.next_button.click()
    assert commands == [(StopStep(4),)]


def test_buttons_ask_for_the_step_before_for_more_minutes_and_for_the_end(
    panel: RunPanel, record: Record
) -> None:
    commands = record(panel.command)
    panel.previous_button.click()
    panel.longer_button.click()
    panel.stop_button.click()
    assert commands == [(StartStep(1),), (ChangeStep(2, 12, ""),), (StopStep(2),)]


def test_keys_move_start_and_remove_the_chosen_step(panel: RunPanel, record: Record) -> None:
    commands = record(panel.command)
    alt = Qt.KeyboardModifier.AltModifier
    choose(panel, 1)
    QTest.keyClick(panel.list, Qt.Key.Key_Up, alt)
    QTest.keyClick(panel.list, Qt.Key.Key_Down, alt)
    choose(panel, 3)
    QTest.keyClick(panel.list, Qt.Key.Key_Down, alt)
    choose(panel, 2)
    QTest.keyClick(panel.list, Qt.Key.Key_Down, alt)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert commands == [
        (MoveStep(2, 1),),
        (MoveStep(2, 4),),
        (MoveStep(3, 0),),
        (StartStep(3),),
        (RemoveStep(3),),
    ]


def test_a_choice_stays_with_its_step_when_the_room_moves_it(panel: RunPanel) -> None:
    choose(panel, 2)
    panel.show_run(RunOfShow([STEPS[2], *STEPS[:2], STEPS[3]], 2))
    assert panel.list.chosen_id == 3
    panel.show_run(RunOfShow([STEPS[0]]))
    assert panel.list.chosen_id == 0


def test_a_dragged_step_is_moved_by_the_room_alone(panel: RunPanel, record: Record) -> None:
    commands = record(panel.command)
    model = panel.model
    data = model.mimeData([model.index(2)])
    assert model.dropMimeData(data, Qt.DropAction.CopyAction, 0, 0, QModelIndex())
    assert model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, QModelIndex())
    assert commands == [(MoveStep(3, 1),), (MoveStep(3, 0),)]
    assert titles(panel)[2] == "draw"


def test_a_step_over_its_time_is_told_once_and_shown_all_the_time(panel: RunPanel, record: Record) -> None:
    told = record(panel.overran)
    assert (panel.state.text(), panel.state.property("tone")) == ("On plan", "ok")
    for minute in (104.5, 105, 106):
        panel.show_time(minute * MINUTE)
    assert (panel.state.text(), panel.state.property("tone")) == ("Step 02:00 over", "warn")
    assert told == [("1 · Green tea",)]


def test_a_show_that_is_late_says_how_much(panel: RunPanel) -> None:
    late = RunStep(1, "welcome", 3, began_at_ms=90 * MINUTE, actual_ms=4 * MINUTE)
    panel.show_run(RunOfShow([late, *STEPS[1:]], 2))
    assert panel.state.text() == "01:00 behind"


def test_a_step_is_written_behind_the_chosen_one(panel: RunPanel, record: Record) -> None:
    commands = record(panel.command)
    choose(panel, 1)
    panel.add_button.click()
    (dialog,) = panel.findChildren(StepDialog)
    assert not dialog.accept_button.isEnabled()
    dialog.product.setCurrentIndex(dialog.product.findData("p2"))
    dialog.minutes.setValue(7)
    dialog.accept_button.click()
    assert commands == [(PlanSteps([NewStep(7, "", "p2")], 3),)]
    panel.acts.give_back(commands[0][0], "Too many.")  # type: ignore[arg-type]
    assert dialog.problem.text() == "Too many."
    dialog.title.setText(" lips ")
    dialog.accept_button.click()
    panel.acts.close_for(commands[1][0])  # type: ignore[arg-type]
    assert commands[1] == (PlanSteps([NewStep(7, "lips", "p2")], 3),)
    assert not dialog.isVisible()


def test_a_step_is_changed_in_its_form(panel: RunPanel, record: Record) -> None:
    commands = record(panel.command)
    choose(panel, 2)
    QTest.keyClick(panel.list, Qt.Key.Key_F2)
    (dialog,) = panel.findChildren(StepDialog)
    dialog.title.setText("big draw")
    dialog.accept_button.click()
    assert commands == [(ChangeStep(3, 5, "big draw", ""),)]


def test_all_products_without_a_step_are_planned_at_once(panel: RunPanel, record: Record) -> None:
    commands = record(panel.command)
    every, as_run = panel.menus.of_all().actions()
    every.trigger()
    as_run.trigger()
    assert commands == [(PlanSteps([NewStep(5, "", "p2"), NewStep(5, "", "p3")]),), (PlanAsRun(),)]


def test_who_may_not_plan_is_told_and_asks_for_nothing(panel: RunPanel, record: Record) -> None:
    commands = record(panel.command)
    panel.show_rights({AssistantRight.CHAT})
    panel.show_run(None)
    assert "ask the host" in panel.empty.text()
    panel.acts.start(2)
    panel.acts.add(0)
    assert commands == []
    assert not panel.next_button.isEnabled()
    assert not panel.findChildren(StepDialog)


def test_the_note_of_the_step_that_is_on_stands_below_the_steps(panel: RunPanel) -> None:
    assert panel.note.isHidden()
    noted = [*STEPS[:1], replace(STEPS[1], note="Warm skin: #09.\n<b>Gift bag</b>"), *STEPS[2:]]
    panel.show_run(RunOfShow(noted, 2))
    assert panel.note.text() == "Warm skin: #09.\n<b>Gift bag</b>"
    panel.show_run(RunOfShow(noted, 3))
    assert panel.note.isHidden()


def test_a_note_is_written_with_the_step_and_too_long_a_one_is_not_sent(
    panel: RunPanel, record: Record
) -> None:
    commands = record(panel.command)
    panel.acts.edit(3)
    (dialog,) = panel.findChildren(StepDialog)
    dialog.note.setPlainText("x" * 201)
    dialog.accept_button.click()
    assert dialog.problem.text() == "A note has at most 200 characters."
    dialog.note.setPlainText("Three winners\n")
    dialog.accept_button.click()
    assert commands == [(ChangeStep(3, 5, "draw", "Three winners"),)]


def test_an_edit_that_was_carried_out_is_taken_back_once(panel: RunPanel, record: Record) -> None:
    commands = record(panel.command)
    assert not panel.undo_button.isEnabled()
    panel.acts.remove(3)
    assert not panel.undo_button.isEnabled()
    panel.show_run(RunOfShow([STEPS[0], STEPS[1], STEPS[3]], 2))
    panel.acts.close_for(RemoveStep(3))
    panel.undo_button.click()
    assert commands[1:] == [(PlanSteps([NewStep(5, "draw")], 4),)]
    panel.acts.close_for(PlanSteps([NewStep(5, "draw")], 4))
    assert not panel.undo_button.isEnabled()


def test_what_the_room_refused_and_what_another_room_had_is_not_taken_back(panel: RunPanel) -> None:
    panel.acts.remove(3)
    panel.acts.give_back(RemoveStep(3), "no")
    panel.acts.close_for(RemoveStep(3))
    assert not panel.undo_button.isEnabled()
    panel.acts.remove(3)
    panel.acts.close_for(RemoveStep(3))
    assert panel.undo_button.isEnabled()
    panel.acts.leave()
    assert not panel.undo_button.isEnabled()
