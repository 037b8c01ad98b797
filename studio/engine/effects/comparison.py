"""Shows the host a picture before and after its effects, in the preview alone: viewers get the after."""

from typing import Final

from effects.buffers import FramePool
from studio.engine.effects.frame_queue import Finished
from studio.engine.effects.source_effects import OnePicture
from studio.engine.media import Picture, VideoFrame
from studio.engine.messages.values import Comparison
from studio.engine.scene.compositor import Compositor
from studio.engine.scene.draw_list import DrawItem, DrawList
from studio.project.project import Canvas

_LINE: Final = 360
"""The line between both is two parts in so many wide: seen also where the preview is small."""
_LATEST_S: Final = 0.5
"""A source's picture this much older than the scene's is not in the scene any more: a slate is."""


class BeforeAfter:
    """Draws comparisons; `compared` belongs to the preview's thread, the rest may be set from any."""

    def __init__(self) -> None:
        self.comparison = Comparison.AFTER
        self._compositor = Compositor()
        self._pool = FramePool()

    def compared(self, frame: VideoFrame, finished: Finished | None) -> VideoFrame:
        """Return the picture for the preview.

        Args:
            frame: the composed scene, with effects.
            finished: what of the source is in the scene; None when it has no effects.
        """
        if self.comparison is Comparison.AFTER or finished is None:
            return frame
        if frame.captured_at - finished.after.captured_at > _LATEST_S:
            return frame
        height, width = frame.image.shape[:2]
        before = self._drawn(finished.before, width, height)
        if self.comparison is Comparison.BEFORE:
            return VideoFrame(before, frame.captured_at)
        # Both halves are of one moment: of the composed scene, the next source's picture may be here already.
        after = self._drawn(finished.after, width, height)
        return VideoFrame(self._split(before, after), frame.captured_at)

    def _drawn(self, frame: VideoFrame, width: int, height: int) -> Picture:
        scene = DrawList(Canvas(width, height), (DrawItem(OnePicture(frame)),))
        return self._compositor.compose(scene, frame.captured_at).image

    def _split(self, before: Picture, after: Picture) -> Picture:
        result = self._pool.take(after.shape)
        middle, line = after.shape[1] // 2, max(1, after.shape[1] // _LINE)
        result[:, :middle] = before[:, :middle]
        result[:, middle:] = after[:, middle:]
        result[:, max(0, middle - line) : middle + line] = 255
        return result
