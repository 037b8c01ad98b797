"""Loads mediapipe, silenced: without that it looks up a metrics host."""

from pathlib import Path
from typing import Any, NamedTuple

from effects.models.registry import ModelError
from effects.models.silence import SilenceError, silence


class Mediapipe(NamedTuple):
    """The parts of mediapipe that are used."""

    tasks: Any
    vision: Any
    image: Any
    rgb: Any


def load_mediapipe() -> Mediapipe:
    """Import mediapipe; the first time in a process this takes seconds.

    Raises:
        ModelError: it, or a shared library that it needs, is not here; or it cannot be kept from the network.
    """
    try:
        import mediapipe
        from mediapipe.tasks import python as tasks
        from mediapipe.tasks.python import vision
        from mediapipe.tasks.python.core import mediapipe_c_bindings

        library = mediapipe_c_bindings.load_raw_library()
        silence(Path(library._name))  # noqa: SLF001 - ctypes has no other way to tell a library's path
    except (ImportError, OSError, SilenceError) as error:
        raise ModelError(f"mediapipe cannot be used here: {error}") from error
    return Mediapipe(tasks, vision, mediapipe.Image, mediapipe.ImageFormat.SRGB)
