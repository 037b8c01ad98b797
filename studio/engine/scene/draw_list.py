"""What the compositor draws: pictures in their places on the canvas, the lowest first."""

from dataclasses import dataclass
from typing import Protocol

from studio.engine.media import VideoFrame
from studio.project.project import FULL_CANVAS, Canvas, Transform


class FrameProvider(Protocol):
    """Anything that can be drawn."""

    def newest(self, at: float) -> VideoFrame | None:
        """Return the newest picture at this time of the master clock; None when there is none.

        It is called once a frame.
        """


class Standby(Protocol):
    """A source that is open and not in the picture now."""

    def watch(self, at: float) -> None:
        """Look whether it still gives pictures; called about twice a second."""


@dataclass(frozen=True)
class DrawItem:
    """One thing in the picture."""

    provider: FrameProvider
    transform: Transform = FULL_CANVAS


@dataclass(frozen=True)
class DrawList:
    """All that is in the picture, the lowest first; never changed, but replaced by another.

    `standby` is what may come into it at any moment.
    """

    canvas: Canvas
    items: tuple[DrawItem, ...] = ()
    standby: tuple[Standby, ...] = ()

    @property
    def providers(self) -> list[FrameProvider]:
        """What is in the picture, the lowest first."""
        return [item.provider for item in self.items]
