import pytest
from pytestqt.qtbot import QtBot

from studio.engine.messages.events import DevicesChanged, VideoSourceChanged
from studio.engine.messages.values import Device, Devices, SourceState
from studio.stage.project_editor import ProjectEditor
from studio.stage.scenes_view import ScenesView
from tests.widgets.stage.sample_project import sample_project
from widgets.common.parameter_fields import DeviceField
from widgets.stage.scenes_panel import ScenesPanel


@pytest.fixture
def view(qtbot: QtBot, themed: object) -> ScenesView:
    panel = ScenesPanel()
    qtbot.addWidget(panel)
    return ScenesView(ProjectEditor(sample_project(), panel), panel)


def test_what_the_panel_asks_for_is_a_step_that_can_be_undone(view: ScenesView) -> None:
    panel, editor = view.parent(), view._editor
    assert isinstance(panel, ScenesPanel)
    edited: list[None] = []
    view.edited.connect(lambda: edited.append(None))
    before = editor.project
    panel.items.removed.emit(before.program.items[2].id)
    assert [row.name for row in panel.items.rows] == ["logo.png", "Camera"]
    assert panel.undo_button.isEnabled()
    panel.undo_button.click()
    assert editor.project == before
    assert [row.name for row in panel.items.rows] == ["限时 sale", "logo.png", "Camera"]
    panel.redo_button.click()
    assert len(panel.items.rows) == 2
    assert len(edited) == 1


def test_a_source_s_trouble_is_shown_until_it_is_well(view: ScenesView) -> None:
    panel = view.parent()
    assert isinstance(panel, ScenesPanel)
    view.on_event(VideoSourceChanged("logo", SourceState.FAILED, "file_missing", ""))
    assert "not there any more" in panel.items.rows[1].reason
    view.on_event(VideoSourceChanged("logo", SourceState.RUNNING))
    assert panel.items.rows[1].reason == ""


def test_devices_are_offered_in_the_form(view: ScenesView) -> None:
    panel = view.parent()
    assert isinstance(panel, ScenesPanel)
    panel.items.choose(view._editor.project.program.items[0].id)
    view.on_event(DevicesChanged(Devices(cameras=[Device("cam-1", "Webcam")])))
    assert panel.form.settings is not None
    field = panel.form.settings.fields["device"]
    assert isinstance(field, DeviceField)
    assert field.box.currentText() == "Webcam"
