import cv2
import numpy as np
import pytest

from studio.engine.media import Picture
from studio.engine.publish.pixels import AvFrames, PlanarScaler
from tests.studio.engine.publish.conftest import HEIGHT, WIDTH, picture, planar


def test_both_pixel_formats_hold_the_same_picture() -> None:
    source = planar(picture(3), 0.0)
    flat = AvFrames(source.size, "yuv420p").make(source)
    semi = AvFrames(source.size, "nv12").make(source)
    assert np.array_equal(flat.to_ndarray(), semi.reformat(format="yuv420p").to_ndarray())


def test_a_scaled_picture_is_the_same_picture_with_its_colours_and_its_time() -> None:
    image = cv2.GaussianBlur(picture(3), (0, 0), 4)
    small = PlanarScaler(WIDTH // 2, HEIGHT // 2).scale(planar(np.asarray(image, np.uint8), 7.5))
    assert (small.size, small.captured_at) == ((WIDTH // 2, HEIGHT // 2), 7.5)
    seen = cv2.cvtColor(small.planes, cv2.COLOR_YUV2BGR_I420).astype(int)
    wanted = cv2.resize(image, small.size, interpolation=cv2.INTER_AREA).astype(int)
    assert np.abs(seen - wanted).mean() < 4


@pytest.mark.parametrize("size", [(720, 1280), (1280, 720), (360, 640)])
def test_halves_of_the_picture_stay_where_they_are(size: tuple[int, int]) -> None:
    width, height = size
    image: Picture = np.zeros((height, width, 3), np.uint8)
    image[: height // 2, : width // 2] = (40, 90, 200)
    small = PlanarScaler(width // 4, height // 4).scale(planar(image, 0.0))
    seen = cv2.cvtColor(small.planes, cv2.COLOR_YUV2BGR_I420)
    assert np.abs(seen[height // 16, width // 16].astype(int) - (40, 90, 200)).max() <= 6
    assert seen[height // 16 * 3, width // 16 * 3].max() <= 3
