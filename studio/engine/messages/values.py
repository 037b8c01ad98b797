"""What the messages carry, and how they are written."""

from enum import StrEnum

import msgspec


class Message(msgspec.Struct, frozen=True, tag_field="type"):
    """What every message has: a `type` on the wire; it never changes once made."""


class Device(msgspec.Struct, frozen=True):
    """Something that can be opened: its stable id, and its name for people."""

    device_id: str
    name: str


class Devices(msgspec.Struct, frozen=True):
    """All that can be opened now."""

    cameras: list[Device] = []
    screens: list[Device] = []
    windows: list[Device] = []
    microphones: list[Device] = []


class Bitrate(msgspec.Struct, frozen=True):
    """Between which bounds the bitrate of the largest picture adapts, in kbit/s."""

    floor_kbps: int = 400
    ceiling_kbps: int = 2500


class SourceState(StrEnum):
    """How a source is doing; in all but RUNNING the slate stands in the picture."""

    OPENING = "opening"
    RUNNING = "running"
    STALLED = "stalled"
    FROZEN = "frozen"
    BLACK = "black"
    FAILED = "failed"


class Comparison(StrEnum):
    """What the preview shows: with effects, without, or without on the left half. Viewers see none of it."""

    AFTER = "after"
    BEFORE = "before"
    SPLIT = "split"


class Strain(msgspec.Struct, frozen=True):
    """Why effects were made cheaper, in ms: what a frame took, what it may take, the dearest's share."""

    frame_ms: float
    budget_ms: float
    dearest: str = ""
    dearest_ms: float = 0.0


class PublishState(StrEnum):
    """How the broadcast's line is doing."""

    IDLE = "idle"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    REFUSED = "refused"


class BitrateReason(StrEnum):
    """Why the bitrate is what it is."""

    CEILING = "ceiling"
    REMB = "remb"
    LOSS = "loss"
    DELAY = "delay"
    PROBING = "probing"


encode = msgspec.msgpack.Encoder().encode
