import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QListWidgetItem
from pytestqt.qtbot import QtBot

from studio.engine.messages.values import Device, Devices
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec
from tests.widgets.conftest import Record
from tests.widgets.tooltips import read
from widgets.stage.sources import Health
from widgets.stage.sources_panel import SourcesPanel

CAMERA = VideoSpec(VideoKind.CAMERA, "cam-1")
SCREEN = VideoSpec(VideoKind.SCREEN, "screen-1")
OFFER = Devices(
    cameras=[Device("cam-1", "Webcam")],
    screens=[Device("screen-1", "Screen 1")],
    microphones=[Device("mic-1", "Blue Yeti")],
)


@pytest.fixture
def panel(qtbot: QtBot) -> SourcesPanel:
    made = SourcesPanel()
    qtbot.addWidget(made)
    made.resize(280, 600)
    made.show()
    made.show_offer(OFFER)
    return made


def item(panel: SourcesPanel, text: str) -> QListWidgetItem:
    (found,) = panel.list.findItems(text, Qt.MatchFlag.MatchExactly)
    return found


def click(qtbot: QtBot, panel: SourcesPanel, text: str) -> None:
    middle = panel.list.visualItemRect(item(panel, text)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)


def test_what_can_be_opened_is_offered_besides_what_is_always_there(panel: SourcesPanel) -> None:
    kinds = {picture.kind for picture in panel.choices()}
    assert {CAMERA, SCREEN} <= set(panel.choices())
    assert {VideoKind.DEMO, VideoKind.TEST_PATTERN} <= kinds


def test_a_click_asks_for_the_source_once(qtbot: QtBot, panel: SourcesPanel, record: Record) -> None:
    chosen = record(panel.picture_chosen)
    click(qtbot, panel, "Webcam")

    assert chosen == [(CAMERA,)]


def test_the_source_that_runs_is_not_asked_for_again(
    qtbot: QtBot, panel: SourcesPanel, record: Record
) -> None:
    panel.show_picture(CAMERA, Health.RUNNING)
    chosen = record(panel.picture_chosen)
    click(qtbot, panel, "Webcam")

    assert chosen == []


def test_a_click_does_not_mark_what_the_engine_has_not_taken(qtbot: QtBot, panel: SourcesPanel) -> None:
    panel.show_picture(CAMERA, Health.RUNNING)
    click(qtbot, panel, "Screen 1")

    assert panel.list.currentItem() is item(panel, "Webcam")


def test_what_is_plugged_in_appears_and_the_choice_stays(panel: SourcesPanel) -> None:
    panel.show_picture(CAMERA, Health.RUNNING)
    panel.show_offer(Devices(cameras=[*OFFER.cameras, Device("cam-2", "Second")]))

    assert VideoSpec(VideoKind.CAMERA, "cam-2") in panel.choices()
    assert panel.list.currentItem() is item(panel, "Webcam")


def test_a_group_without_devices_says_so_and_cannot_be_chosen(
    qtbot: QtBot, panel: SourcesPanel, record: Record
) -> None:
    panel.show_offer(Devices())
    chosen = record(panel.picture_chosen)
    click(qtbot, panel, "No camera: plug one in")

    assert chosen == []


@pytest.mark.parametrize(
    ("health", "tone"), [(Health.RUNNING, "ok"), (Health.TROUBLED, "warn"), (Health.FAILED, "bad")]
)
def test_the_state_says_why_in_its_colour(panel: SourcesPanel, health: Health, tone: str) -> None:
    panel.show_picture(CAMERA, health, "because of the cable")

    assert "because of the cable" in panel.picture_state.text()
    assert panel.picture_state.property("tone") == tone


def test_a_media_file_is_asked_for_in_a_dialog_that_does_not_block(
    qtbot: QtBot, panel: SourcesPanel, record: Record
) -> None:
    chosen = record(panel.picture_chosen)
    click(qtbot, panel, "Media file…")
    dialog = panel.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit("/tmp/clip.mp4")
    dialog.reject()

    assert chosen == [(VideoSpec(VideoKind.MEDIA_FILE, "/tmp/clip.mp4"),)]


def test_the_file_that_plays_is_in_the_list(panel: SourcesPanel) -> None:
    panel.show_picture(VideoSpec(VideoKind.MEDIA_FILE, "/tmp/clip.mp4"), Health.RUNNING)

    assert panel.list.currentItem() is item(panel, "clip.mp4")


def test_a_microphone_is_asked_for(panel: SourcesPanel, record: Record) -> None:
    chosen = record(panel.sound_chosen)
    index = panel.sound_box.findText("Blue Yeti")
    panel.sound_box.setCurrentIndex(index)
    panel.sound_box.activated.emit(index)

    assert chosen == [(AudioSpec(AudioKind.MICROPHONE, "mic-1"),)]


def test_a_microphone_that_was_unplugged_stays_chosen(panel: SourcesPanel) -> None:
    panel.show_sound(AudioSpec(AudioKind.MICROPHONE, "mic-1"), Health.RUNNING)
    panel.show_offer(Devices())

    assert panel.sound_box.currentText() == "mic-1 (unplugged)"


def test_a_file_a_window_and_a_device_are_shown_by_their_names_as_text(panel: SourcesPanel) -> None:
    name = "<img src=x> & <b>y.mp4"
    panel.show_offer(Devices(windows=[Device("w1", name)], microphones=[Device("m1", name)]))
    panel.show_picture(VideoSpec(VideoKind.MEDIA_FILE, f"/tmp/{name}"), Health.FAILED, f"{name} is broken")

    shown = panel.list.findItems(name, Qt.MatchFlag.MatchExactly)
    assert [read(each.toolTip()) for each in shown] == [name, name]
    assert panel.sound_box.findText(name) >= 0
    assert panel.picture_state.text() == f"● {name} is broken"
    assert panel.picture_state.textFormat() is Qt.TextFormat.PlainText


def test_a_long_name_never_makes_the_list_scroll_sideways(panel: SourcesPanel) -> None:
    panel.show_offer(Devices(windows=[Device("w1", "A shop's window with a very long title " * 4)]))
    panel.resize(204, 500)
    panel.show()
    panel.list.doItemsLayout()

    assert panel.list.horizontalScrollBar().maximum() == 0


def test_a_screen_without_a_name_is_called_the_whole_screen(panel: SourcesPanel) -> None:
    panel.show_offer(Devices(screens=[Device("screen", "")]))

    assert panel.list.findItems("Whole screen", Qt.MatchFlag.MatchExactly)
