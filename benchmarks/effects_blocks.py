"""What single effects cost beside libavfilter's, on the same 720p frame in one process; how true they are.

The look is compared with `lut3d` (tetrahedral, 33 entries a side) and the exact trilinear result, the green
screen, which also takes the wall's light off, with `chromakey` at its best setting and the known truth. They
take turns; CPU time of the whole process counts, the least of many rounds. Then the minor page faults of a
chain at work are counted.
"""

import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame

from effects.background import Background
from effects.buffers import Buffers
from effects.chain import Chain
from effects.color import Color
from effects.cube import Cube, cube_text, grid
from effects.delta_table import DeltaTable
from effects.filter import Context
from effects.finisher import Finisher
from effects.frame import Frame
from effects.governor import FULL
from effects.grading import Look, graded, read_looks
from effects.green_screen import GreenScreen
from effects.observer import Observation, reduced_frame
from effects.params import Settings, Values
from tests.support.green_wall import GreenWall, green_wall, squared_error

WIDTH, HEIGHT = 1280, 720
ROUNDS: Final = 12
OURS_A_ROUND: Final = 8
PORTRAIT: Final = Path(__file__).parents[1] / "tests" / "effects" / "data" / "astronaut.jpg"
SIMILARITIES: Final = (0.02, 0.03, 0.05, 0.08, 0.12)
BLENDS: Final = (0.02, 0.05, 0.08, 0.12, 0.2)


def main() -> None:
    """Measure, print a table, and end with the figures."""
    cv2.setNumThreads(1)
    figures = {**look_figures(), **key_figures(), **fault_figures()}
    for name, value in figures.items():
        print(f"{name:28s} {value:9.3f}")
    print(json.dumps({"figures": {name: round(value, 4) for name, value in figures.items()}}))


def portrait() -> Frame:
    """Return the portrait in the middle of a 720p frame."""
    picture = cv2.imread(str(PORTRAIT))
    assert picture is not None
    tall = cv2.resize(picture, (HEIGHT, HEIGHT), interpolation=cv2.INTER_CUBIC)
    side = (WIDTH - HEIGHT) // 2
    return np.asarray(cv2.copyMakeBorder(tall, 0, 0, side, side, cv2.BORDER_REFLECT), np.uint8)


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the CPU milliseconds of the whole process for one run."""
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def compared_ms(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Return the least CPU milliseconds of both, run in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        times[0].extend(cpu_ms(ours) for _ in range(OURS_A_ROUND))
        times[1].append(cpu_ms(theirs))
    return min(times[0]), min(times[1])


# --- Looks
# -----------------------------------------------------------------------------------------------------------


def look_figures() -> dict[str, float]:
    """Compare the table with lut3d; the accuracy is that of the worst of all built-in looks."""
    frame = portrait()
    psnr_db = [look_psnr_db(frame, look) for look in read_looks()]
    look = next(each for each in read_looks() if each.name == "film")
    cube = cube_of(look)
    table, buffers = DeltaTable(cube.sample), Buffers()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "look.cube"
        path.write_text(cube_text(cube))
        theirs = libavfilter(frame, "lut3d", f"file={path}:interp=tetrahedral", "bgr24")
        ours_ms, theirs_ms = compared_ms(lambda: table.apply(frame, buffers), theirs)
        theirs_db = psnr(np.asarray(theirs().to_ndarray(format="bgr24"), np.uint8), exact(cube, frame))
    return {
        "lut_ms": ours_ms,
        "lut3d_ms": theirs_ms,
        "lut_ratio": ours_ms / theirs_ms,
        "lut_psnr_db": min(psnr_db),
        "lut_psnr_db_median": statistics.median(psnr_db),
        "lut3d_psnr_db": theirs_db,
    }


def cube_of(look: Look) -> Cube:
    """Return a look as a table of 33 entries a side."""
    return Cube(graded(grid(33), look.grade).reshape(33, 33, 33, 3))


def exact(cube: Cube, frame: Frame) -> npt.NDArray[np.float32]:
    """Return the frame in a look, trilinear, not rounded: levels as float32."""
    colors = frame.reshape(-1, 3)[:, ::-1].astype(np.float32) / np.float32(255)
    return (np.clip(cube.sample(colors), 0, 1) * 255)[:, ::-1].reshape(frame.shape)


def look_psnr_db(frame: Frame, look: Look) -> float:
    """Return how near the fast path comes to the exact one."""
    cube = cube_of(look)
    return psnr(DeltaTable(cube.sample).apply(frame, Buffers()), exact(cube, frame))


def psnr(found: npt.NDArray[np.uint8], expected: npt.NDArray[np.float32]) -> float:
    """Return the peak signal-to-noise ratio in dB."""
    return 10 * float(np.log10(255**2 / np.mean((found.astype(np.float32) - expected) ** 2)))


def libavfilter(frame: Frame, name: str, arguments: str, pixels: str) -> Callable[[], VideoFrame]:
    """Return what runs a filter on the frame, which is converted to its pixel format beforehand."""
    graph = Graph()
    height, width = frame.shape[:2]
    source = graph.add_buffer(
        width=width, height=height, format=VideoFormat(pixels, width, height), time_base=Fraction(1, 30)
    )
    middle, sink = graph.add(name, arguments), graph.add("buffersink")
    source.link_to(middle)
    middle.link_to(sink)
    graph.configure()
    picture = VideoFrame.from_ndarray(frame, format="bgr24").reformat(format=pixels)
    numbers = iter(range(1 << 30))

    def run() -> VideoFrame:
        picture.pts = next(numbers)
        graph.push(picture)
        result = graph.pull()
        assert isinstance(result, VideoFrame)
        return result

    return run


# --- Green screen
# ----------------------------------------------------------------------------------------------------


def key_figures() -> dict[str, float]:
    """Compare the green screen with chromakey at the wall's mean colour and its best settings."""
    scene = wall_scene()
    screen, buffers = GreenScreen(), Buffers()
    plan = screen.plan(Values(screen.parameters, {"key": "automatic"}))
    assert plan is not None
    context = Context()

    def ours() -> None:
        screen.apply(scene.frame, context, plan, buffers)

    color = "0x{:02x}{:02x}{:02x}".format(*scene.frame[scene.truth < 0.01].mean(axis=0).astype(int)[::-1])
    settings = [f"color={color}:similarity={each}:blend={blend}" for each in SIMILARITIES for blend in BLENDS]
    keyers = [libavfilter(scene.frame, "chromakey", each, "yuva420p") for each in settings]
    errors = [squared_error(alpha_of(keyer()), scene.truth) for keyer in keyers]
    best = int(np.argmin(errors))
    ours_ms, theirs_ms = compared_ms(ours, keyers[best])
    assert context.matte is not None
    error = squared_error(context.matte, scene.truth)
    return {
        "key_ms": ours_ms,
        "chromakey_ms": theirs_ms,
        "key_ratio": ours_ms / theirs_ms,
        "key_error": error * 1000,
        "chromakey_error": errors[best] * 1000,
        "key_error_ratio": error / errors[best],
    }


def wall_scene() -> GreenWall:
    """Return the portrait, cut out by a soft silhouette with wisps of hair, before a green wall."""
    truth = np.zeros((HEIGHT, WIDTH), np.float32)
    cv2.ellipse(truth, (640, 420), (240, 340), 0, 0, 360, 1, -1, cv2.LINE_AA)
    truth[::7, 850:930] = np.maximum(truth[::7, 850:930], 0.6)
    return green_wall(portrait(), np.asarray(cv2.GaussianBlur(truth, (5, 5), 0), np.float32))


def alpha_of(frame: VideoFrame) -> npt.NDArray[np.uint8]:
    """Return the alpha plane of a yuva420p frame."""
    plane = frame.planes[3]
    return np.frombuffer(bytes(plane), np.uint8).reshape(frame.height, plane.line_size)[:, : frame.width]


# --- Page faults
# -----------------------------------------------------------------------------------------------------


def fault_figures() -> dict[str, float]:
    """Count the minor page faults a frame of matte, look and replaced background, once memory is there."""
    frame = portrait()
    chain = Chain([Color(), Background()])
    chain.change(Settings({"color": {"look": "film"}, "background": {"kind": "picture"}}))
    finisher = Finisher(chain)
    mask = np.zeros((256, 256), np.float32)
    cv2.circle(mask, (128, 150), 70, 1.0, -1, cv2.LINE_AA)
    observe = partial(Observation, frame, reduced=reduced_frame(frame, Buffers()), probability=mask)
    before, frames = 0, 60
    for number in range(30 + frames):
        if number == 30:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        finisher.finish(observe(time_s=number / 30), FULL)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    return {"minor_faults_per_frame": (after - before) / frames}


if __name__ == "__main__":
    main()
