"""Countdowns: one at a time, ended by time, by staff, or with the live session."""

from typing import Any, ClassVar

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason
from backend.contract.countdown import (
    MAX_TITLE,
    SECONDS,
    Countdown,
    CountdownChanged,
    ResumeCountdown,
    StartCountdown,
    StopCountdown,
)
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToAll
from backend.features.feature import Feature
from backend.log.entries import CountdownBegan, CountdownEnded, CountdownResumed, Entry, Record
from backend.plain_text import clean


class CountdownState(msgspec.Struct):
    """What is folded: the running countdown or the one that was stopped last, and the last one's number."""

    last_id: int = 0
    running: Countdown | None = None
    stopped: Countdown | None = None


class CountdownFeature(Feature[CountdownState]):
    """Counts down before everyone's eyes."""

    name = "countdown"
    state_type = CountdownState
    commands: ClassVar = {
        StartCountdown: AssistantRight.CHAT,
        StopCountdown: AssistantRight.CHAT,
        ResumeCountdown: AssistantRight.CHAT,
    }
    entries = (CountdownBegan, CountdownEnded, CountdownResumed)

    def __init__(self, state: CountdownState | None = None) -> None:
        self.state = state or CountdownState()

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case StartCountdown(title=title, seconds=seconds):
                return self._start(clean(title, MAX_TITLE), seconds, now_ms)
            case StopCountdown(countdown_id=countdown_id):
                running = self.state.running
                return (CountdownEnded(),) if running and running.countdown_id == countdown_id else ()
            case ResumeCountdown(countdown_id=countdown_id):
                return self._resume(countdown_id, now_ms)
        return super().decide(command, actor, now_ms)

    def _resume(self, countdown_id: int, now_ms: int) -> Decision:
        running, stopped = self.state.running, self.state.stopped
        if running is not None and running.countdown_id == countdown_id:
            return ()
        if stopped is None or stopped.countdown_id != countdown_id or stopped.ends_at_ms <= now_ms:
            return Rejection(RejectReason.EXPIRED)
        return (CountdownResumed(),)

    def _start(self, title: str | RejectReason, seconds: int, now_ms: int) -> Decision:
        if isinstance(title, RejectReason):
            return Rejection(title)
        if seconds not in SECONDS:
            return Rejection(RejectReason.MALFORMED)
        return (CountdownBegan(Countdown(self.state.last_id + 1, title, now_ms + seconds * 1000)),)

    @override
    def due(self, now_ms: int) -> list[Entry]:
        running = self.state.running
        return [CountdownEnded()] if running and running.ends_at_ms <= now_ms else []

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case CountdownBegan(countdown=countdown):
                self.state.last_id = countdown.countdown_id
                self.state.stopped = None
                return self._change(countdown)
            case CountdownEnded():
                self.state.stopped = self.state.running
                return self._change(None)
            case CountdownResumed():
                resumed, self.state.stopped = self.state.stopped, None
                return self._change(resumed)
        return []

    @override
    def end_session(self) -> list[Delivery]:
        self.state.stopped = None
        return self._change(None)

    @override
    def show(self) -> dict[str, Any]:
        return {"countdown": self.state.running}

    def _change(self, countdown: Countdown | None) -> list[Delivery]:
        if countdown == self.state.running:
            return []
        self.state.running = countdown
        return [ToAll(CountdownChanged(countdown))]
