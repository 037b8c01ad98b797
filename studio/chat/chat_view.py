"""Connects the room to the panels for chat and audience: events in, answers and moderation out."""

from PySide6.QtCore import QObject

from backend.contract.chat import (
    BlockUser,
    DeleteDanmu,
    Moderated,
    ModerationAction,
    ModerationCommand,
    MuteUser,
    PinDanmu,
    SetBlockedWords,
    UnpinDanmu,
)
from backend.contract.countdown import ResumeCountdown, StopCountdown
from backend.contract.polls import ClosePoll, ReopenPoll
from backend.contract.protocol import ChatCommand, Command, Snapshot
from backend.contract.shop import EditProduct
from studio import texts
from studio.connection.room_client import LineState, LineStatus, RoomClient
from studio.connection.room_protocol import ClockRead, CommandRejected, Done, RoomUpdate, Synced
from studio.connection.server_clock import ServerClock
from studio.window.room_window import RoomWindow
from widgets.common.person_name import person_name
from widgets.live.toasts import Offer, Tone


class ChatView(QObject):
    """Between the room and the panels for chat, audience and live numbers."""

    def __init__(self, client: RoomClient, clock: ServerClock, window: RoomWindow) -> None:
        super().__init__(window)
        self._client = client
        self._clock = clock
        self._window = window
        self._sent: list[ModerationCommand] = []
        client.updated.connect(self.on_update)
        client.unsent.connect(self._on_unsent)
        client.line_changed.connect(self._on_line)
        client.catalog_read.connect(window.audience.show_catalog)
        client.gifts_read.connect(window.audience.show_gifts)
        client.gifts_read.connect(window.chat.show_gifts)
        for panel in (window.chat, window.audience):
            panel.command.connect(self._send)
        clock.ticked.connect(self._show_time)

    def on_update(self, update: RoomUpdate) -> None:
        """Show an update of the room."""
        window = self._window
        match update:
            case Snapshot():
                window.chat.show_snapshot(update)
                window.audience.show_snapshot(update)
                self._show_time(self._clock.now_ms)
            case CommandRejected(command=command, answer=answer):
                self._forget(command)
                if answer.conflict is None:  # else one chooses first, see `RejectionView`
                    self._give_back(command, texts.reject_reason(answer.reason))
            case Done(command=command):
                window.chat.close_for(command)
                window.audience.close_for(command)
                self._offer_undo(command)
            case Synced() | ClockRead():
                pass
            case Moderated(action=action):
                window.chat.apply(update)
                self._on_moderated(action)
            case event:
                window.chat.apply(event)
                window.audience.apply(event)
                window.numbers.apply(event)

    def _send(self, command: Command) -> None:
        if isinstance(command, ModerationCommand):
            self._sent.append(command)
        self._client.send(command)

    def _give_back(self, command: Command, why: str) -> None:
        self._window.chat.give_back(command, why)
        self._window.audience.give_back(command, why)

    def _forget(self, command: Command) -> None:
        if command in self._sent:
            self._sent.remove(command)

    def _on_moderated(self, action: ModerationAction) -> None:
        """Say what was done, with an offer to undo it to whoever did it."""
        text = self._text(action)
        is_mine = action.command in self._sent
        self._forget(action.command)
        if not text:
            return
        if not is_mine:
            self._window.toasts.show_toast(f"{person_name(action.by.name)}: {text}")
        elif action.undo is not None:
            undo = action.undo
            offer = Offer(self.tr("Undo"), lambda: self._client.send(undo))
            self._window.toasts.show_toast(text, Tone.OK, offer)

    def _offer_undo(self, command: Command) -> None:
        """Offer to let go on what one just ended for everybody."""
        undo: Command
        match command:
            case StopCountdown(countdown_id=countdown_id):
                text, undo = self.tr("Countdown stopped"), ResumeCountdown(countdown_id)
            case ClosePoll(poll_id=poll_id):
                text, undo = self.tr("Poll ended"), ReopenPoll(poll_id)
            case _:
                return
        offer = Offer(self.tr("Undo"), lambda: self._client.send(undo))
        self._window.toasts.show_toast(text, Tone.OK, offer)

    def _text(self, action: ModerationAction) -> str:
        match action.command:
            case DeleteDanmu():
                text = self.tr("Deleted: {about}")
            case MuteUser(seconds=0):
                text = self.tr("{about} is muted for this live session")
            case MuteUser(seconds=seconds):
                minutes = max(1, seconds // 60)
                return self.tr("{about} is muted for {n} min").format(
                    about=person_name(action.about), n=minutes
                )
            case BlockUser():
                text = self.tr("{about} is blocked")
            case PinDanmu():
                text = self.tr("Pinned: {about}")
            case UnpinDanmu():
                text = self.tr("Unpinned: {about}")
            case SetBlockedWords(words=words):
                return self.tr("{n} words are blocked now").format(n=len(words))
            case _:
                return ""  # the panels show it
        return text.format(about=person_name(action.about))

    def _on_unsent(self, command: Command) -> None:
        if isinstance(command, ChatCommand) and not isinstance(command, EditProduct):
            self._forget(command)
            text = self.tr("Not connected: nothing was sent. Try again in a moment.")
            self._give_back(command, text)
            self._window.toasts.show_toast(text, Tone.WARN)

    def _on_line(self, status: LineStatus) -> None:
        if status.state is not LineState.CONNECTED:
            self._sent.clear()

    def _show_time(self, now_ms: float) -> None:
        self._window.chat.show_time(now_ms)
        self._window.audience.show_time(now_ms)
