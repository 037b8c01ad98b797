"""Decoded pictures as frames: upright, square, in the right colours, nothing shown that is hidden."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from effects.files.film import Film
from effects.files.frames import Developer, over_black, scaled_to
from effects.frame import Frame
from tests.support.media_file import Look, make_film

COLOR = (0.2, 0.8, 0.3)
"""Red, green and blue, 0 to 1."""


def first_of(path: Path, enough: tuple[int, int] = (640, 640)) -> Frame:
    with Film(path, enough) as film:
        return next(film.pictures()).image


def with_corner(size: tuple[int, int] = (64, 32)) -> av.VideoFrame:
    """A black picture with a white quarter above on the left."""
    image = np.zeros((size[1], size[0], 3), np.uint8)
    image[: size[1] // 2, : size[0] // 2] = 255
    return av.VideoFrame.from_ndarray(image, "bgr24")


def quarters(frame: Frame) -> str:
    height, width = frame.shape[:2]
    places = [(y, x) for y in (height // 4, height * 3 // 4) for x in (width // 4, width * 3 // 4)]
    return "".join("#" if frame[place].mean() > 128 else "." for place in places)


@pytest.mark.parametrize("container", ["mp4", "mkv"])
@pytest.mark.parametrize(
    ("turn", "shape", "seen"),
    [
        ((0, False), (32, 64, 3), "#..."),
        ((90, False), (64, 32, 3), "..#."),
        ((180, False), (32, 64, 3), "...#"),
        ((270, False), (64, 32, 3), ".#.."),
        ((0, True), (32, 64, 3), ".#.."),
        ((90, True), (64, 32, 3), "...#"),
    ],
)
def test_a_film_is_shown_upright_and_mirrored_as_its_camera_noted(
    tmp_path: Path, container: str, turn: tuple[int, bool], shape: tuple[int, ...], seen: str
) -> None:
    look = Look("mpeg4", "yuv420p", turned=turn[0], mirrored=turn[1])
    frame = first_of(make_film(tmp_path / f"film.{container}", [(0.0, with_corner())], look))
    assert frame.shape == shape
    assert quarters(frame) == seen


@pytest.mark.parametrize(
    ("pixel_shape", "shape"),
    [(Fraction(2), (32, 128, 3)), (Fraction(1, 2), (64, 64, 3)), (Fraction(99), (32, 64, 3))],
)
def test_pixels_of_a_film_become_square(
    tmp_path: Path, pixel_shape: Fraction, shape: tuple[int, ...]
) -> None:
    look = Look("mpeg4", "yuv420p", pixel_shape=pixel_shape)
    assert first_of(make_film(tmp_path / "film.mp4", [(0.0, with_corner())], look)).shape == shape


def in_luma_and_chroma(red_share: float, blue_share: float, range_: int) -> av.VideoFrame:
    """COLOR in a matrix of these weights, 8 bits, limited (1) or full (2) range."""
    red, green, blue = COLOR
    luma = red_share * red + (1 - red_share - blue_share) * green + blue_share * blue
    chroma = (blue - luma) / (2 * (1 - blue_share)), (red - luma) / (2 * (1 - red_share))
    scales = (219, 16, 224) if range_ == 1 else (255, 0, 255)
    levels = (scales[1] + scales[0] * luma, *(128 + scales[2] * each for each in chroma))
    frame = av.VideoFrame(64, 48, "yuv420p")
    for plane, level in zip(frame.planes, levels, strict=True):
        plane.update(np.full(plane.buffer_size, round(level), np.uint8).tobytes())
    return frame


@pytest.mark.parametrize("range_", [1, 2])
@pytest.mark.parametrize(
    ("matrix", "shares"),
    [(1, (0.2126, 0.0722)), (5, (0.299, 0.114)), (6, (0.299, 0.114)), (9, (0.2627, 0.0593))],
)
def test_the_matrix_and_the_range_that_a_film_names_are_used(
    tmp_path: Path, matrix: int, shares: tuple[float, float], range_: int
) -> None:
    look = Look("ffv1", "yuv420p", colors=(1, 1, matrix, range_))
    frame = first_of(make_film(tmp_path / "film.mkv", [(0.0, in_luma_and_chroma(*shares, range_))], look))
    assert frame[20, 20] / 255 == pytest.approx(COLOR[::-1], abs=0.015)


@pytest.mark.parametrize(("width", "shares"), [(1920, (0.2126, 0.0722)), (640, (0.299, 0.114))])
def test_a_film_that_names_no_matrix_is_taken_for_hd_or_less_by_its_size(
    width: int, shares: tuple[float, float]
) -> None:
    frame = in_luma_and_chroma(*shares, 1).reformat(width=width, height=360)
    frame.colorspace = 2
    assert Developer((64, 48)).developed(frame)[8, 8] / 255 == pytest.approx(COLOR[::-1], abs=0.015)


@pytest.mark.parametrize(("transfer", "level"), [(18, 229), (16, 254)])
@pytest.mark.parametrize("enough", [(64, 48), (32, 24)])
def test_an_hdr_film_is_tone_mapped(
    tmp_path: Path, transfer: int, level: int, enough: tuple[int, int]
) -> None:
    picture = av.VideoFrame(64, 48, "yuv420p10le")
    for plane, value in zip(picture.planes, (64 + 876 * 0.75, 512, 512), strict=True):
        plane.update(np.full(plane.buffer_size // 2, round(value), np.uint16).tobytes())
    look = Look("ffv1", "yuv420p10le", colors=(9, transfer, 9, 1))
    frame = first_of(make_film(tmp_path / "film.mkv", [(0.0, picture)], look), enough)
    assert frame.shape == (*enough[::-1], 3)
    assert frame[20, 20].tolist() == pytest.approx([level] * 3, abs=3)


@pytest.mark.parametrize(
    ("container", "look"),
    [("mov", Look("png", "rgba")), ("webm", Look("libvpx-vp9", "yuva420p")), ("mkv", Look("ffv1", "bgra"))],
)
def test_what_a_film_hides_is_not_shown(tmp_path: Path, container: str, look: Look) -> None:
    image = np.full((48, 64, 4), (30, 40, 200, 255), np.uint8)
    image[:24, :, 3] = 0
    picture = av.VideoFrame.from_ndarray(image, "bgra").reformat(format=look.pixels)
    frame = first_of(make_film(tmp_path / f"film.{container}", [(0.0, picture)], look))
    assert frame[:20].max() == 0
    assert frame[30:].mean((0, 1)) == pytest.approx([30, 40, 200], abs=6)


def test_half_of_what_is_half_transparent_is_seen() -> None:
    assert over_black(np.full((600, 2, 4), (100, 200, 50, 128), np.uint8))[599, 1].tolist() == [50, 100, 25]


@pytest.mark.parametrize(
    ("size", "made"), [((3840, 2160), (1280, 720)), ((640, 360), (640, 360)), ((60000, 100), (8192, 14))]
)
def test_pictures_are_made_as_small_as_still_covers(size: tuple[int, int], made: tuple[int, int]) -> None:
    assert scaled_to(size, (1280, 720)) == made
