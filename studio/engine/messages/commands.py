"""What the studio asks of the engine."""

import msgspec

from studio.engine.layer_values import Layers
from studio.engine.messages.recording import RecordCommand
from studio.engine.messages.restreaming import Restream
from studio.engine.messages.values import Bitrate, Comparison, Message
from studio.project.project import Project


class Configure(Message, frozen=True, tag="configure"):
    """Set bitrate bounds, layers, and the encoder: its FFmpeg name, empty for the best that opens."""

    bitrate: Bitrate
    encoder: str = ""
    layers: Layers = Layers.THREE


class SetProject(Message, frozen=True, tag="set_project"):
    """Bring this about: its canvas, the scene on air, its sources with their effects, its strips.

    What is the same as before goes on undisturbed.
    """

    project: Project


class Compare(Message, frozen=True, tag="compare"):
    """Show this of a source in the preview; an empty id compares nothing."""

    source_id: str
    comparison: Comparison


class RenderLooks(Message, frozen=True, tag="render_looks"):
    """Make a small picture of the source in every look: `LooksRendered` follows once there is a picture."""

    source_id: str


class ReloadModels(Message, frozen=True, tag="reload_models"):
    """Try networks again that could not be loaded: they were fetched."""


class Publish(Message, frozen=True, tag="publish"):
    """Publish to this WHIP endpoint with this bearer token until asked to stop; reconnect by itself.

    Attributes:
        studio: names this run of the studio, so that the relay knows who comes back.
        takes_over: take the room from another publisher, which is known; once, and not by reconnecting.
    """

    whip_url: str
    token: str
    studio: str = ""
    takes_over: bool = False


class StopPublishing(Message, frozen=True, tag="stop_publishing"):
    """End the broadcast's line (WHIP DELETE)."""


class ShowSlate(Message, frozen=True, tag="show_slate"):
    """Send the "back soon" slate and silence instead of the scene."""


class HideSlate(Message, frozen=True, tag="hide_slate"):
    """Send the scene again."""


class Quit(Message, frozen=True, tag="quit"):
    """Stop publishing, close the sources, and end the process."""


EngineCommand = (
    Configure
    | SetProject
    | Compare
    | RenderLooks
    | ReloadModels
    | Publish
    | StopPublishing
    | ShowSlate
    | HideSlate
    | Quit
    | RecordCommand
    | Restream
)

decode_command = msgspec.msgpack.Decoder(EngineCommand).decode
