"""The green screen: finds the wall itself, keeps goods' colours, and is at least as true as libavfilter's."""

from fractions import Fraction

import cv2
import numpy as np
import pytest
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame

from effects.buffers import Buffers
from effects.filter import Context
from effects.frame import Frame, Mask
from effects.green_screen import GreenScreen, pick_key
from effects.params import Value, Values
from tests.support.green_wall import GreenWall, green_wall, squared_error


@pytest.fixture(scope="module")
def scene(portrait: Frame) -> GreenWall:
    truth = np.zeros((512, 512), np.float32)
    cv2.ellipse(truth, (256, 300), (150, 230), 0, 0, 360, 1, -1, cv2.LINE_AA)
    truth[::7, 380:420] = np.maximum(truth[::7, 380:420], 0.6)  # wisps of hair
    return green_wall(portrait, np.asarray(cv2.GaussianBlur(truth, (5, 5), 0), np.float32))


def key(frame: Frame, **chosen: Value) -> tuple[Frame, Mask]:
    screen, buffers, context = GreenScreen(), Buffers(), Context()
    plan = screen.plan(Values(screen.parameters, {"key": "automatic", **chosen}))
    assert plan is not None
    buffers.begin(frame)
    result = screen.apply(frame, context, plan, buffers)
    assert context.matte is not None
    return result, context.matte


def libavfilters_best(scene: GreenWall) -> float:
    """Return the least squared error of libavfilter's chromakey over the wall's colours and similarities."""
    height, width = scene.truth.shape
    middle = scene.frame[scene.truth < 0.01].mean(axis=0)
    errors = []
    for similarity in (0.03, 0.05, 0.08, 0.12):
        graph = Graph()
        source = graph.add_buffer(
            width=width,
            height=height,
            format=VideoFormat("yuva420p", width, height),
            time_base=Fraction(1, 30),
        )
        color = "0x{:02x}{:02x}{:02x}".format(*(int(level) for level in middle[::-1]))
        keyer = graph.add("chromakey", f"color={color}:similarity={similarity}:blend=0.08")
        sink = graph.add("buffersink")
        source.link_to(keyer)
        keyer.link_to(sink)
        graph.configure()
        frame = VideoFrame.from_ndarray(scene.frame, format="bgr24").reformat(format="yuva420p")
        frame.pts = 0
        graph.push(frame)
        result = graph.pull()
        assert isinstance(result, VideoFrame)
        plane = result.planes[3]
        alpha = np.frombuffer(bytes(plane), np.uint8).reshape(height, plane.line_size)[:, :width]
        errors.append(squared_error(alpha, scene.truth))
    return min(errors)


def test_the_wall_is_found_and_the_mask_is_truer_than_libavfilters(scene: GreenWall) -> None:
    _, matte = key(scene.frame)
    assert squared_error(matte, scene.truth) <= libavfilters_best(scene)
    assert matte[scene.truth < 0.01].mean() < 2
    assert matte[scene.truth > 0.99].mean() > 250


def test_a_blue_wall_is_found_too(portrait: Frame, scene: GreenWall) -> None:
    blue = green_wall(portrait, scene.truth, (200.0, 90.0, 40.0))
    _, matte = key(blue.frame)
    assert squared_error(matte, blue.truth) < 0.01


def test_a_chosen_colour_does_as_well(scene: GreenWall) -> None:
    blue, green, red = (int(level) for level in scene.frame[scene.truth < 0.01].mean(axis=0))
    _, matte = key(scene.frame, key="chosen", color=f"#{red:02x}{green:02x}{blue:02x}")
    assert squared_error(matte, scene.truth) < 0.01


def test_the_walls_light_is_taken_off_the_edges(scene: GreenWall) -> None:
    edges = (scene.truth > 0.3) & (scene.truth < 0.9)
    greenness = [
        float((picture[edges][:, 1] - picture[edges][:, ::2].mean(axis=1)).mean())
        for picture in (scene.frame.astype(np.float32), key(scene.frame)[0].astype(np.float32))
    ]
    assert greenness[1] < 0.4 * greenness[0]  # her suit is orange: what is yellow may be its own


@pytest.mark.parametrize(
    "goods", [(40, 40, 200), (30, 200, 230), (200, 80, 160), (255, 255, 255), (120, 150, 200), (10, 10, 10)]
)
def test_goods_keep_their_colour_bit_for_bit(scene: GreenWall, goods: tuple[int, int, int]) -> None:
    frame = scene.frame.copy()
    frame[250:350, 200:300] = goods
    result, matte = key(frame)
    assert (result[260:340, 210:290] == goods).all()
    assert (matte[260:340, 210:290] == 255).all()


def test_without_a_wall_nothing_is_cut_out(portrait: Frame) -> None:
    assert pick_key(portrait) is None
    screen, context = GreenScreen(), Context()
    plan = screen.plan(Values(screen.parameters, {"key": "automatic"}))
    assert plan is not None
    assert screen.apply(portrait, context, plan, Buffers()) is portrait
    assert context.matte is None


def test_a_wall_that_gets_darker_is_followed(scene: GreenWall) -> None:
    screen, buffers = GreenScreen(), Buffers()
    plan = screen.plan(Values(screen.parameters, {"key": "automatic"}))
    assert plan is not None
    error = 1.0
    for second, light in enumerate(np.linspace(1.0, 0.6, 9)):
        frame = np.clip(scene.frame * light, 0, 255).astype(np.uint8)
        context = Context(time_s=2.0 * second)
        screen.apply(frame, context, plan, buffers)
        assert context.matte is not None
        error = squared_error(context.matte, scene.truth)
    assert error < 0.01


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 5, 3), (101, 77, 3)])
def test_the_green_screen_takes_frames_of_any_size(shape: tuple[int, ...]) -> None:
    frame = np.full(shape, (60, 190, 70), np.uint8)
    result, matte = key(frame)
    assert result.shape == shape
    assert matte.shape == shape[:2]
    assert matte.max() == 0


def test_off_it_is_not_in_use() -> None:
    assert GreenScreen().plan(Values(GreenScreen.parameters)) is None
