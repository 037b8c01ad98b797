from pathlib import Path

import av
import numpy as np

from tests.support.portrait_video import FPS, HEIGHT, WIDTH, make_portrait_video


def test_the_portrait_fills_an_upright_picture_and_moves(tmp_path: Path) -> None:
    path = make_portrait_video(tmp_path / "portrait.mp4", seconds=0.5)
    with av.open(str(path)) as container:
        pictures = [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]
    assert len(pictures) == FPS // 2
    assert pictures[0].shape == (HEIGHT, WIDTH, 3)
    assert min(picture.std() for picture in pictures) > 40
    assert np.abs(pictures[0].astype(int) - pictures[4]).mean() > 2
