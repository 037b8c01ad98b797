"""The background: the person untouched, what is behind gone, no halo, no storm of page faults."""

import resource
from pathlib import Path

import cv2
import numpy as np
import pytest

from effects.background import Background, blurred_behind
from effects.buffers import Buffers
from effects.filter import Context, EffectError, Knowledge, Quality
from effects.frame import Frame, Mask
from effects.params import Value, Values


def edge_energy(picture: Frame) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.CV_64F).var())


def apply(frame: Frame, matte: Mask | None, quality: Quality | None = None, **chosen: Value) -> Frame:
    background, buffers = Background(), Buffers()
    plan = background.plan(Values(background.parameters, chosen))
    assert plan is not None
    buffers.begin(frame)
    context = Context(matte=matte, quality=quality or Quality(clean_edges=False))
    return background.apply(frame, context, plan, buffers)


@pytest.fixture(scope="module")
def matte(wide_portrait: Frame) -> Mask:
    """A person's silhouette of sorts, soft by some pixels."""
    mask = np.zeros(wide_portrait.shape[:2], np.uint8)
    cv2.ellipse(mask, (600, 420), (170, 330), 0, 0, 360, 255, -1, cv2.LINE_AA)
    return np.asarray(cv2.blur(mask, (7, 7)), np.uint8)


def test_the_background_needs_the_matte_and_its_hair() -> None:
    assert Background.needs == Knowledge.MATTE | Knowledge.HAIR


@pytest.mark.parametrize("chosen", [{}, {"kind": "blur", "blur": 0.0}])
def test_a_background_that_changes_nothing_is_not_in_use(chosen: dict[str, Value]) -> None:
    assert Background().plan(Values(Background.parameters, chosen)) is None


def test_while_the_person_is_not_known_the_frame_stays(wide_portrait: Frame) -> None:
    assert apply(wide_portrait, None, kind="blur") is wide_portrait


@pytest.mark.parametrize("chosen", [{"kind": "blur"}, {"kind": "picture"}, {"kind": "color"}])
def test_the_person_stays_bit_for_bit(wide_portrait: Frame, matte: Mask, chosen: dict[str, Value]) -> None:
    before = wide_portrait.copy()
    result = apply(wide_portrait, matte, None, **chosen)
    assert np.array_equal(result[matte == 255], wide_portrait[matte == 255])
    assert np.array_equal(wide_portrait, before)


def test_a_colour_behind_is_exactly_that_colour(wide_portrait: Frame, matte: Mask) -> None:
    result = apply(wide_portrait, matte, kind="color", color="#102030")
    assert (result[matte == 0] == (0x30, 0x20, 0x10)).all()


def test_blurring_takes_the_edges_from_behind_and_more_takes_more(wide_portrait: Frame, matte: Mask) -> None:
    corner = np.s_[0:300, 0:400]
    weak, strong = (apply(wide_portrait, matte, kind="blur", blur=blur)[corner] for blur in (20.0, 90.0))
    assert edge_energy(weak) < 0.2 * edge_energy(wide_portrait[corner])
    assert weak.astype(int).std() > strong.astype(int).std()


def test_a_bright_person_leaves_no_halo_in_the_blur() -> None:
    frame = np.full((720, 1280, 3), 20, np.uint8)
    matte = np.zeros((720, 1280), np.uint8)
    matte[200:700, 500:800] = 255
    frame[matte == 255] = 250
    result = apply(frame, matte, kind="blur", blur=100.0)
    assert result[matte == 0].max() <= 24  # of 250: what a byte of weight can hold


def test_the_change_ends_where_the_mask_ends(wide_portrait: Frame, matte: Mask) -> None:
    """Two quarter-size pixels inside the person's border: at most a level."""
    inside = np.asarray(cv2.erode(matte, np.ones((17, 17), np.uint8)), np.uint8) == 255
    result = apply(wide_portrait, matte, Quality(), kind="color")
    assert np.abs(result[inside].astype(int) - wide_portrait[inside]).max() <= 1


def test_hair_before_a_new_background_takes_the_persons_colour() -> None:
    frame = np.full((400, 400, 3), 250, np.uint8)  # a white wall
    matte = np.zeros((400, 400), np.uint8)
    cv2.circle(matte, (200, 200), 120, 255, -1)
    matte = np.asarray(cv2.blur(matte, (21, 21)), np.uint8)
    share = matte[..., None] / 255
    frame = (30 * share + frame * (1 - share)).astype(np.uint8)  # dark hair, the wall shines through
    fringe = (matte > 90) & (matte < 200)
    plain, clean = (
        apply(frame, matte, quality, kind="color", color="#000000")
        for quality in (Quality(clean_edges=False), Quality())
    )
    assert clean[fringe].mean() < 0.6 * plain[fringe].mean()


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 3, 3), (241, 319, 3), (2160, 3840, 3)])
@pytest.mark.parametrize("kind", ["blur", "picture"])
def test_the_background_takes_frames_of_any_size(shape: tuple[int, ...], kind: str) -> None:
    frame = np.full(shape, 128, np.uint8)
    result = apply(frame, np.full(shape[:2], 100, np.uint8), Quality(), kind=kind)
    assert result.shape == shape


def test_a_uniform_background_blurs_to_itself() -> None:
    quarter = np.full((90, 160, 3), 77, np.uint8)
    small = np.random.default_rng(1).integers(0, 200, (90, 160), np.uint8)
    assert np.abs(blurred_behind(quarter, small, 0.5, (640, 360), Buffers()).astype(int) - 77).max() <= 2


def test_files_are_asked_for_and_checked(tmp_path: Path) -> None:
    background = Background()
    with pytest.raises(EffectError, match="none is chosen"):
        background.plan(Values(background.parameters, {"kind": "video"}))
    wrong = {"kind": "picture", "picture": "file", "picture_file": str(tmp_path / "gone.png")}
    with pytest.raises(EffectError, match=r"gone\.png"):
        background.plan(Values(background.parameters, wrong))


@pytest.mark.parametrize("chosen", [{"kind": "blur"}, {"kind": "picture"}])
def test_the_background_uses_its_memory_again_in_the_steady_state(
    wide_portrait: Frame, matte: Mask, chosen: dict[str, Value]
) -> None:
    background, buffers = Background(), Buffers()
    plan = background.plan(Values(background.parameters, chosen))
    assert plan is not None
    context = Context(matte=matte)
    for _ in range(20):
        background.apply(wide_portrait, context, plan, buffers)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(40):
        background.apply(wide_portrait, context, plan, buffers)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before) / 40 < 50
