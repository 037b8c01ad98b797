"""Countdowns: the host counts down to a moment, one countdown at a time."""

from typing import Annotated, Final

import msgspec

from backend.contract.base import Message
from backend.contract.bounds import UpTo

MAX_TITLE: Final = 20
SECONDS: Final = range(5, 3600 + 1)


class Countdown(msgspec.Struct, frozen=True):
    """What is counted down to, and until when.

    Attributes:
        title: 1 to `MAX_TITLE` characters, plain text.
        ends_at_ms: when it ends by itself.
    """

    countdown_id: int
    title: str
    ends_at_ms: int


class StartCountdown(Message, frozen=True, tag="start_countdown"):
    """Count down before everyone's eyes, in place of a countdown that runs.

    Attributes:
        title: 1 to `MAX_TITLE` characters, plain text.
        seconds: how long; one of `SECONDS`.
    """

    title: Annotated[str, UpTo(2 * MAX_TITLE)]
    seconds: int


class StopCountdown(Message, frozen=True, tag="stop_countdown"):
    """Take this countdown away before its end; one that has ended already stays so."""

    countdown_id: int


class ResumeCountdown(Message, frozen=True, tag="resume_countdown"):
    """Let the countdown that was stopped last go on to its own end, as if nobody had stopped it.

    Refused as `EXPIRED` when that end has come, another was begun since, or the live session ended.
    """

    countdown_id: int


class CountdownChanged(Message, frozen=True, tag="countdown_changed"):
    """A countdown runs; None where it ended or was stopped."""

    countdown: Countdown | None


CountdownCommand = StartCountdown | StopCountdown | ResumeCountdown
