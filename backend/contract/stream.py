"""What the relay notices of the stream that it gets, for the host to know."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.base import Message

# Of a layer that can be chosen: the shorter side of a picture.
MAX_HEIGHT: Final = 16_384


class StreamCondition(StrEnum):
    """Why viewers do not see or hear all; `SOUND_ONLY` is no fault: nothing else was offered."""

    BACKWARD_TIMESTAMPS = "backward_timestamps"  # B-frames, which WebRTC players do not put in order
    NO_KEYFRAMES = "no_keyframes"  # none came though they were asked for: newcomers see nothing
    NO_VIDEO = "no_video"  # a picture was announced, and only sound comes
    SOUND_ONLY = "sound_only"


class LineTrouble(StrEnum):
    """Why a viewer does not get all of a stream."""

    OWN_LINE = "own_line"  # their line carries less than the stream has, or loses much of it
    UPLINK = "uplink"  # packets did not reach the relay
    RELAY = "relay"  # the relay could not send all that it got


class LayerViewers(msgspec.Struct, frozen=True):
    """How many viewers get the layer of this height: the shorter side of its pictures, in pixels."""

    height: int
    viewers: int


class ViewerLayer(msgspec.Struct, frozen=True):
    """Which layer of the picture one viewer gets.

    Attributes:
        heights: of the layers that come, the best first; empty where there is nothing to choose from.
        height: of the layer that the viewer gets; 0 where that is not known.
        choice: the height that the viewer chose; None leaves it to their line.
        is_held_down: their line carries no more.
    """

    heights: list[int]
    height: int
    choice: int | None
    is_held_down: bool


class ChosenLayer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which height a viewer wants at most; None leaves it to their line."""

    height: Annotated[int, msgspec.Meta(ge=1, le=MAX_HEIGHT)] | None


class ViewerLines(msgspec.Struct, frozen=True):
    """How a room's stream reaches those who watch it.

    Attributes:
        viewers: how many are connected to the relay.
        own_line, uplink, relay: how many of them do not get all of it, by `LineTrouble`.
        layers: how many get which layer, the best first; empty where the picture comes in one.
    """

    viewers: int = 0
    own_line: int = 0
    uplink: int = 0
    relay: int = 0
    layers: list[LayerViewers] = []


class StreamTakenOver(Message, frozen=True, tag="stream_taken_over"):
    """To the host: a publisher displaced another; both are names of stream keys, empty for a studio."""

    by: str
    before: str
