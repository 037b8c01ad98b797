from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from studio.engine.sources.demo import DemoPortrait
from studio.engine.sources.source import SourceError, VideoSource
from studio.project.project import Canvas

PORTRAIT, LANDSCAPE = Canvas(width=720, height=1280), Canvas(width=1280, height=720)


def image_at(source: VideoSource, at: float) -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    frame = source.newest(at)
    assert frame is not None
    assert frame.captured_at == at
    assert frame.image.flags.c_contiguous
    return frame.image


@pytest.mark.parametrize("canvas", [PORTRAIT, LANDSCAPE])
def test_the_portrait_fills_the_canvas_moves_gently_and_shows_no_edge(canvas: Canvas) -> None:
    demo = DemoPortrait(canvas)
    demo.open()
    images = [image_at(demo, number / 7).copy() for number in range(80)]
    assert images[0].shape == (canvas.height, canvas.width, 3)
    changes = [float(cv2.absdiff(before, after).mean()) for before, after in pairwise(images)]
    assert min(changes) > 0
    assert max(changes) < 15
    for image in images:  # an edge would repeat its last row or column
        assert not np.array_equal(image[0], image[2])
        assert not np.array_equal(image[:, 0], image[:, 2])
    demo.close()
    assert demo.newest(1.0) is None


def test_a_portrait_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "portrait.jpg").write_text("no picture")
    with pytest.raises(SourceError, match=r"portrait\.jpg cannot be read"):
        DemoPortrait(PORTRAIT, tmp_path / "portrait.jpg").open()
