"""What a filter is: a frame and what is known of it in, a frame out; and what it may ask to know.

A filter is one file of this package with one subclass of `Filter`; `effects.catalog` finds it there. Nothing
else changes when one is added.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import Flag, IntEnum, auto
from typing import ClassVar, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from effects.buffers import Buffers
from effects.frame import Frame, Mask
from effects.opinion import Opinion
from effects.params import Declaration, Fault, Parameter, Values


class EffectError(ValueError):
    """Values that cannot be carried out; the text says what was expected and what came.

    Args:
        text: in English.
        fault: the same as a value, where panels have words of their own for it.
    """

    def __init__(self, text: str, fault: Fault | None = None) -> None:
        super().__init__(text)
        self.fault = fault


class Stage(IntEnum):
    """In which order filters see the picture."""

    MATTE = 0
    BEAUTY = 1
    RESHAPE = 2
    MAKE_UP = 3
    COLOR = 4
    BACKGROUND = 5
    FRAMING = 6
    OVERLAY = 7


class Knowledge(Flag):
    """What can be found out about a frame; it is found out only when a filter in use needs it.

    `HAIR` at the matte's edge and free `SKIN` of faces are of the second opinion, which may say nothing; with
    `HANDS` it is asked more often while a hand is in sight.
    """

    NOTHING = 0
    MATTE = auto()
    FACES = auto()
    HAIR = auto()
    SKIN = auto()
    HANDS = auto()


@dataclass(frozen=True, slots=True)
class Quality:
    """One step of the frame-budget governor: what is given up to keep the frames coming; at first nothing.

    Attributes:
        name: of the step, for people.
        matte_every: the person's mask is computed on every so many frames, and carried by flow between.
        coarse_matte: the mask of the smaller network, which loses some hair.
        second_opinion: a slower network is asked beside the quick one, about hair, ears and hands.
        skin_gate: make-up and smoothing stop at what that network sees held before the face.
        clean_edges: hair in front of another background loses the old one's colour.
        faces_every: landmarks are computed on every so many frames, and carried by flow between.
        beauty_divisor: skin is worked on at the picture's size divided by this.
        most_stickers: on how many faces there are stickers.
        fps: how many frames a second are asked for at most.
    """

    name: str = "full"
    matte_every: int = 1
    coarse_matte: bool = False
    second_opinion: bool = True
    skin_gate: bool = True
    clean_edges: bool = True
    faces_every: int = 2
    beauty_divisor: int = 2
    most_stickers: int = 8
    fps: int = 30


@dataclass(frozen=True, slots=True)
class Face:
    """A face: landmarks as float32 (478 or 468, 2) x, y in pixels of the frame (mediapipe's numbering).

    Attributes:
        points: the landmarks.
        strength: 0 to 1; rises when the face comes and falls when it goes, so that effects fade, not jump.
        track: the same number for the same face from frame to frame.
    """

    points: npt.NDArray[np.float32]
    strength: float = 1.0
    track: int = 0


@dataclass(slots=True)
class Context:
    """What is known of exactly this frame. A filter that moves pixels moves `matte` and `faces` with them.

    Attributes:
        time_s: when the frame was captured, monotonic seconds.
        quality: the governor's present step.
        matte: the person in the frame, of the frame's size; None when unknown.
        faces: the faces in the frame, largest first.
        opinion: of the slower network; None while it has said nothing.
    """

    time_s: float = 0.0
    quality: Quality = field(default_factory=Quality)
    matte: Mask | None = None
    faces: tuple[Face, ...] = ()
    opinion: Opinion | None = None


PlanT = TypeVar("PlanT")


class Filter(ABC, Generic[PlanT]):
    """One effect on one source's frames; each source has its own filters, so one may remember the last frame.

    A change of values is carried out in two steps, so that no frame waits for it: `plan` makes what is needed
    (reads files, computes tables) on the thread that changes the values; `apply` gets the newest plan with
    the next frame.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    stage: ClassVar[Stage]
    parameters: ClassVar[tuple[Parameter, ...]]
    needs: ClassVar[Knowledge] = Knowledge.NOTHING
    provides: ClassVar[Knowledge] = Knowledge.NOTHING

    @abstractmethod
    def plan(self, values: Values) -> PlanT | None:
        """Return what `apply` needs for these values, immutable; None where the values change nothing.

        Called on another thread than `apply`: it must not touch what `apply` remembers.

        Raises:
            EffectError: these values cannot be carried out; the plan before stays.
        """

    @abstractmethod
    def apply(self, frame: Frame, context: Context, plan: PlanT, buffers: Buffers) -> Frame:
        """Return the changed frame, or `frame` itself when there is nothing to change in it.

        Args:
            frame: BGR uint8 (height, width, 3), not to be written: `buffers.writable(frame)` may be.
            context: what is known of this frame; what `needs` names is there when it could be found out.
            plan: the last one `plan` returned; never None.
            buffers: scratch of this filter's own, and frames.
        """

    def forget(self) -> None:
        """Forget the frames before: the source was changed, or frames are missing."""

    @classmethod
    def declaration(cls) -> Declaration:
        """Return what panels need to know."""
        return Declaration(cls.name, cls.title, cls.parameters)
