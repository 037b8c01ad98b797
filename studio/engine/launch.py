"""The spawned process's first function; light, because the studio imports it too and needs no codecs."""

from multiprocessing.connection import Connection


def run_engine(commands: Connection, frames: Connection, ring_prefix: str) -> None:
    """Import the engine and run it (see `studio.engine.process.engine_main`)."""
    from studio.engine.process import engine_main

    engine_main(commands, frames, ring_prefix)
