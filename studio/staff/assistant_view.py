"""Shows an assistant the state of the room, the rights given, and when they end."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from backend.contract.audience import YouChanged
from backend.contract.live import Live, LiveChanged, LivePhase, PresenceChanged
from backend.contract.protocol import Snapshot
from backend.contract.staff import YouWereDismissed
from studio.connection.room_client import LineState, LineStatus, RoomClient
from studio.connection.room_protocol import RoomUpdate
from studio.connection.server_clock import ServerClock
from studio.window.assistant_window import AssistantWindow
from widgets.live.alarms import Action, Alarm
from widgets.live.toasts import Tone

_REVOKED: Final = "revoked"
_NOT_KNOWN: Final = YouWereDismissed("unknown", "")  # it ended while nobody was connected
_NO_RIGHTS: Final = frozenset({401, 403})


class AssistantView(QObject):
    """Between the room and the assistant's window, but for products and chat.

    Attributes:
        dismissed: the rights in this room are over; coming back with them is of no use.
        join_wanted: the user wants to join by another code.
        again_wanted: the user wants to try the same room again.
    """

    dismissed = Signal()
    join_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, client: RoomClient, clock: ServerClock, window: AssistantWindow) -> None:
        super().__init__(window)
        self._client = client
        self._clock = clock
        self._window = window
        self._live: Live | None = None
        self._line = client.status
        self._dismissal: YouWereDismissed | None = None
        client.updated.connect(self.on_update)
        client.line_changed.connect(self._on_line)
        clock.ticked.connect(self._show_live)
        window.alarms.action_chosen.connect(self._on_action)
        window.show_in_room(is_in=False)

    def on_update(self, update: RoomUpdate) -> None:
        """Show an update of the room."""
        bar = self._window.bar
        match update:
            case Snapshot(live=live, presence=presence, title=title):
                self._live = live
                bar.show_room(title)
                bar.show_presence(presence)
            case LiveChanged(live=live):
                self._live = live
            case PresenceChanged(presence=presence):
                bar.show_presence(presence)
            case YouChanged(you=you):
                bar.show_you(you.name, you.rights, you.rights_until_ms)
                self._window.show_rights(you.rights)
                self._window.show_in_room(is_in=True)
            case YouWereDismissed():
                self._on_dismissed(update)
            case _:
                return
        self._show_live()

    def begin(self) -> None:
        """Begin in a room: what was said of the last one is over."""
        self._dismissal = None
        self._window.alarms.clear_alarm("line")
        self._window.alarms.clear_alarm("room")

    def show_no_room(self) -> None:
        """Say that no room is being helped in, and how to join one."""
        text = self.tr("You help in no room yet.")
        remedy = self.tr("Ask the host for a link or a code.")
        self._window.alarms.raise_alarm(Alarm("room", text, remedy, Tone.WARN, (self._join_action(),)))

    def retranslate(self) -> None:
        """Set every text again, in another language."""
        if self._dismissal is not None:
            self._show_dismissal(self._dismissal)
        elif any(alarm.key == "room" for alarm in self._window.alarms.alarms):
            self.show_no_room()
        self._show_line()

    def _on_dismissed(self, dismissal: YouWereDismissed) -> None:
        self._dismissal = dismissal
        self._window.show_in_room(is_in=False)
        self._window.bar.show_you("", (), None)
        self._show_dismissal(dismissal)
        self.dismissed.emit()

    def _show_dismissal(self, dismissal: YouWereDismissed) -> None:
        if dismissal.cause == _REVOKED:
            text = self.tr("The host took your rights in this room back.")
        else:
            text = self.tr("Your rights in this room have ended, or were taken back.")
        if dismissal.reason:
            text += " " + self.tr("Reason: {reason}").format(reason=dismissal.reason)
        remedy = self.tr("Ask the host for a new code to go on helping.")
        self._window.alarms.raise_alarm(Alarm("room", text, remedy, Tone.BAD, (self._join_action(),)))

    def _join_action(self) -> Action:
        return Action("join", self.tr("Join a room…"))

    def _on_action(self, _key: str, action_id: str) -> None:
        if action_id == "join":
            self.join_wanted.emit()
        elif action_id == "again":
            self.again_wanted.emit()

    def _on_line(self, status: LineStatus) -> None:
        self._line = status
        if status.state is not LineState.CONNECTED:
            self._live = None
            self._window.bar.show_presence(None)
        if status.state is LineState.REFUSED and status.http_status in _NO_RIGHTS:
            self._on_dismissed(_NOT_KNOWN)
            return
        self._show_line()
        self._show_live()

    def _show_line(self) -> None:
        alarms = self._window.alarms
        match self._line.state:
            case LineState.REFUSED:
                text = self.tr("There is no such room at this address any more.")
                remedy = self.tr("Is the host's studio running? Ask the host for the link.")
                actions = (Action("again", self.tr("Try again")), self._join_action())
                alarms.raise_alarm(Alarm("line", text, remedy, Tone.BAD, actions))
            case LineState.OUTDATED:
                text = self.tr("The host's room is newer than this program.")
                remedy = self.tr("Update it and start it again.")
                alarms.raise_alarm(Alarm("line", text, remedy, Tone.BAD))
            case LineState.BACKEND_OUTDATED:
                text = self.tr("The host's room is older than this program.")
                remedy = self.tr("Ask the host to update; it is tried again by itself.")
                alarms.raise_alarm(Alarm("line", text, remedy, Tone.BAD))
            case LineState.BROKEN:
                text = self.tr("The connection to the room is lost; what you see may be old.")
                remedy = self.tr("It is tried again by itself.")
                alarms.raise_alarm(Alarm("line", text, remedy, Tone.WARN, causes=("room",)))
            case LineState.CONNECTED | LineState.WAITING:
                alarms.clear_alarm("line")
            case LineState.CONNECTING:
                pass

    def _show_live(self) -> None:
        live = self._live
        seconds = 0.0
        if live is not None and live.started_at_ms is not None and live.phase is not LivePhase.ENDED:
            seconds = max(0.0, (self._clock.now_ms - live.started_at_ms) / 1000)
        self._window.bar.show_live(live, seconds)
