"""Connects the room to the panel for the run of show: steps in, plans and the next step out."""

from PySide6.QtCore import QObject

from backend.contract.protocol import Command, StaffSnapshot
from backend.contract.runofshow import RunCommand, RunOfShowChanged
from backend.contract.shop import ProductChanged
from studio import texts
from studio.connection.room_client import RoomClient
from studio.connection.room_protocol import CommandRejected, Done, RoomUpdate
from studio.connection.server_clock import ServerClock
from studio.window.room_window import RoomWindow
from widgets.live.toasts import Tone


class RunView(QObject):
    """Between the room and the panel."""

    def __init__(self, client: RoomClient, clock: ServerClock, window: RoomWindow) -> None:
        super().__init__(window)
        self._panel = window.run
        self._toasts = window.toasts
        self._clock = clock
        client.updated.connect(self.on_update)
        client.unsent.connect(self._on_unsent)
        client.catalog_read.connect(self._panel.show_catalog)
        self._panel.command.connect(client.send)
        self._panel.overran.connect(self._on_overran)
        clock.ticked.connect(self._panel.show_time)

    def on_update(self, update: RoomUpdate) -> None:
        """Show an update of the room."""
        match update:
            case StaffSnapshot(run=run) | RunOfShowChanged(run=run):
                if isinstance(update, StaffSnapshot):
                    self._panel.acts.leave()  # it may be of another room, where the same ids are other steps
                self._panel.show_time(self._clock.now_ms)
                self._panel.show_run(run)
            case ProductChanged(product=product):
                self._panel.put_product(product)
            case Done(command=command):
                self._panel.acts.close_for(command)
            case CommandRejected(command=command, answer=answer):
                self._panel.acts.give_back(command, texts.reject_reason(answer.reason))

    def _on_unsent(self, command: Command) -> None:
        if isinstance(command, RunCommand):
            self._panel.acts.give_back(
                command, self.tr("Not connected: nothing was sent. Try again in a moment.")
            )

    def _on_overran(self, title: str) -> None:
        self._toasts.show_toast(self.tr("Over its time: {title}").format(title=title), Tone.WARN)
