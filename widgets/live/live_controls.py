"""The buttons that put the host on air: go live, pause, resume, end."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from backend.contract.live import EndLive, GoLive, PauseLive, ResumeLive
from widgets.common.forms import primary_button, push_button, row, say
from widgets.common.meaning_guard import MeaningGuard
from widgets.common.retranslate import Retranslated
from widgets.common.stage import Stage
from widgets.live.end_dialog import EndDialog

CAN_GO_LIVE: Final = frozenset({Stage.READY, Stage.LEFT_OPEN})
CAN_PAUSE: Final = frozenset({Stage.LIVE, Stage.RECONNECTING})
CAN_END: Final = frozenset({Stage.STARTING, Stage.LIVE, Stage.PAUSED, Stage.RECONNECTING, Stage.LEFT_OPEN})


class LiveControls(Retranslated):
    """Asks for changes and shows the stage it is given; ending asks the host once more.

    A click or a hotkey is ignored for 600 ms after the buttons changed: it was meant for what stood there.

    Args:
        at_stake: what ends with the broadcast, in a sentence, or empty.
        now_s: the time in seconds, by which a click is too soon.

    Attributes:
        command: emitted with a `GoLive`, `PauseLive`, `ResumeLive` or `EndLive`.
    """

    command = Signal(object)

    def __init__(self, at_stake: Callable[[], str], now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._at_stake = at_stake
        self._stage = Stage.OFFLINE
        self.go_live_button = primary_button("fa5s.dot-circle")
        self.go_live_button.clicked.connect(lambda: self.command.emit(GoLive()))
        self.pause_button = push_button("fa5s.pause")
        self.pause_button.clicked.connect(lambda: self.command.emit(PauseLive()))
        self.resume_button = primary_button("fa5s.play")
        self.resume_button.clicked.connect(lambda: self.command.emit(ResumeLive()))
        self.end_button = push_button("fa5s.stop", "live")
        self.end_button.setProperty("danger", "true")
        self.end_button.clicked.connect(self.ask_to_end)
        buttons = (self.go_live_button, self.resume_button, self.pause_button, self.end_button)
        for button in buttons:
            button.setObjectName("liveButton")
        self._guard = MeaningGuard(self, buttons, now_s)
        self.setLayout(row(*buttons))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.pause_button, self.tr("Pause"), self.tr("Viewers see “back soon” until you resume"))
        say(self.resume_button, self.tr("Resume"), self.tr("Go on after the pause"))
        say(self.end_button, self.tr("End"), self.tr("End the broadcast for everybody"))
        self._show_stage()

    def show_stage(self, stage: Stage) -> None:
        """Offer what the stage allows."""
        self._stage = stage
        self._show_stage()

    def toggle_live(self) -> None:
        """Go live, or ask to end; what the hotkey does."""
        if self._guard.is_settling:
            return
        if self._stage in CAN_GO_LIVE:
            self.command.emit(GoLive())
        elif self._stage in CAN_END:
            self.ask_to_end()

    def toggle_pause(self) -> None:
        """Pause or resume; what the hotkey does."""
        if self._guard.is_settling:
            return
        if self._stage is Stage.PAUSED:
            self.command.emit(ResumeLive())
        elif self._stage in CAN_PAUSE:
            self.command.emit(PauseLive())

    def ask_to_end(self) -> None:
        """Ask once more, then end."""
        texts = [self._at_stake() or self.tr("Every viewer sees that it is over.")]
        if self._stage in CAN_PAUSE:
            texts.append(self.tr("To step away, pause instead."))
        dialog = EndDialog(
            self.window(),
            title=self.tr("End the broadcast?"),
            text="\n".join(texts),
            accept=self.tr("End it"),
            reject=self.tr("Keep going"),
        )
        dialog.accepted.connect(lambda: self.command.emit(EndLive()))
        dialog.open()

    def _show_stage(self) -> None:
        is_left_open = self._stage is Stage.LEFT_OPEN
        self.go_live_button.setVisible(self._stage not in CAN_END or is_left_open)
        self.go_live_button.setEnabled(self._stage in CAN_GO_LIVE)
        if is_left_open:
            tip = self.tr("Publish to the session that is still open")
            say(self.go_live_button, self.tr("Continue"), tip)
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
