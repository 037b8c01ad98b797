"""The room's poll as the host sees it: votes so far, and the buttons to open and to close one."""

from collections.abc import Collection

from PySide6.QtWidgets import QProgressBar, QWidget
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.polls import (
    OPTIONS,
    ClosePoll,
    Poll,
    PollChanged,
    PollClosed,
    PollOpened,
    PollOption,
)
from backend.contract.protocol import Event, Snapshot
from widgets.audience.poll_dialog import PollDialog
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.room_box import RoomBox
from widgets.common.text import clock
from widgets.common.theme import tabular


class OptionRow(QWidget):
    """One answer with its bar."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ElidedLabel()
        self.votes = label("", "dim")
        self.votes.setFont(tabular(self.votes.font()))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        head = row(self.text, self.votes)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.bar, spacing=2))

    def show_option(self, option: PollOption, all_votes: int) -> None:
        """Show this answer of so many votes in all."""
        share = option.votes / all_votes if all_votes else 0.0
        self.text.show_text(option.text)
        plain.set_text(self.votes, f"{option.votes:,} · {share:.0%}")
        self.bar.setValue(round(share * 1000))


class PollBox(RoomBox):
    """Shows the open poll or the last result; its commands are `OpenPoll` and `ClosePoll`."""

    def __init__(self) -> None:
        super().__init__()
        self._poll: Poll | None = None
        self._may_ask = True
        self.question = label()
        self.question.setWordWrap(True)
        self.note = label("", "dim")
        self.rows = [OptionRow() for _ in range(OPTIONS[-1])]
        self.open_button = push_button("fa5s.poll")
        self.close_button = push_button("fa5s.stop")
        self.open_button.clicked.connect(self.ask)
        self.close_button.clicked.connect(self._close)
        buttons = row(self.note, self.open_button, self.close_button)
        buttons.setStretch(0, 1)
        self.setLayout(column(self.title, self.question, *self.rows, buttons, spacing=6))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.title.setText(self.tr("Poll"))
        say(self.open_button, self.tr("New poll…"), self.tr("Ask the room"))
        say(self.close_button, self.tr("End the poll"), self.tr("Take no more votes and show the result"))
        self._show()

    @override
    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._show_poll(snapshot.poll)

    @override
    def apply(self, event: Event) -> None:
        match event:
            case PollOpened(poll=poll) | PollChanged(poll=poll) | PollClosed(poll=poll):
                self._show_poll(poll)
            case _:
                pass

    def _show_poll(self, poll: Poll | None) -> None:
        self._poll = poll
        self._show()

    @override
    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        self._may_ask = AssistantRight.CHAT in rights
        self._show()

    @override
    def show_time(self, server_time_ms: float) -> None:
        poll = self._poll
        if poll is not None and not poll.is_closed and poll.ends_at_ms is not None:
            left = clock((poll.ends_at_ms - server_time_ms) / 1000).removeprefix("00:")
            plain.set_text(self.note, self._votes_text(poll) + f" · {left}")

    def ask(self) -> None:
        """Let the host write a poll."""
        self._ask(PollDialog)

    def _close(self) -> None:
        if self._poll is not None:
            self.command.emit(ClosePoll(self._poll.poll_id))

    def _votes_text(self, poll: Poll) -> str:
        return self.tr("{n} votes").format(n=f"{sum(option.votes for option in poll.options):,}")

    def _show(self) -> None:
        poll = self._poll
        options = poll.options if poll is not None else []
        all_votes = sum(option.votes for option in options)
        for number, shown in enumerate(self.rows):
            shown.setVisible(number < len(options))
            if number < len(options):
                shown.show_option(options[number], all_votes)
        is_open = poll is not None and not poll.is_closed
        self.close_button.setVisible(is_open and self._may_ask)
        self.open_button.setVisible(not is_open and self._may_ask)
        self.question.setVisible(poll is not None)
        if poll is None:
            self.note.setText(self.tr("No poll yet"))
            return
        plain.set_text(self.question, poll.question)
        votes = self._votes_text(poll)
        plain.set_text(self.note, votes if is_open else self.tr("Ended · {votes}").format(votes=votes))
