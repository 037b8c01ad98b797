"""Waiting for what a source's thread does."""

import time
from collections.abc import Callable
from typing import TypeVar

from studio.engine.media import VideoFrame
from studio.engine.sources.source import SourceError, VideoSource

Result = TypeVar("Result")
WAIT_S = 15


def until(read: Callable[[], Result | None]) -> Result:
    """Poll until there is something."""
    end = time.monotonic() + WAIT_S
    while (result := read()) is None:
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)
    return result


def first_frame(source: VideoSource) -> VideoFrame:
    """Wait for the first picture."""
    return until(lambda: source.newest(time.perf_counter()))


def failure_of(source: VideoSource) -> SourceError:
    """Wait until the source has failed."""
    return until(lambda: source.failure)


def frame_where(source: VideoSource, is_wanted: Callable[[VideoFrame], object]) -> VideoFrame:
    """Wait for a picture like this."""

    def read() -> VideoFrame | None:
        frame = source.newest(time.perf_counter())
        return frame if frame is not None and is_wanted(frame) else None

    return until(read)
