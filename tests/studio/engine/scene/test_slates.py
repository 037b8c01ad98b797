import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication

from studio.engine.scene.slates import Slate, paint_slates
from studio.project.project import Canvas


@pytest.mark.parametrize("canvas", [Canvas(720, 1280), Canvas(1280, 720), Canvas(182, 322)])
def test_every_slate_fills_the_canvas_with_words_in_the_middle(qapp: QGuiApplication, canvas: Canvas) -> None:
    slates = paint_slates(canvas)
    assert set(slates) == set(Slate)
    for provider in slates.values():
        image = provider.newest(3.0).image
        assert image.shape == (canvas.height, canvas.width, 3)
        assert image.flags.c_contiguous
        assert image.max() > 200
        middle = image[canvas.height * 2 // 5 : canvas.height * 3 // 5]
        assert middle.max() > 200
        assert image[: canvas.height // 5].max() < 80
        edges = np.concatenate([image[:, : canvas.width // 40], image[:, -canvas.width // 40 :]], axis=1)
        assert edges.max() < 120  # no word is cut


def test_the_slates_differ(qapp: QGuiApplication) -> None:
    images = [provider.newest(0.0).image for provider in paint_slates(Canvas(360, 640)).values()]
    assert not np.array_equal(images[0], images[1])
    assert not np.array_equal(images[1], images[2])


def test_a_slate_is_always_of_now(qapp: QGuiApplication) -> None:
    assert paint_slates(Canvas(90, 160))[Slate.PAUSED].newest(7.25).captured_at == 7.25
