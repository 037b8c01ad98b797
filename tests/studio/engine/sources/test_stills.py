from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from effects.params import Value
from studio.engine.media import Picture
from studio.engine.sources.source import SourceError, VideoSource
from studio.engine.sources.stills import ColorStill, ImageFile, TextStill, paint_text
from studio.project.kinds import values_of
from studio.project.project import Canvas, Source, SourceKind
from tests.studio.engine.sources.waiting import failure_of, first_frame

CANVAS = Canvas(90, 160)


def text(words: str, **settings: Value) -> Picture:
    return paint_text(values_of(Source("t", SourceKind.TEXT, settings={"text": words, **settings})))


def ink(picture: Picture) -> int:
    """How many pixels are seen."""
    return int((picture[..., 3] > 0).sum())


def written(path: Path, image: Picture) -> Path:
    assert cv2.imwrite(str(path), image)
    return path


def test_a_color_is_that_color() -> None:
    still = ColorStill(values_of(Source("c", SourceKind.COLOR, settings={"color": "#2255cc"})))
    still.open()
    frame = still.newest(3.0)
    assert frame is not None
    assert (frame.image == (0xCC, 0x55, 0x22)).all()
    assert (frame.captured_at, frame.has_alpha) == (3.0, False)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("words", ["限时秒杀", "Flash sale", "€9.90"])
def test_a_text_is_painted_on_nothing(words: str) -> None:
    picture = text(words)
    assert picture[0, 0].tolist() == [0, 0, 0, 0]
    assert (picture.max(axis=(0, 1)) == 255).all()
    assert (picture[..., :3].max(axis=2) <= picture[..., 3]).all()  # colours are multiplied by alpha
    assert ink(picture) > 1000


@pytest.mark.usefixtures("qapp")
def test_chinese_characters_are_not_all_the_same_box() -> None:
    assert (text("秒") != text("杀")).any()


@pytest.mark.usefixtures("qapp")
def test_lines_outline_panel_and_side_show() -> None:
    one, two = text("sale"), text("sale\nsale sale")
    assert two.shape[0] > one.shape[0] * 1.7
    assert ink(text("sale", outline=80.0)) > ink(text("sale", outline=0.0))
    panel = text("sale", has_panel=True, panel_color="#102030")
    assert panel[0, 0].tolist() == [0x30, 0x20, 0x10, 255]
    left, right = text("a\nsale sale", align="left"), text("a\nsale sale", align="right")
    half = left.shape[0] // 2
    assert left[:half, : left.shape[1] // 2, 3].any()
    assert not right[:half, : right.shape[1] // 2, 3].any()


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("words", ["", "\n\n", "x" * 500, "一" * 500])
def test_no_text_is_too_short_or_too_long(words: str) -> None:
    height, width = text(words).shape[:2]
    assert 0 < height <= 4096
    assert 0 < width <= 4096


def test_a_text_source_stands_still(qapp: QApplication) -> None:
    still = TextStill(values_of(Source("t", SourceKind.TEXT, settings={"text": "sale"})))
    assert still.newest(0.0) is None
    still.open()
    first, second = still.newest(1.0), still.newest(2.0)
    assert first is not None
    assert second is not None
    assert first.image is second.image
    assert first.has_alpha


def opened(path: Path) -> VideoSource:
    source = ImageFile(path, CANVAS)
    source.open()
    return source


def test_a_picture_with_transparency_keeps_it(tmp_path: Path) -> None:
    image = np.zeros((40, 40, 4), np.uint8)
    image[:, :20] = (10, 20, 200, 255)
    image[:, 20:] = (255, 255, 255, 0)  # hidden white must not come through
    source = opened(written(tmp_path / "logo.png", image))
    frame = first_frame(source)
    source.close()
    assert frame.has_alpha
    assert frame.image[20, 5].tolist() == [10, 20, 200, 255]
    assert frame.image[20, 35].tolist() == [0, 0, 0, 0]


def test_a_picture_without_has_none_and_is_made_as_small_as_the_canvas_needs(tmp_path: Path) -> None:
    source = opened(written(tmp_path / "photo.jpg", np.full((1600, 900, 3), 90, np.uint8)))
    frame = first_frame(source)
    source.close()
    assert not frame.has_alpha
    assert frame.image.shape == (160, 90, 3)


def test_a_missing_file_is_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as told:
        opened(tmp_path / "gone.png")
    assert told.value.code == "file_missing"


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 64])
def test_what_is_no_picture_is_reported(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.png").write_bytes(content)
    source = opened(tmp_path / "file.png")
    assert failure_of(source).code == "file_unreadable"
    source.close()
