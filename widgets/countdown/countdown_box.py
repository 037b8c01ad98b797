"""The room's countdown as the host sees it: the time left, and the buttons to start and to stop one."""

import math
from collections.abc import Collection

from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.countdown import Countdown, CountdownChanged, StopCountdown
from backend.contract.protocol import Event, Snapshot
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.room_box import RoomBox
from widgets.common.text import clock
from widgets.common.theme import tabular
from widgets.countdown.countdown_dialog import CountdownDialog


class CountdownBox(RoomBox):
    """Shows the running countdown; its commands are `StartCountdown` and `StopCountdown`."""

    def __init__(self) -> None:
        super().__init__()
        self._countdown: Countdown | None = None
        self._may_start = True
        self._now_ms = 0.0
        self.what = ElidedLabel()
        self.left = label()
        self.left.setFont(tabular(self.left.font()))
        self.start_button = push_button("fa5s.hourglass-start")
        self.stop_button = push_button("fa5s.stop")
        self.start_button.clicked.connect(self.ask)
        self.stop_button.clicked.connect(self._stop)
        head = row(self.title, self.start_button, self.stop_button)
        line = row(self.what, self.left)
        for one in (head, line):
            one.setStretch(0, 1)
        self.setLayout(column(head, line, spacing=6))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.title.setText(self.tr("Countdown"))
        plain.set_name(self.left, self.tr("Time left"))
        say(self.start_button, self.tr("Count down…"), self.tr("Count down before everyone's eyes"))
        say(self.stop_button, self.tr("Stop"), self.tr("Take the countdown away"))
        self._show()

    @override
    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._follow(snapshot.countdown)

    @override
    def apply(self, event: Event) -> None:
        if isinstance(event, CountdownChanged):
            self._follow(event.countdown)

    @override
    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        self._may_start = AssistantRight.CHAT in rights
        self._show()

    @override
    def show_time(self, server_time_ms: float) -> None:
        self._now_ms = server_time_ms
        self._show_left()

    def ask(self) -> None:
        """Let the host say what to count down to."""
        self._ask(CountdownDialog)

    def _stop(self) -> None:
        if self._countdown is not None:
            self.command.emit(StopCountdown(self._countdown.countdown_id))

    def _follow(self, countdown: Countdown | None) -> None:
        self._countdown = countdown
        self._show()

    def _show_left(self) -> None:
        if self._countdown is not None:
            left_s = math.ceil((self._countdown.ends_at_ms - self._now_ms) / 1000)  # as viewers see it
            plain.set_text(self.left, clock(left_s).removeprefix("00:"))

    def _show(self) -> None:
        countdown = self._countdown
        self.what.show_text(self.tr("No countdown") if countdown is None else countdown.title)
        self.left.setVisible(countdown is not None)
        self.start_button.setVisible(countdown is None and self._may_start)
        self.stop_button.setVisible(countdown is not None and self._may_start)
        self._show_left()
