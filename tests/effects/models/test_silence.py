"""No library of the effects looks up an address: the kernel kills the process that does."""

import importlib.util
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from effects.models.registry import Registry
from effects.models.silence import SilenceError, silence
from tests.support.no_network import can_forbid

pytestmark = pytest.mark.skipif(not can_forbid(), reason="only Linux can forbid it")

ROOT = Path(__file__).parents[3]
PICTURES = 90

PRELUDE = """
import sys
from pathlib import Path
import numpy as np
from tests.support.no_network import forbid_lookups
from effects.models.registry import Registry
registry = Registry.read(Path(sys.argv[1]))
forbid_lookups()
"""
MASKS = f"""
segmenter = Backend(registry.content("selfie_segmenter"), (256, 256))
for number in range({PICTURES}):
    segmenter.segment(np.full((256, 256, 3), number, np.uint8))
segmenter.close()
"""
MASKS_BY_MEDIAPIPE = "from effects.models.mediapipe_segmenter import MediapipeSegmenter as Backend" + MASKS
MASKS_BY_LITERT = "from effects.models.lite_segmenter import LiteSegmenter as Backend" + MASKS
FACES_BY_MEDIAPIPE = """
from effects.models.mediapipe_faces import MediapipeLandmarker
landmarker = MediapipeLandmarker(registry.content("face_landmarker"))
for number in range(30):
    landmarker.landmarks(np.full((360, 640, 3), number, np.uint8), number * 33)
landmarker.close()
"""
MEDIAPIPE_ITSELF = """
import mediapipe
from mediapipe.tasks import python as tasks
from mediapipe.tasks.python import vision
content = registry.content("selfie_segmenter")
options = vision.ImageSegmenterOptions(base_options=tasks.BaseOptions(model_asset_buffer=content))
task = vision.ImageSegmenter.create_from_options(options)
task.segment(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.zeros((256, 256, 3), np.uint8)))
task.close()
"""


def run(program: str, models: Registry) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", PRELUDE + program, str(models.folder)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("program", [MASKS_BY_LITERT, MASKS_BY_MEDIAPIPE, FACES_BY_MEDIAPIPE])
def test_no_backend_looks_up_an_address(program: str, models: Registry) -> None:
    done = run(program, models)
    assert done.returncode == 0, done.stderr[-2000:]


def test_litert_has_nothing_to_look_up_with() -> None:
    spec = importlib.util.find_spec("ai_edge_litert")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("LiteRT is not here")
    libraries = [*Path(spec.submodule_search_locations[0]).rglob("*.so")]
    assert libraries
    assert not [path for path in libraries if b"\0getaddrinfo\0" in path.read_bytes()]


def test_only_the_resolver_of_that_library_is_taken_away(models: Registry) -> None:
    program = """
from effects.models.mediapipe_tasks import load_mediapipe
load_mediapipe()
import socket
socket.getaddrinfo("localhost", 80)
import os
assert os.getpid() == int(open("/proc/self/stat").read().split()[0])
"""
    assert run(program, models).returncode == 0


def test_a_library_that_is_not_loaded_cannot_be_silenced(tmp_path: Path) -> None:
    with pytest.raises(SilenceError, match=r"gone\.so"):
        silence(tmp_path / "gone.so")


def test_the_kernel_would_have_caught_it(models: Registry) -> None:
    assert (
        run("import socket; socket.getaddrinfo('nowhere.invalid', 80)", models).returncode == -signal.SIGSYS
    )


def test_mediapipe_itself_still_looks_one_up_so_our_care_is_still_needed(models: Registry) -> None:
    assert run(MEDIAPIPE_ITSELF, models).returncode == -signal.SIGSYS
