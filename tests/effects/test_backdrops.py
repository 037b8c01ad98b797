"""What stands behind: drawn at any size, read from files that are checked, videos in their own time."""

import os
import struct
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from effects.backdrops import (
    Backdrop,
    Fit,
    Still,
    VideoLoop,
    color_backdrop,
    fit_into,
    picture_backdrop,
)
from effects.filter import EffectError
from effects.frame import Frame
from effects.params import FaultKind
from tests.support.media_file import Look, grey, make_film


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten frames at 10 a second, each of a brightness of its own: 0, 20, 40, …"""
    path = tmp_path_factory.mktemp("video") / "steps.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for number in range(10):
        writer.write(np.full((48, 64, 3), number * 20, np.uint8))
    writer.release()
    return path


def test_a_still_is_made_once_a_size() -> None:
    made: list[tuple[int, int]] = []

    def make(size: tuple[int, int]) -> Frame:
        made.append(size)
        return np.zeros((size[1], size[0], 3), np.uint8)

    still = Still(make)
    for size in ((4, 4), (4, 4), (8, 4), (8, 4)):
        still.at(size, 0.0)
    assert made == [(4, 4), (8, 4)]


def test_filling_cuts_the_middle_and_showing_all_cuts_nothing() -> None:
    picture = np.zeros((100, 300, 3), np.uint8)
    picture[:, 100:200] = 200
    picture[:, :3] = picture[:, -3:] = 255
    filled, whole = np.zeros((100, 100, 3), np.uint8), np.zeros((300, 300, 3), np.uint8)
    fit_into(picture, filled, Fit.FILL)
    assert (filled[:, 5:95] == 200).all()
    fit_into(picture, whole, Fit.WHOLE)
    assert (whole[150, :2] == 255).all()
    assert (whole[150, 105:195] == 200).all()
    assert whole[10, 150].max() > 0  # its own blur above and below, not black


def test_a_colour_is_everywhere() -> None:
    assert (color_backdrop((1, 2, 3)).at((5, 4), 0.0) == (1, 2, 3)).all()


def test_a_picture_is_read_from_any_path(tmp_path: Path) -> None:
    path = tmp_path / "背景 é.png"
    path.write_bytes(cv2.imencode(".png", np.full((9, 9, 3), 77, np.uint8))[1].tobytes())
    assert (picture_backdrop(path, Fit.FILL).at((20, 30), 0.0) == 77).all()


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "wrong.png"
    path.write_bytes(content)
    with pytest.raises(EffectError, match=r"wrong\.png"):
        picture_backdrop(path, Fit.FILL)
    with pytest.raises(EffectError, match=r"wrong\.png"):
        VideoLoop(path, Fit.FILL)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(EffectError, match=r"gone\.png"):
        picture_backdrop(tmp_path / "gone.png", Fit.FILL)


@pytest.mark.parametrize("name", ["still.png", "still.mkv"])
def test_what_is_transparent_in_a_backdrop_is_hidden(tmp_path: Path, name: str) -> None:
    image = np.full((48, 64, 4), (30, 40, 200, 255), np.uint8)
    image[:24, :, 3] = 0
    path = tmp_path / name
    if name.endswith("png"):
        path.write_bytes(cv2.imencode(".png", image)[1].tobytes())
    else:
        make_film(path, [(0.0, av.VideoFrame.from_ndarray(image, "bgra"))], Look(pixels="bgra"))
    backdrop = picture_backdrop(path, Fit.FILL)
    assert backdrop.at((64, 48), 0.0)[:20].max() == 0
    assert backdrop.at((64, 48), 0.0)[40, 20].tolist() == [30, 40, 200]


def test_a_backdrop_too_large_to_load_is_refused_for_that_reason(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    path.write_bytes(b"\xff\xd8\xff\xc2" + struct.pack(">HBHHB", 17, 8, 40_000, 40_000, 3) + bytes(40))
    with pytest.raises(EffectError, match=r"huge\.jpg") as refused:
        picture_backdrop(path, Fit.FILL)
    assert refused.value.fault is not None
    assert refused.value.fault.kind is FaultKind.TOO_LARGE


def test_a_video_behind_is_upright_tone_mapped_and_plays_at_its_own_times(tmp_path: Path) -> None:
    pictures = []
    for due_s, level in ((0.0, 300), (1.0, 721)):  # the second is HLG's diffuse white
        picture = av.VideoFrame(64, 48, "yuv420p10le")
        for plane, value in zip(picture.planes, (level, 512, 512), strict=True):
            plane.update(np.full(plane.buffer_size // 2, value, np.uint16).tobytes())
        pictures.append((due_s, picture))
    look = Look(pixels="yuv420p10le", colors=(9, 18, 9, 1))
    loop = VideoLoop(make_film(tmp_path / "hlg.mkv", pictures, look), Fit.FILL)
    seen = [int(loop.at((64, 48), 5.0 + number / 10)[20, 20, 1]) for number in range(12)]
    assert seen[0] == seen[9] == pytest.approx(70, abs=4)
    assert seen[10] == pytest.approx(229, abs=3)


def test_a_video_of_one_picture_stands_still(tmp_path: Path) -> None:
    loop = VideoLoop(make_film(tmp_path / "one.mkv", [(0.0, grey(90))]), Fit.FILL)
    assert {int(loop.at((64, 48), float(number))[0, 0, 0]) for number in range(4)} == {90}


def test_a_video_runs_in_its_own_time_and_over_again(video: Path) -> None:
    loop = VideoLoop(video, Fit.FILL)
    seen = [int(loop.at((64, 48), 5.0 + number / 30).mean()) for number in range(60)]
    assert [round(seen[index] / 20) for index in (0, 2, 4, 7, 28)] == [0, 0, 1, 2, 9]
    assert [round(seen[index] / 20) for index in (31, 34)] == [0, 1]


def test_a_source_that_stood_still_does_not_make_the_video_race(video: Path) -> None:
    loop = VideoLoop(video, Fit.FILL)
    loop.at((64, 48), 0.0)
    before = loop.at((64, 48), 0.11).mean()
    assert abs(loop.at((64, 48), 3600.0).mean() - before) < 3


@pytest.mark.parametrize("opened", [VideoLoop, picture_backdrop])
def test_a_pipe_cannot_be_read_and_keeps_nobody_waiting(
    tmp_path: Path, opened: Callable[[Path, Fit], Backdrop]
) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(EffectError) as told:
        opened(tmp_path / "pipe.mp4", Fit.FILL)
    assert told.value.fault is not None
    assert told.value.fault.kind is FaultKind.UNREADABLE


def test_a_video_that_is_overwritten_while_it_plays_keeps_its_last_picture(
    tmp_path: Path, video: Path
) -> None:
    path = tmp_path / "film.avi"
    path.write_bytes(video.read_bytes())
    loop = VideoLoop(path, Fit.FILL)
    path.unlink()
    path.write_text("no film any more")
    levels = [round(float(loop.at((64, 48), number / 10).mean()), -1) for number in range(30)]
    assert set(levels[9:]) == {180}


def test_of_a_video_with_enormous_pictures_its_size_is_told(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mkv", [(0.0, grey(60, (20_000, 4_000)))], Look("mjpeg", "yuvj420p"))
    with pytest.raises(EffectError) as told:
        VideoLoop(path, Fit.FILL)
    assert told.value.fault is not None
    assert told.value.fault.kind is FaultKind.TOO_LARGE
