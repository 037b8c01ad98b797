"""What the relay notices of the stream that it gets, for the host to know."""

from enum import StrEnum

import msgspec

from backend.contract.base import Message


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


class ViewerLines(msgspec.Struct, frozen=True):
    """How a room's stream reaches those who watch it.

    Attributes:
        viewers: how many are connected to the relay.
        own_line, uplink, relay: how many of them do not get all of it, by `LineTrouble`.
    """

    viewers: int = 0
    own_line: int = 0
    uplink: int = 0
    relay: int = 0


class StreamTakenOver(Message, frozen=True, tag="stream_taken_over"):
    """To the host: a publisher displaced another; both are names of stream keys, empty for a studio."""

    by: str
    before: str
