"""One MP4 file that can be played while it grows and after a crash."""

from pathlib import Path
from typing import Final

from studio.engine.messages.recording import Chapter
from studio.engine.publish.encoder import EncodedPicture
from studio.engine.record.chapters import to_muxed
from studio.engine.record.media_writer import MediaWriter

FRAGMENT_US: Final = 1_000_000
"""A file whose process was killed lacks at most this much, and what was still encoded."""


class Mp4Writer(MediaWriter):
    """Writes one file. The sound is AAC: of Opus in MP4 too many players and editors know nothing.

    Fragments go to disk every second; on `close` FFmpeg makes a usual MP4 of it, with all chapters
    (`hybrid_fragmented`).

    Args:
        path: it is written over.
        first: the keyframe that it begins with.
    """

    def __init__(self, path: Path, first: EncodedPicture) -> None:
        options = {
            "movflags": "hybrid_fragmented",
            "frag_duration": str(FRAGMENT_US),
            "flush_packets": "1",
        }
        super().__init__(str(path), "mp4", options, first)

    def set_chapters(self, chapters: tuple[Chapter, ...], seconds: float) -> None:
        """Set the chapters, in order, of a file that is so long; any time before `close`."""
        self._container.set_chapters(to_muxed(chapters, round(seconds * 1000)))
