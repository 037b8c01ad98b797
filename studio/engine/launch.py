"""The spawned process's first function; light, because the studio imports it too and needs no codecs."""

from contextlib import ExitStack, suppress
from multiprocessing.connection import Connection
from pathlib import Path


def run_engine(
    commands: Connection, frames: Connection, ring_prefix: str, log_folder: Path | None = None
) -> None:
    """Import the engine and run it (see `studio.engine.process.engine_main`).

    It logs into `log_folder`; where there is none, or it cannot be written, to stderr.
    """
    # Before OpenCV: both wheels carry a libxcb-shm of one name, the first loaded serves both, and only PyAV's
    # fits PyAV's libxcb. With OpenCV's, FFmpeg's X11 capture crashes (PyAV 17.1 with opencv-python 5.0).
    import av  # noqa: F401

    from studio.engine.process import engine_main
    from studio.logs import logging_into

    with ExitStack() as stack:
        if log_folder is not None:
            with suppress(OSError):
                stack.enter_context(logging_into(log_folder, "engine"))
        engine_main(commands, frames, ring_prefix)
