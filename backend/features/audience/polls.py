"""Polls: one open at a time, one vote a viewer, closed by staff or by time."""

from collections.abc import Sequence

import msgspec

from backend.contract.base import RejectReason
from backend.contract.polls import (
    MAX_OPTION,
    MAX_QUESTION,
    MAX_SECONDS,
    OPTIONS,
    Poll,
    PollChanged,
    PollClosed,
    PollOpened,
    PollOption,
)
from backend.features.deliveries import Delivery, Rejection, ToAll, ToCrowd, You
from backend.log.entries import Entry, PollBegan, PollEnded, Voted
from backend.plain_text import clean


class PollsState(msgspec.Struct):
    """What is folded: the last poll, and who chose which answer of it, by user id."""

    last_id: int = 0
    poll: Poll | None = None
    votes: dict[str, int] = msgspec.field(default_factory=dict)


class Polls:
    """Asks the room."""

    def __init__(self, state: PollsState | None = None) -> None:
        self.state = state or PollsState()

    @property
    def open_poll(self) -> Poll | None:
        """The poll that takes votes; None where there is none."""
        poll = self.state.poll
        return None if poll is None or poll.is_closed else poll

    def vote_of(self, user_id: str) -> int | None:
        """Return the answer a viewer chose in the last poll."""
        return self.state.votes.get(user_id)

    def open(
        self, question: str, options: Sequence[str], seconds: int, now_ms: int
    ) -> tuple[Entry, ...] | Rejection:
        """Return a new poll, and the end of the one that is open."""
        texts = [
            clean(question, MAX_QUESTION),
            *(clean(option, MAX_OPTION) for option in options[: OPTIONS.stop]),
        ]
        cleaned = [text for text in texts if not isinstance(text, RejectReason)]
        for text in texts:
            if isinstance(text, RejectReason):
                return Rejection(text)
        if len(options) not in OPTIONS or not 0 <= seconds <= MAX_SECONDS:
            return Rejection(RejectReason.MALFORMED)
        poll = Poll(
            poll_id=self.state.last_id + 1,
            question=cleaned[0],
            options=[PollOption(text, 0) for text in cleaned[1:]],
            ends_at_ms=now_ms + seconds * 1000 if seconds else None,
            is_closed=False,
        )
        return (PollEnded(), PollBegan(poll)) if self.open_poll else (PollBegan(poll),)

    def vote(self, user_id: str, poll_id: int, option: int) -> Voted | Rejection:
        """Return a viewer's vote."""
        poll = self.open_poll
        if poll is None or poll.poll_id != poll_id:
            return Rejection(RejectReason.UNKNOWN_POLL)
        if user_id in self.state.votes:
            return Rejection(RejectReason.ALREADY)
        return (
            Voted(user_id, option) if 0 <= option < len(poll.options) else Rejection(RejectReason.MALFORMED)
        )

    def close(self, poll_id: int) -> PollEnded | Rejection:
        """Return the end of the open poll."""
        poll = self.open_poll
        return PollEnded() if poll and poll.poll_id == poll_id else Rejection(RejectReason.UNKNOWN_POLL)

    def due(self, now_ms: int) -> list[Entry]:
        """Return what time makes of the open poll."""
        poll = self.open_poll
        is_over = poll is not None and poll.ends_at_ms is not None and poll.ends_at_ms <= now_ms
        return [PollEnded()] if is_over else []

    def take(self, entry: PollBegan | Voted | PollEnded) -> list[Delivery]:
        """Take in what happened to the poll."""
        state = self.state
        match entry:
            case PollBegan(poll=poll):
                state.poll, state.last_id = poll, poll.poll_id
                state.votes.clear()
                return [ToAll(PollOpened(poll))]
            case Voted(user_id=user_id, option=option) if state.poll is not None:
                state.votes[user_id] = option
                state.poll = _counted(state.poll, option)
                return [You(user_id), ToCrowd(PollChanged(state.poll))]
            case PollEnded() if state.poll is not None:
                state.poll = msgspec.structs.replace(state.poll, is_closed=True)
                return [ToAll(PollClosed(state.poll))]
            case _:
                return []

    def begin_session(self) -> list[Delivery]:
        """Close what is open and forget the last result."""
        told = self.take(PollEnded()) if self.open_poll else []
        self.state.poll = None
        self.state.votes.clear()
        return told


def _counted(poll: Poll, option: int) -> Poll:
    options = list(poll.options)
    options[option] = PollOption(options[option].text, options[option].votes + 1)
    return msgspec.structs.replace(poll, options=options)
