"""What studio and engine say to each other about restreaming to other platforms."""

from enum import StrEnum

import msgspec
from typing_extensions import override

from studio.engine.messages.values import Message


class RestreamTarget(msgspec.Struct, frozen=True):
    """Where to send to.

    Attributes:
        target_id: names it between studio and engine.
        url: the whole RTMP or RTMPS address with the stream key in it: a secret.
    """

    target_id: str
    url: str

    @override
    def __repr__(self) -> str:
        """Leave out the address, whose end is a secret: a log may show this."""
        return f"RestreamTarget({self.target_id!r})"


class RestreamState(StrEnum):
    """How the sending to a target is doing; IDLE when nothing is wanted."""

    IDLE = "idle"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"


class Restream(Message, frozen=True, tag="restream"):
    """Send to these targets and no others, and come back by itself where a connection is lost."""

    targets: tuple[RestreamTarget, ...]


class RestreamChanged(Message, frozen=True, tag="restream_changed"):
    """A target's state.

    Attributes:
        code: why it was lost, for translation: `silent`, `untrusted`, `lost`, `no_encoder`.
        detail: what FFmpeg said, in English, without the address.
    """

    target_id: str
    state: RestreamState
    code: str = ""
    detail: str = ""
