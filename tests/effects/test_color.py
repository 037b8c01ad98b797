"""The colour filter: sliders, looks and files in one table, and nothing where nothing is set."""

from pathlib import Path

import numpy as np
import pytest

from effects.buffers import Buffers
from effects.color import Color, look_thumbnails
from effects.cube import Cube, cube_text, grid
from effects.filter import Context, EffectError
from effects.frame import Frame
from effects.params import Value, Values


def apply(frame: Frame, **chosen: Value) -> Frame:
    color, buffers = Color(), Buffers()
    plan = color.plan(Values(color.parameters, chosen))
    buffers.begin(frame)
    return frame if plan is None else color.apply(frame, Context(), plan, buffers)


@pytest.mark.parametrize(
    "chosen",
    [{}, {"look": "film", "intensity": 0.0}, {"file": "unused.cube"}],
)
def test_color_that_changes_nothing_is_not_in_use(chosen: dict[str, Value]) -> None:
    color = Color()
    assert color.plan(Values(color.parameters, chosen)) is None


def test_an_identity_file_is_not_in_use(tmp_path: Path) -> None:
    path = tmp_path / "identity.cube"
    path.write_text(cube_text(Cube(grid(17).reshape(17, 17, 17, 3))))
    color = Color()
    assert color.plan(Values(color.parameters, {"look": "file", "file": str(path)})) is None


def test_a_bad_file_is_refused_when_it_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "bad.cube"
    path.write_text("LUT_3D_SIZE 2\n0 0 x\n")
    color = Color()
    with pytest.raises(EffectError, match="line 2"):
        color.plan(Values(color.parameters, {"look": "file", "file": str(path)}))
    with pytest.raises(EffectError, match="none is chosen"):
        color.plan(Values(color.parameters, {"look": "file"}))


def test_each_slider_goes_its_way(portrait: Frame) -> None:
    blue, green, red = portrait.reshape(-1, 3).mean(0)
    assert (
        apply(portrait, brightness=50.0).mean() > portrait.mean() > apply(portrait, brightness=-50.0).mean()
    )
    assert apply(portrait, contrast=60.0).std() > portrait.std() > apply(portrait, contrast=-60.0).std()
    warm = apply(portrait, temperature=80.0).reshape(-1, 3).mean(0)
    assert warm[2] / warm[0] > red / blue
    magenta = apply(portrait, tint=80.0).reshape(-1, 3).mean(0)
    assert magenta[1] / magenta[0] < green / blue
    grey = apply(portrait, saturation=-100.0).astype(int)
    assert np.abs(grey[..., 0] - grey[..., 2]).max() <= 8
    edges = [
        float(np.abs(np.diff(each.astype(int), axis=1)).mean())
        for each in (portrait, apply(portrait, sharpen=50.0))
    ]
    assert edges[1] > 1.1 * edges[0]


def test_intensity_mixes_the_look_in(portrait: Frame) -> None:
    half, whole = (apply(portrait, look="mono", intensity=share) for share in (50.0, 100.0))
    middle = (portrait.astype(int) + whole) / 2
    assert np.abs(half - middle).mean() < 2


def test_color_does_not_write_its_source(portrait: Frame) -> None:
    before = portrait.copy()
    apply(portrait, look="film", sharpen=40.0)
    apply(portrait, sharpen=40.0)
    assert np.array_equal(portrait, before)


def test_thumbnails_show_every_look(portrait: Frame) -> None:
    small = np.ascontiguousarray(portrait[:64, 100:164])
    pictures = look_thumbnails(small)
    assert np.array_equal(pictures["none"], small)
    assert len(pictures) >= 13
    assert all(not np.array_equal(picture, small) for name, picture in pictures.items() if name != "none")
