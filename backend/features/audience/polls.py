"""Polls: one open at a time, one vote a viewer, closed by staff or by time."""

from typing import Any, ClassVar

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason
from backend.contract.polls import (
    MAX_OPTION,
    MAX_QUESTION,
    MAX_SECONDS,
    OPTIONS,
    ClosePoll,
    OpenPoll,
    Poll,
    PollChanged,
    PollClosed,
    PollOpened,
    PollOption,
    ReopenPoll,
    Vote,
)
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToAll, ToCrowd, You
from backend.features.feature import Anyone, Feature
from backend.log.entries import Entry, PollBegan, PollEnded, PollReopened, Record, Voted
from backend.plain_text import clean


class PollsState(msgspec.Struct):
    """What is folded: the last poll, and who chose which answer of it, by user id."""

    last_id: int = 0
    poll: Poll | None = None
    votes: dict[str, int] = msgspec.field(default_factory=dict)


class Polls(Feature[PollsState]):
    """Asks the room."""

    name = "polls"
    state_type = PollsState
    commands: ClassVar = {
        OpenPoll: AssistantRight.CHAT,
        ClosePoll: AssistantRight.CHAT,
        ReopenPoll: AssistantRight.CHAT,
        Vote: Anyone.ANYONE,
    }
    entries = (PollBegan, Voted, PollEnded, PollReopened)

    def __init__(self, state: PollsState | None = None) -> None:
        self.state = state or PollsState()

    @property
    def open_poll(self) -> Poll | None:
        """The poll that takes votes; None where there is none."""
        poll = self.state.poll
        return None if poll is None or poll.is_closed else poll

    @property
    def question(self) -> str:
        """What the last poll asks, open or closed; empty where there is none."""
        poll = self.state.poll
        return poll.question if poll is not None else ""

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case OpenPoll():
                return self._open(command, now_ms)
            case Vote(poll_id=poll_id, option=option):
                return self._vote(actor.user_id, poll_id, option)
            case ClosePoll(poll_id=poll_id):
                poll = self.open_poll
                is_open = poll is not None and poll.poll_id == poll_id
                return (PollEnded(),) if is_open else Rejection(RejectReason.UNKNOWN_POLL)
            case ReopenPoll(poll_id=poll_id):
                return self._reopen(poll_id, now_ms)
        return super().decide(command, actor, now_ms)

    def _reopen(self, poll_id: int, now_ms: int) -> Decision:
        poll = self.state.poll
        is_over = poll is not None and poll.ends_at_ms is not None and poll.ends_at_ms <= now_ms
        if poll is None or poll.poll_id != poll_id or is_over:
            return Rejection(RejectReason.UNKNOWN_POLL)
        return (PollReopened(),) if poll.is_closed else ()

    def _open(self, command: OpenPoll, now_ms: int) -> Decision:
        options = command.options[: OPTIONS.stop]
        texts = [clean(command.question, MAX_QUESTION), *(clean(option, MAX_OPTION) for option in options)]
        cleaned = [text for text in texts if not isinstance(text, RejectReason)]
        for text in texts:
            if isinstance(text, RejectReason):
                return Rejection(text)
        if len(options) not in OPTIONS or not 0 <= command.seconds <= MAX_SECONDS:
            return Rejection(RejectReason.MALFORMED)
        poll = Poll(
            poll_id=self.state.last_id + 1,
            question=cleaned[0],
            options=[PollOption(text, 0) for text in cleaned[1:]],
            ends_at_ms=now_ms + command.seconds * 1000 if command.seconds else None,
            is_closed=False,
        )
        return (PollEnded(), PollBegan(poll)) if self.open_poll else (PollBegan(poll),)

    def _vote(self, user_id: str, poll_id: int, option: int) -> Decision:
        poll = self.open_poll
        if poll is None or poll.poll_id != poll_id:
            return Rejection(RejectReason.UNKNOWN_POLL)
        if user_id in self.state.votes:
            return Rejection(RejectReason.ALREADY)
        if not 0 <= option < len(poll.options):
            return Rejection(RejectReason.MALFORMED)
        return (Voted(user_id, option),)

    @override
    def due(self, now_ms: int) -> list[Entry]:
        poll = self.open_poll
        is_over = poll is not None and poll.ends_at_ms is not None and poll.ends_at_ms <= now_ms
        return [PollEnded()] if is_over else []

    @override
    def apply(self, record: Record) -> list[Delivery]:
        state = self.state
        match record.entry:
            case PollBegan(poll=poll):
                state.poll, state.last_id = poll, poll.poll_id
                state.votes.clear()
                return [ToAll(PollOpened(poll))]
            case Voted(user_id=user_id, option=option) if state.poll is not None:
                state.votes[user_id] = option
                state.poll = _counted(state.poll, option)
                return [You(user_id), ToCrowd(PollChanged(state.poll))]
            case PollEnded() if state.poll is not None:
                return self._close(state.poll)
            case PollReopened() if state.poll is not None:
                state.poll = msgspec.structs.replace(state.poll, is_closed=False)
                return [ToAll(PollOpened(state.poll))]
        return []

    def _close(self, poll: Poll) -> list[Delivery]:
        self.state.poll = msgspec.structs.replace(poll, is_closed=True)
        return [ToAll(PollClosed(self.state.poll))]

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        deliveries = self._close(self.open_poll) if self.open_poll else []
        self.state.poll = None
        self.state.votes.clear()
        return deliveries

    @override
    def show(self) -> dict[str, Any]:
        return {"poll": self.state.poll}

    @override
    def show_to(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"vote": self.state.votes.get(actor.user_id)}


def _counted(poll: Poll, option: int) -> Poll:
    options = list(poll.options)
    options[option] = PollOption(options[option].text, options[option].votes + 1)
    return msgspec.structs.replace(poll, options=options)
