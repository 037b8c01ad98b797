import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from widgets.common.stage import Stage
from widgets.common.theme import color
from widgets.stage.preview import Frame, Preview


def frame(width: int, height: int, blue: int, green: int, red: int) -> Frame:
    return np.tile(np.array([blue, green, red, 255], np.uint8), (height, width, 1))


@pytest.fixture
def preview(qtbot: QtBot) -> Preview:
    made = Preview()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def pixel(preview: Preview, at: QPoint) -> QColor:
    return preview.grab().toImage().pixelColor(at)


def test_a_bgra_frame_is_shown_in_its_own_colours(preview: Preview) -> None:
    preview.show_frame(frame(72, 128, blue=10, green=120, red=230))

    assert pixel(preview, preview.picture_rect().center().toPoint()) == QColor(230, 120, 10)


@pytest.mark.parametrize(("width", "height"), [(72, 128), (128, 72), (100, 100)])
def test_a_picture_keeps_its_shape_and_stands_in_the_middle(
    preview: Preview, width: int, height: int
) -> None:
    preview.show_frame(frame(width, height, 0, 255, 0))
    box = preview.picture_rect()

    assert box.width() / box.height() == pytest.approx(width / height, rel=0.02)
    assert box.center().x() == pytest.approx(300, abs=1)
    assert box.center().y() == pytest.approx(200, abs=1)
    assert pixel(preview, QPoint(2, 200)) == color("canvas")


def test_the_newest_frame_replaces_the_last(preview: Preview) -> None:
    preview.show_frame(frame(72, 128, 255, 0, 0))
    preview.show_frame(frame(72, 128, 0, 0, 255))

    assert pixel(preview, preview.picture_rect().center().toPoint()) == QColor(255, 0, 0)


def test_the_picture_is_not_copied(preview: Preview) -> None:
    shown = frame(72, 128, 255, 0, 0)
    preview.show_frame(shown)
    shown[:] = frame(72, 128, 0, 0, 255)

    assert pixel(preview, preview.picture_rect().center().toPoint()) == QColor(255, 0, 0)


def test_before_the_first_frame_it_keeps_the_canvas_shape(preview: Preview) -> None:
    preview.set_canvas(1280, 720)

    assert not preview.has_picture
    assert preview.picture_rect().width() > preview.picture_rect().height()


def test_the_preview_can_be_emptied(preview: Preview) -> None:
    preview.show_frame(frame(72, 128, 0, 255, 0))
    preview.clear()

    assert pixel(preview, preview.picture_rect().topLeft().toPoint() + QPoint(30, 200)) == color("panel")


def test_what_is_no_bgra_picture_is_refused(preview: Preview) -> None:
    with pytest.raises(ValueError, match="expected a contiguous"):
        preview.show_frame(np.zeros((10, 10, 3), np.uint8))
    with pytest.raises(ValueError, match="expected a contiguous"):
        preview.show_frame(np.zeros((10, 20, 4), np.uint8)[:, ::2])


@pytest.mark.parametrize(
    ("stage", "token"), [(Stage.LIVE, "live_fill"), (Stage.PAUSED, "warn"), (Stage.RECONNECTING, "fault")]
)
def test_the_stage_frames_the_picture_in_its_colour_and_covers_none_of_it(
    preview: Preview, stage: Stage, token: str
) -> None:
    preview.show_frame(frame(72, 128, 0, 255, 0))
    preview.show_stage(stage)

    corner = preview.picture_rect().topLeft().toPoint()
    assert pixel(preview, corner + QPoint(1, 60)) == color(token)
    assert pixel(preview, corner + QPoint(16, 22)) == QColor(0, 255, 0)
    assert preview.accessibleDescription()


def test_an_alarm_frames_the_picture(preview: Preview) -> None:
    preview.show_frame(frame(72, 128, 0, 255, 0))
    edge = QPoint(int(preview.picture_rect().left()) + 1, 150)
    assert pixel(preview, edge) == QColor(0, 255, 0)

    preview.show_alarm("No picture")
    assert pixel(preview, edge) == color("fault")
    assert "No picture" in preview.accessibleDescription()

    preview.show_alarm("")
    assert pixel(preview, edge) == QColor(0, 255, 0)
