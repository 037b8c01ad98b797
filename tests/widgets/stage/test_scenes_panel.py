from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.project.project import Project, Source, SourceKind, check
from tests.widgets.conftest import Record
from tests.widgets.stage.sample_project import sample_project
from widgets.stage.scenes_panel import ScenesPanel


class Host:
    """A panel whose edits are done at once, as the studio does them."""

    def __init__(self, panel: ScenesPanel) -> None:
        self.panel = panel
        self.project = sample_project()
        self.gestures: list[str] = []
        panel.edit_wanted.connect(self._edit)
        panel.show_project(self.project)

    def _edit(self, edit: Callable[[Project], Project], gesture: str) -> None:
        self.project = edit(self.project)
        check(self.project)
        self.gestures.append(gesture)
        self.panel.show_project(self.project)

    def shown(self) -> list[str]:
        """The names in the list of items, the topmost first."""
        return [row.name for row in self.panel.items.rows]

    def item(self, source_id: str) -> str:
        return next(item.id for item in self.project.program.items if item.source_id == source_id)


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    panel = ScenesPanel()
    qtbot.addWidget(panel)
    panel.resize(300, 800)
    panel.show()
    return Host(panel)


def test_scenes_and_items_are_listed_the_topmost_first(host: Host) -> None:
    scenes = host.panel.scenes
    assert [scenes.item(number).text() for number in range(scenes.count())] == ["Scene 1", "Close-up"]
    assert host.shown() == ["限时 sale", "logo.png", "Camera"]


def test_a_click_cuts_to_a_scene(host: Host) -> None:
    at = host.panel.scenes.visualItemRect(host.panel.scenes.item(1)).center()
    QTest.mouseClick(host.panel.scenes.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert host.project.program.name == "Close-up"
    assert host.shown() == ["Camera"]


def test_a_new_or_copied_scene_is_not_seen_by_viewers_yet(host: Host) -> None:
    before = host.project.program_id
    host.panel.add_scene_button.click()
    host.panel.copy_scene_button.click()
    assert host.project.program_id == before
    assert sorted(len(scene.items) for scene in host.project.scenes) == [0, 1, 3, 3]
    assert len({scene.name for scene in host.project.scenes}) == 4


def test_a_scene_is_renamed_and_removed(host: Host) -> None:
    host.panel.scenes.item(0).setText("  Half body ")
    assert host.project.scenes[0].name == "Half body"
    host.panel.remove_scene_button.click()
    assert [scene.name for scene in host.project.scenes] == ["Close-up"]
    assert not host.panel.remove_scene_button.isEnabled()


def test_eye_lock_order_and_removal_change_the_item(host: Host) -> None:
    logo = host.item("logo")
    host.panel.items.eye_clicked.emit(logo)
    host.panel.items.lock_clicked.emit(logo)
    row = host.panel.items.rows[1]
    assert (row.is_visible, row.is_locked) == (False, True)
    host.panel.items.eye_clicked.emit(logo)
    host.panel.items.lock_clicked.emit(logo)
    host.panel.items.moved.emit(logo, 2)
    assert host.shown() == ["限时 sale", "Camera", "logo.png"]
    assert host.project.program.items[0].id == logo
    host.panel.items.removed.emit(logo)
    assert host.shown() == ["限时 sale", "Camera"]
    assert "logo" not in host.project.sources


def test_what_is_added_lies_on_top_and_is_selected(host: Host) -> None:
    host.panel.add_menu.source_wanted.emit(Source("new", SourceKind.COLOR))
    assert host.shown()[0] == "Solid color"
    assert host.panel.items.current_id == host.item("new")
    host.panel.add_menu.source_wanted.emit(host.project.sources["camera"])
    assert host.shown()[:2] == ["Camera", "Solid color"]
    assert len([each for each in host.project.sources if each == "camera"]) == 1


def test_settings_and_places_are_one_gesture_each(host: Host) -> None:
    host.panel.items.choose(host.item("title"))
    host.panel.form.setting_chosen.emit("is_bold", False)  # noqa: FBT003
    host.panel.form.place_chosen.emit("x", 20.0)
    assert host.project.sources["title"].settings == {"text": "限时\nsale", "is_bold": False}
    assert host.project.program.items[2].transform.x == 0.2
    assert host.gestures == ["title is_bold", f"{host.item('title')} x"]


def test_a_locked_item_stays_where_it_is(host: Host) -> None:
    host.panel.items.choose(host.item("title"))
    before = host.project.program.items[2].transform
    host.panel.items.lock_clicked.emit(host.item("title"))
    host.panel.form.place_chosen.emit("x", 20.0)
    assert host.project.program.items[2].transform == before


def test_a_source_is_named(host: Host) -> None:
    host.panel.items.choose(host.item("camera"))
    host.panel.name.setText("Anna")
    host.panel.name.editingFinished.emit()
    assert host.project.sources["camera"].name == "Anna"
    assert "Anna" in host.shown()


def test_selecting_an_item_names_its_source(host: Host, record: Record) -> None:
    chosen = record(host.panel.source_chosen)
    host.panel.items.choose(host.item("camera"))
    assert chosen == [("camera",)]


def test_a_source_that_is_not_well_says_why(host: Host) -> None:
    host.panel.show_reasons({"logo": "The file is gone."})
    assert host.panel.items.item(1).toolTip() == "The file is gone."
    host.panel.show_reasons({})
    assert host.panel.items.item(1).toolTip() == "logo.png"


def test_undo_and_redo_are_asked_for_by_button_and_key(host: Host, record: Record) -> None:
    undos, redos = record(host.panel.undo_wanted), record(host.panel.redo_wanted)
    host.panel.show_steps(can_undo=True, can_redo=False)
    host.panel.undo_button.click()
    host.panel.redo_button.click()
    assert (len(undos), len(redos)) == (1, 0)


def test_an_empty_scene_has_nothing_to_set(host: Host) -> None:
    host.panel.add_scene_button.click()
    empty = host.panel.scenes.item(2)
    host.panel.scenes.itemClicked.emit(empty)
    assert host.shown() == []
    assert host.panel.form.isHidden()
    assert not host.panel.name.isVisible()
    assert not host.panel.remove_button.isEnabled()
