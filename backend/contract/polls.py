"""Polls: one question to the room at a time."""

from typing import Annotated, Final

import msgspec

from backend.contract.base import Message
from backend.contract.bounds import UpTo

MAX_QUESTION: Final = 60
MAX_OPTION: Final = 30
OPTIONS: Final = range(2, 6 + 1)
MAX_SECONDS: Final = 3600


class PollOption(msgspec.Struct, frozen=True):
    """One answer of a poll and how many chose it."""

    text: str
    votes: int


class Poll(msgspec.Struct, frozen=True):
    """A question to the room with 2 to 6 answers; one vote a user, which stands.

    Attributes:
        ends_at_ms: when it closes by itself; None for never.
        is_closed: whether votes are still taken.
    """

    poll_id: int
    question: str
    options: list[PollOption]
    ends_at_ms: int | None
    is_closed: bool


class OpenPoll(Message, frozen=True, tag="open_poll"):
    """Ask the room; the poll that is open closes.

    Attributes:
        question: 1 to `MAX_QUESTION` characters, plain text.
        options: as many as `OPTIONS` allows, each of 1 to `MAX_OPTION` characters.
        seconds: until it closes by itself, at most `MAX_SECONDS`; 0 keeps it open until it is closed.
    """

    question: Annotated[str, UpTo(2 * MAX_QUESTION)]
    options: Annotated[list[str], UpTo(2 * MAX_OPTION, items=OPTIONS[-1])]
    seconds: int = 0


class Vote(Message, frozen=True, tag="vote"):
    """Choose an answer, by its index; the first choice stands."""

    poll_id: int
    option: int


class ClosePoll(Message, frozen=True, tag="close_poll"):
    """Take no more votes."""

    poll_id: int


class ReopenPoll(Message, frozen=True, tag="reopen_poll"):
    """Let the last poll take votes again, as if nobody had closed it; the votes that it has stand.

    Refused as `UNKNOWN_POLL` when its own end has come, another was opened since, or a new session began.
    """

    poll_id: int


class PollOpened(Message, frozen=True, tag="poll_opened"):
    """A poll takes votes, for the first time or again; of the same poll, the votes that were given stand."""

    poll: Poll


class PollClosed(Message, frozen=True, tag="poll_closed"):
    """A poll's result."""

    poll: Poll


class PollChanged(Message, frozen=True, tag="poll_changed"):
    """The votes of the open poll so far."""

    poll: Poll
