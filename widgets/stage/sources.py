"""How a source is doing, as the panels show it."""

from enum import StrEnum


class Health(StrEnum):
    """How a source is doing; `SourceState` tells what the trouble is."""

    OPENING = "opening"
    RUNNING = "running"
    TROUBLED = "troubled"
    FAILED = "failed"
