"""Shows the state of the broadcast in the window, and sends the host's commands to the room."""

from typing import Final

from PySide6.QtCore import QObject

from backend.contract.live import GoLive, Live, LiveChanged, Presence, PresenceChanged
from backend.contract.protocol import Snapshot
from backend.contract.stream import StreamCondition, StreamTakenOver
from studio.connection.room_client import LineState, LineStatus, RoomClient
from studio.connection.room_protocol import CommandRejected, RoomUpdate, Synced
from studio.connection.server_clock import ServerClock
from studio.live import live_texts
from studio.live.broadcast import Broadcast, BroadcastNote, DesiredState
from studio.window.main_window import MainWindow
from widgets.common.stage import ON_AIR, Stage
from widgets.live.alarms import Action, Alarm
from widgets.live.toasts import Tone

FAULTS: Final = (
    StreamCondition.BACKWARD_TIMESTAMPS,
    StreamCondition.NO_KEYFRAMES,
    StreamCondition.NO_VIDEO,
)


class LiveView(QObject):
    """Between the room, the broadcast, and the panels for it and for alarms."""

    def __init__(
        self, client: RoomClient, clock: ServerClock, broadcast: Broadcast, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._client = client
        self._clock = clock
        self._broadcast = broadcast
        self._window = window
        self._presence: Presence | None = None
        self._conditions: list[StreamCondition] = []
        self._taken_over: StreamTakenOver | None = None
        self._line = client.status
        self._connect()
        self._on_stage(broadcast.stage)

    def _connect(self) -> None:
        client, broadcast, window = self._client, self._broadcast, self._window
        client.updated.connect(self.on_update)
        client.line_changed.connect(self._on_line)
        self._clock.ticked.connect(self.show_progress)
        window.controls.command.connect(broadcast.command)
        window.live_bar.link_copied.connect(self._on_link_copied)
        window.alarms.action_chosen.connect(self._on_action)
        broadcast.room_command.connect(client.send)
        broadcast.stage_changed.connect(self._on_stage)
        broadcast.noted.connect(self._on_note)

    def on_update(self, update: RoomUpdate) -> None:
        """Show an update of the room."""
        match update:
            case Snapshot(live=live, presence=presence):
                self._presence = presence
                self._on_live(live)
            case LiveChanged(live=live):
                self._on_live(live)
            case PresenceChanged(presence=presence):
                self._presence = presence
            case StreamTakenOver():
                self._on_taken_over(update)
            case Synced():
                self._broadcast.on_synced()
            case CommandRejected(command=command):
                self._broadcast.on_refused(command)
        self.show_progress()

    def _on_live(self, live: Live) -> None:
        self._broadcast.on_live(live)
        is_news = StreamCondition.SOUND_ONLY in live.conditions and live.conditions != self._conditions
        self._conditions = live.conditions
        self._show_conditions()
        if not live.is_publishing:
            self._taken_over = None
            self._show_taken_over()
        if is_news:
            self._window.toasts.show_toast(live_texts.stream_condition(StreamCondition.SOUND_ONLY)[0])

    def _on_taken_over(self, taken_over: StreamTakenOver) -> None:
        # Of the picture of this studio the engine hears, and asks what to do.
        is_ours = not taken_over.before and self._broadcast.desired is not DesiredState.OFF
        self._taken_over = taken_over if taken_over.by and not is_ours else None
        self._show_taken_over()
        if self._taken_over is None and not is_ours:
            self._window.toasts.show_toast(live_texts.taken_over(taken_over), Tone.WARN)

    def _show_taken_over(self) -> None:
        if self._taken_over is None:
            self._window.alarms.clear_alarm("taken_over")
            return
        remedy = self.tr(
            "Viewers see its picture now. If that is not wanted, revoke its key in Live → Stream keys, or "
            "let the other in again there."
        )
        actions = (Action("seen", self.tr("All right")),)
        text = live_texts.taken_over(self._taken_over)
        self._window.alarms.raise_alarm(Alarm("taken_over", text, remedy, Tone.WARN, actions))

    def _show_conditions(self) -> None:
        for condition in FAULTS:
            key = f"stream_{condition.value}"
            if condition in self._conditions:
                text, remedy = live_texts.stream_condition(condition)
                self._window.alarms.raise_alarm(Alarm(key, text, remedy, Tone.BAD))
            else:
                self._window.alarms.clear_alarm(key)

    def show_progress(self) -> None:
        """Show how long it has been live, and how many watch."""
        live, stage = self._broadcast.live, self._broadcast.stage
        is_on_air = stage in ON_AIR or stage is Stage.LEFT_OPEN
        seconds = None
        if is_on_air and live.started_at_ms is not None and stage is not Stage.STARTING:
            seconds = max(0.0, (self._clock.now_ms - live.started_at_ms) / 1000)
        viewers = self._presence.viewers if self._presence and self._client.is_connected else None
        self._window.live_bar.show_progress(seconds, viewers)
        self._window.preview.show_stage(stage)

    def retranslate(self) -> None:
        """Set every text again, in another language."""
        self._on_stage(self._broadcast.stage)
        self._show_line()
        self._show_conditions()
        self._show_taken_over()

    def _on_stage(self, stage: Stage) -> None:
        self._window.live_bar.show_stage(stage)
        if stage is Stage.LEFT_OPEN:
            actions = (Action("continue", self.tr("Continue")), Action("end", self.tr("End")))
            text = self.tr("The room is still live, but this studio sends no picture.")
            remedy = self.tr("Continue to send yours, or end the broadcast.")
            self._window.alarms.raise_alarm(Alarm("left_open", text, remedy, Tone.WARN, actions))
        else:
            self._window.alarms.clear_alarm("left_open")
        self.show_progress()

    def _on_action(self, key: str, action_id: str) -> None:
        if key == "taken_over":
            self._taken_over = None
            self._show_taken_over()
        if key == "left_open":
            if action_id == "continue":
                self._broadcast.command(GoLive())
            else:
                self._window.controls.ask_to_end()

    def _on_note(self, note: BroadcastNote) -> None:
        self._window.toasts.show_toast(live_texts.note(note), Tone.WARN)

    def _on_link_copied(self) -> None:
        self._window.toasts.show_toast(self.tr("The viewers' link is on the clipboard."))

    def _on_line(self, status: LineStatus) -> None:
        self._line = status
        if status.state is not LineState.CONNECTED:
            self._broadcast.on_line_lost()
        self._show_line()
        self.show_progress()

    def _show_line(self) -> None:
        alarms = self._window.alarms
        match self._line.state:
            case LineState.REFUSED:
                text = self.tr("The server does not let this studio in.")
                remedy = self.tr(
                    "Check address, room and host token in Settings → Network. It said: {detail}"
                )
                alarm = Alarm("line", text, remedy.format(detail=self._line.detail), Tone.BAD)
                alarms.raise_alarm(alarm)
            case LineState.OUTDATED:
                text = self.tr("The server is newer than this studio.")
                remedy = self.tr("Update the studio and start it again; viewers keep watching.")
                alarms.raise_alarm(Alarm("line", text, remedy, Tone.BAD))
            case LineState.BACKEND_OUTDATED:
                text = self.tr("The server is older than this studio.")
                remedy = self.tr("Update Livestall on the server; it is tried again by itself.")
                alarms.raise_alarm(Alarm("line", text, remedy, Tone.BAD))
            case LineState.BROKEN:
                text = self.tr("The connection to the server is lost; viewers keep watching.")
                remedy = self.tr("It is tried again by itself.")
                alarms.raise_alarm(Alarm("line", text, remedy, Tone.WARN, causes=("backend",)))
            case LineState.CONNECTED | LineState.WAITING:
                alarms.clear_alarm("line")
            case LineState.CONNECTING:
                pass
