"""The state of the broadcast that the host wants, restored after a crash of engine, backend or line."""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Signal

from backend.contract.live import EndLive, GoLive, Live, LivePhase, PauseLive, ResumeLive
from backend.contract.protocol import Command
from studio.engine.messages.commands import HideSlate, Publish, ShowSlate, StopPublishing
from widgets.common.stage import Stage

ON_AIR_PHASES: Final = frozenset({LivePhase.LIVE, LivePhase.PAUSED})
LiveCommand = GoLive | PauseLive | ResumeLive | EndLive


class DesiredState(StrEnum):
    """What the host wants."""

    OFF = "off"
    LIVE = "live"
    PAUSED = "paused"


class BroadcastNote(StrEnum):
    """A change of the broadcast that another person caused, for the host to know."""

    ENDED_ELSEWHERE = "ended_elsewhere"
    PAUSED_ELSEWHERE = "paused_elsewhere"
    RESUMED_ELSEWHERE = "resumed_elsewhere"


@dataclass(frozen=True)
class Ingest:
    """Where the picture goes: the WHIP endpoint and its bearer token."""

    whip_url: str
    token: str


class Broadcast(QObject):
    """Turns what the host wants into commands for room and engine, again where one of them forgot.

    The room is the truth of what viewers see; the desired state is the truth of what it should be. A
    command is sent once: it is sent again only when, back in contact, the room is not as desired.

    Args:
        studio: names this run of the studio for the relay; one by chance where it is empty.

    Attributes:
        stage_changed: emitted with a `Stage`.
        room_command: emitted with a `Command`; only while the room can hear it.
        engine_command: emitted with an `EngineCommand`.
        noted: emitted with a `BroadcastNote`.
    """

    stage_changed = Signal(object)
    room_command = Signal(object)
    engine_command = Signal(object)
    noted = Signal(object)

    def __init__(self, parent: QObject | None = None, studio: str = "") -> None:
        super().__init__(parent)
        self._studio = studio or secrets.token_hex(8)
        self._desired = DesiredState.OFF
        self._live = Live(LivePhase.PREVIEW)
        self._ingest: Ingest | None = None
        self._is_synced = False
        self._is_ending = False
        self._session_id = ""
        self._has_published = False
        self._stage = Stage.OFFLINE

    @property
    def stage(self) -> Stage:
        """How the broadcast stands."""
        return self._stage

    @property
    def desired(self) -> DesiredState:
        """What the host wants."""
        return self._desired

    @property
    def live(self) -> Live:
        """The live session, as the room reported it last."""
        return self._live

    # --- The host ---

    def command(self, command: LiveCommand) -> None:
        """Take what the host wants."""
        match command:
            case GoLive():
                self._begin()
            case PauseLive() if self._desired is DesiredState.LIVE:
                self._desired = DesiredState.PAUSED
                self.engine_command.emit(ShowSlate())
                self._say(command)
            case ResumeLive() if self._desired is DesiredState.PAUSED:
                self._desired = DesiredState.LIVE
                self.engine_command.emit(HideSlate())
                self._say(command)
            case EndLive():
                self._is_ending = True
                self._say(command)
                self._leave()
            case _:
                pass
        self._update_stage()

    def _begin(self) -> None:
        self._desired = DesiredState.LIVE
        self._is_ending = False
        self._session_id = ""
        self._has_published = False
        self.engine_command.emit(HideSlate())
        self._publish()
        self._say(GoLive())

    def _leave(self) -> None:
        """Stop sending; the caller tells the room."""
        self._desired = DesiredState.OFF
        self.engine_command.emit(StopPublishing())
        self.engine_command.emit(HideSlate())

    def _publish(self) -> None:
        if self._ingest is not None:
            ingest = self._ingest
            self.engine_command.emit(Publish(ingest.whip_url, ingest.token, self._studio))

    def publish_again(self) -> None:
        """Try once more after the relay refused the stream."""
        if self._desired is not DesiredState.OFF:
            self._publish()

    def take_back(self) -> None:
        """Take the room from the publisher that took it over."""
        if self._desired is not DesiredState.OFF and self._ingest is not None:
            ingest = self._ingest
            self.engine_command.emit(Publish(ingest.whip_url, ingest.token, self._studio, takes_over=True))

    def leave_to_other(self) -> None:
        """Let the publisher that took the room over go on, and send nothing; the room stays live."""
        self._leave()
        self._update_stage()

    # --- Backend and line ---

    def on_ingest(self, ingest: Ingest) -> None:
        """The backend is there, or there again; to the same address the engine comes back by itself."""
        is_other = ingest != self._ingest
        self._ingest = ingest
        if is_other and self._desired is not DesiredState.OFF:
            self._publish()

    def on_line_lost(self) -> None:
        """The room cannot be heard, nor hears."""
        self._is_synced = False
        self._update_stage()

    def on_synced(self) -> None:
        """All that happened meanwhile is known: make the room as wished."""
        self._is_synced = True
        self._settle()
        self._update_stage()

    def on_refused(self, command: Command) -> None:
        """The room refused a command of ours: want no more than what is."""
        if isinstance(command, GoLive):
            self._leave()
        elif isinstance(command, PauseLive | ResumeLive) and self._desired is not DesiredState.OFF:
            self._follow(self._live.phase)
        self._update_stage()

    def on_live(self, live: Live) -> None:
        """The live session is now this; by an event or a snapshot."""
        before, self._live = self._live, live
        if live.phase in ON_AIR_PHASES:
            if self._desired is not DesiredState.OFF:
                self._session_id = live.session_id
                self._has_published = self._has_published or live.is_publishing
        else:
            self._is_ending = False
        if self._is_synced:
            self._follow_event(before, live)
        self._update_stage()

    def _follow_event(self, before: Live, live: Live) -> None:
        """Follow a pause, resumption or end that another studio caused, not one of our own."""
        if self._desired is DesiredState.OFF:
            return
        if live.phase is LivePhase.ENDED:
            self._settle()
        elif before.phase is not live.phase and before.phase in ON_AIR_PHASES:
            if live.phase is LivePhase.PAUSED and self._desired is DesiredState.LIVE:
                self._follow(live.phase)
                self.noted.emit(BroadcastNote.PAUSED_ELSEWHERE)
            elif live.phase is LivePhase.LIVE and self._desired is DesiredState.PAUSED:
                self._follow(live.phase)
                self.noted.emit(BroadcastNote.RESUMED_ELSEWHERE)

    def _follow(self, phase: LivePhase) -> None:
        is_paused = phase is LivePhase.PAUSED
        self._desired = DesiredState.PAUSED if is_paused else DesiredState.LIVE
        self.engine_command.emit(ShowSlate() if is_paused else HideSlate())

    def _settle(self) -> None:
        phase = self._live.phase
        if self._desired is DesiredState.OFF:
            if self._is_ending and phase in ON_AIR_PHASES:
                self._say(EndLive())
            return
        is_ours = self._live.session_id == self._session_id
        if phase is LivePhase.ENDED and self._live.reason == "host" and is_ours:
            self._leave()
            self.noted.emit(BroadcastNote.ENDED_ELSEWHERE)
            return
        if phase not in ON_AIR_PHASES or (phase is LivePhase.PAUSED and self._desired is DesiredState.LIVE):
            self._say(GoLive())
        if phase is not LivePhase.PAUSED and self._desired is DesiredState.PAUSED:
            self._say(PauseLive())

    def _say(self, command: Command) -> None:
        if self._is_synced:
            self.room_command.emit(command)

    # --- Stage ---

    def _update_stage(self) -> None:
        stage = self._find_stage()
        if stage is not self._stage:
            self._stage = stage
            self.stage_changed.emit(stage)

    def _find_stage(self) -> Stage:
        is_wanted = self._desired is not DesiredState.OFF
        is_open = self._live.phase in ON_AIR_PHASES
        if not self._is_synced:
            if not is_wanted:
                return Stage.OFFLINE
            return Stage.RECONNECTING if self._session_id else Stage.STARTING
        if not is_wanted:
            return Stage.LEFT_OPEN if is_open and not self._is_ending else Stage.READY
        if self._live.phase is LivePhase.PAUSED:
            return Stage.PAUSED
        if self._live.phase is LivePhase.LIVE and self._live.is_publishing:
            return Stage.LIVE
        return Stage.RECONNECTING if self._has_published else Stage.STARTING
