"""Recordings as the engine tells of them."""

import cv2
import numpy as np

from studio.engine.messages.recording import Chapter, RecordingRead

THUMBNAIL = cv2.imencode(".jpg", np.full((96, 54, 3), 90, np.uint8))[1].tobytes()
CHAPTERS = (Chapter(0, "Start"), Chapter(20_000, "Tea"), Chapter(65_000, "Shoes"))


def recording(
    path: str = "/v/show.mp4",
    *,
    seconds: float = 90.0,
    chapters: tuple[Chapter, ...] = CHAPTERS,
    is_growing: bool = False,
) -> RecordingRead:
    """A recording of 48.2 MB."""
    return RecordingRead(path, 1_790_000_000, 48_200_000, seconds, chapters, is_growing, THUMBNAIL)
