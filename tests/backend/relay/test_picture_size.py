import random

import pytest

from backend.relay.picture_size import PictureSize, picture_size
from tests.support.layered_stream import parameters


@pytest.mark.parametrize("size", [(1280, 720), (720, 1280), (640, 360), (180, 320), (1920, 1080), (16, 16)])
def test_the_size_of_an_encoders_pictures_is_read_from_its_parameters(size: tuple[int, int]) -> None:
    unit = parameters(*size)
    assert picture_size(unit) == PictureSize(*size)
    aggregated = b"\x78" + len(unit).to_bytes(2, "big") + unit + b"\x00\x02\x68\xce"
    assert picture_size(aggregated) == PictureSize(*size)


def test_the_parameters_of_a_high_profile_are_read_too() -> None:
    # 1280x720, profile 100, as x264 makes them.
    unit = bytes.fromhex("67640020acd9405005bb016a02020280000003008000001e478c18cb")
    assert picture_size(unit) == PictureSize(1280, 720)


def test_no_parameters_no_size_and_broken_ones_do_no_harm() -> None:
    dice = random.Random(1)
    whole = parameters(640, 360)
    assert picture_size(b"") is None
    assert picture_size(b"\x65\x88") is None
    assert picture_size(b"\x7c\x85\x88") is None
    for length in range(1, 10):
        assert picture_size(whole[:length]) is None
    for _ in range(2000):
        picture_size(b"\x67" + dice.randbytes(dice.randrange(60)))
