"""The options of a studio and the parts it is made of: the host's studio, and an assistant's."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QIcon

from effects.models.registry import Registry, default_folder
from studio.engine.messages.commands import EngineCommand
from studio.i18n import Language
from studio.logs import ErrorReporter
from studio.processes.backend_process import BackendProcess

NAME: Final = "Livestall"


@dataclass(frozen=True, kw_only=True)
class StudioOptions:
    """The command line's options for the host's studio.

    Attributes:
        data: the data folder; None for the user's.
        host, port: where the backend listens; None: as in the settings.
        has_demo: start with the demo source and demo products.
        goes_live: go live as soon as the studio is up.
        exit_after_seconds: close by itself after so long.
        prints_ready_json: print one line of JSON when window and backend are ready.
    """

    data: Path | None = None
    host: str | None = None
    port: int | None = None
    has_demo: bool = False
    goes_live: bool = False
    exit_after_seconds: float | None = None
    prints_ready_json: bool = False


class EngineLink(Protocol):
    """The engine's supervisor, as the studio uses it; see `studio.processes.engine_process`."""

    @property
    def event_arrived(self) -> SignalInstance:
        """Emitted with an `EngineEvent`."""

    @property
    def frame(self) -> SignalInstance:
        """Emitted with a `PreviewFrame`."""

    @property
    def crashed(self) -> SignalInstance:
        """Emitted with the exit code and the seconds until the next start."""

    @property
    def restarted(self) -> SignalInstance:
        """Emitted when a new engine took over."""

    def start(self) -> None:
        """Start the engine."""

    def send(self, command: EngineCommand) -> None:
        """Send to the engine, and to its successor after a crash."""

    async def stop(self) -> None:
        """End the engine."""


@dataclass(frozen=True)
class StudioParts:
    """The parts of the host's studio; tests hand in their own engine and backend."""

    folder: Path
    secret: bytes
    engine: EngineLink
    backend: BackendProcess
    language: Language
    reporter: ErrorReporter
    icon: QIcon
    models: Registry = field(default_factory=lambda: Registry.read(default_folder()))
    say: Callable[[str], object] = sys.stdout.write


@dataclass(frozen=True, kw_only=True)
class AssistantOptions:
    """The command line's options for an assistant's studio.

    Attributes:
        link: the room to help in, without a code; empty for the one of the last time.
        data: the data folder; None for the user's.
        exit_after_seconds: close by itself after so long.
    """

    link: str = ""
    data: Path | None = None
    exit_after_seconds: float | None = None


@dataclass(frozen=True)
class AssistantParts:
    """The parts of an assistant's studio."""

    folder: Path
    language: Language
    reporter: ErrorReporter
    icon: QIcon
