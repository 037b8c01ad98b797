"""The spawned process's first function; light, because the studio imports it too and needs no codecs."""

from multiprocessing.connection import Connection


def run_engine(commands: Connection, frames: Connection, ring_prefix: str) -> None:
    """Import the engine and run it (see `studio.engine.process.engine_main`)."""
    # Before OpenCV: both wheels carry a libxcb-shm of one name, the first loaded serves both, and only PyAV's
    # fits PyAV's libxcb. With OpenCV's, FFmpeg's X11 capture crashes (PyAV 17.1 with opencv-python 5.0).
    import av  # noqa: F401

    from studio.engine.process import engine_main

    engine_main(commands, frames, ring_prefix)
