"""The panel that puts the host on air: go live, pause, resume, end, and the link for viewers."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.link_source import tagged
from backend.contract.live import EndLive, GoLive, PauseLive, ResumeLive
from widgets.common import plain
from widgets.common.confirm import ConfirmDialog
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, primary_button, push_button, row, say, set_tone, tool_button
from widgets.common.meaning_guard import MeaningGuard
from widgets.common.qr import QrCode
from widgets.common.retranslate import Retranslated
from widgets.common.stage import Stage
from widgets.common.text import clock
from widgets.common.theme import tabular

QR_SIDE: Final = 116
PILL_TONES: Final = {
    Stage.LIVE: "live",
    Stage.PAUSED: "paused",
    Stage.STARTING: "waiting",
    Stage.RECONNECTING: "waiting",
    Stage.LEFT_OPEN: "waiting",
}
CAN_GO_LIVE: Final = frozenset({Stage.READY, Stage.LEFT_OPEN})
CAN_PAUSE: Final = frozenset({Stage.LIVE, Stage.RECONNECTING})
CAN_END: Final = frozenset({Stage.STARTING, Stage.LIVE, Stage.PAUSED, Stage.RECONNECTING, Stage.LEFT_OPEN})


class ControlsPanel(Retranslated):
    """Shows the stage it is given and asks for changes; ending asks the host once more.

    A click is ignored for 600 ms after the buttons changed: it was meant for what stood there before.

    Args:
        now_s: the time in seconds, by which a click is too soon.

    Attributes:
        command: emitted with a `GoLive`, `PauseLive`, `ResumeLive` or `EndLive`.
        link_copied: the viewer link was put on the clipboard.
        settings_wanted: the host wants the settings.
    """

    command = Signal(object)
    link_copied = Signal()
    settings_wanted = Signal()

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._stage = Stage.OFFLINE
        self._link = ""
        self.pill = label()
        self.pill.setObjectName("pill")
        self.clock = label("00:00:00", "clock")
        self.clock.setFont(tabular(self.clock.font()))
        self.viewers = label("", "dim")
        self.go_live_button = primary_button("fa5s.broadcast-tower")
        self.go_live_button.clicked.connect(lambda: self.command.emit(GoLive()))
        self.pause_button = push_button("fa5s.pause")
        self.pause_button.clicked.connect(lambda: self.command.emit(PauseLive()))
        self.resume_button = primary_button("fa5s.play")
        self.resume_button.clicked.connect(lambda: self.command.emit(ResumeLive()))
        self.end_button = push_button("fa5s.stop", "live")
        self.end_button.setProperty("danger", "true")
        self.end_button.clicked.connect(self.ask_to_end)
        buttons = (self.go_live_button, self.resume_button, self.pause_button, self.end_button)
        self._guard = MeaningGuard(self, buttons, now_s)
        self.settings_button = tool_button("fa5s.cog")
        self.settings_button.clicked.connect(self.settings_wanted)
        self._lay_out()
        self.retranslate()
        self.show_stage(Stage.OFFLINE)
        self.show_progress(None, None)
        self.show_link("")

    def _lay_out(self) -> None:
        self.link_title = label("", "dim")
        self.link = QLineEdit()
        self.link.setReadOnly(True)
        self.copy_button = push_button("fa5s.copy")
        self.copy_button.clicked.connect(self.copy_link)
        self.qr = QrCode(QR_SIDE)
        self.note = ElidedLabel()
        self.note.setProperty("role", "faint")
        head = row(self.pill, self.clock, self.viewers, spacing=12)
        head.insertStretch(2, 1)
        head.addWidget(self.settings_button)
        buttons = row(self.go_live_button, self.resume_button, self.pause_button, self.end_button)
        for index in range(3):
            buttons.setStretch(index, 2)
        buttons.setStretch(3, 1)
        share = column(self.link_title, self.link, self.copy_button, spacing=8)
        share.addStretch(1)
        self._share = QWidget()
        self._share.setLayout(row(self.qr, share, spacing=12))
        layout = column(head, buttons, self._share, self.note, margin=12, spacing=12)
        layout.addStretch(1)
        self.setLayout(layout)

    @override
    def retranslate(self) -> None:
        say(self.pause_button, self.tr("Pause"), self.tr("Viewers see “back soon” until you resume"))
        say(self.resume_button, self.tr("Resume"), self.tr("Go on after the pause"))
        say(self.end_button, self.tr("End"), self.tr("End the broadcast for everybody"))
        say(self.settings_button, self.tr("Settings"))
        say(self.copy_button, self.tr("Copy link"), self.tr("Copy the viewers' link"))
        self.link_title.setText(self.tr("Viewers' link"))
        self.link.setAccessibleName(self.tr("Viewers' link"))
        self.link.setPlaceholderText(self.tr("The link comes once the server runs"))
        self.qr.setAccessibleName(self.tr("QR code of the viewers' link"))
        self.qr.setToolTip(self.tr("Scan it with a phone to watch"))
        self._show_stage()
        self._show_note()

    # --- In ---

    def show_stage(self, stage: Stage) -> None:
        """Show this stage and offer what it allows."""
        self._stage = stage
        self._show_stage()

    def show_progress(self, live_seconds: float | None, viewers: int | None) -> None:
        """Say how long it has been live (None: it is not) and how many watch (None: not known)."""
        plain.set_text(self.clock, clock(live_seconds or 0))
        self.clock.setVisible(live_seconds is not None)
        text = "" if viewers is None else self.tr("{n} watching").format(n=f"{viewers:,}")
        plain.set_text(self.viewers, text)

    def show_link(self, url: str) -> None:
        """Show the viewers' link, or that there is none yet; link and code tell apart who comes by them."""
        self._link = tagged(url, "host")
        plain.set_text(self.link, self._link)
        self.link.setCursorPosition(0)
        plain.set_tooltip(self.link, self._link)
        self.qr.set_text(tagged(url, "qr"))
        self.copy_button.setEnabled(bool(url))
        self._show_note()

    # --- Out ---

    def copy_link(self) -> None:
        """Put the viewers' link on the clipboard."""
        if self._link:
            QGuiApplication.clipboard().setText(self._link)
            self.link_copied.emit()

    def toggle_live(self) -> None:
        """Go live, or ask to end; what the hotkey does."""
        if self._stage in CAN_GO_LIVE:
            self.command.emit(GoLive())
        elif self._stage in CAN_END:
            self.ask_to_end()

    def toggle_pause(self) -> None:
        """Pause or resume; what the hotkey does."""
        if self._stage is Stage.PAUSED:
            self.command.emit(ResumeLive())
        elif self._stage in CAN_PAUSE:
            self.command.emit(PauseLive())

    def ask_to_end(self) -> None:
        """Ask once more, then end."""
        dialog = ConfirmDialog(
            self.window(),
            title=self.tr("End the broadcast?"),
            text=self.tr("Every viewer sees that it is over. To step away for a while, pause instead."),
            accept=self.tr("End it"),
            reject=self.tr("Go on"),
        )
        dialog.accepted.connect(lambda: self.command.emit(EndLive()))
        dialog.open()

    def _show_stage(self) -> None:
        texts = {
            Stage.OFFLINE: self.tr("No server"),
            Stage.READY: self.tr("Ready"),
            Stage.STARTING: self.tr("Connecting…"),
            Stage.LIVE: self.tr("LIVE"),
            Stage.PAUSED: self.tr("Paused"),
            Stage.RECONNECTING: self.tr("Reconnecting…"),
            Stage.LEFT_OPEN: self.tr("Left open"),
        }
        plain.set_text(self.pill, texts[self._stage])
        set_tone(self.pill, PILL_TONES.get(self._stage, ""))
        is_left_open = self._stage is Stage.LEFT_OPEN
        self.go_live_button.setVisible(self._stage not in CAN_END or is_left_open)
        self.go_live_button.setEnabled(self._stage in CAN_GO_LIVE)
        if is_left_open:
            say(
                self.go_live_button, self.tr("Continue"), self.tr("Publish to the session that is still open")
            )
        else:
            say(self.go_live_button, self.tr("Go live"), self.tr("Begin the broadcast"))
        self.resume_button.setVisible(self._stage is Stage.PAUSED)
        self.pause_button.setVisible(self._stage in CAN_PAUSE or self._stage is Stage.STARTING)
        self.pause_button.setEnabled(self._stage in CAN_PAUSE)
        self.end_button.setVisible(self._stage in CAN_END)
        self._guard.show_meaning(*self._offered())

    def _offered(self) -> list[str]:
        """What stands in the buttons' row, from left to right."""
        offered = {
            "go_live": self.go_live_button,
            "resume": self.resume_button,
            "pause": self.pause_button,
            "end": self.end_button,
        }
        is_left_open = self._stage is Stage.LEFT_OPEN
        return ["continue" * is_left_open] + [
            name for name, button in offered.items() if not button.isHidden()
        ]

    def _show_note(self) -> None:
        is_local = "//127.0.0.1" in self._link or "//localhost" in self._link
        self.note.show_text(self.tr("Only on this computer; see Settings → Network") if is_local else "")
        self.note.setVisible(is_local)
