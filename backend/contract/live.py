"""The live session: its phases, the commands that change it, and who is there."""

from enum import StrEnum

import msgspec

from backend.contract.base import AssistantRight as AssistantRight
from backend.contract.base import Message as Message
from backend.contract.base import Role as Role
from backend.contract.shop import Product as Product
from backend.contract.stream import StreamCondition as StreamCondition


class LivePhase(StrEnum):
    """Where the live session stands; the player shows each in its own way."""

    PREVIEW = "preview"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


class Live(msgspec.Struct, frozen=True):
    """The live session (场次) of a room.

    Attributes:
        phase: preview, live, paused or ended.
        session_id: names this session; empty before the first.
        started_at_ms: when it went live; None before the first.
        is_publishing: whether the relay gets the host's stream now; False while live means: show the slate.
        reason: what led here, in a word for logs and the host (`host`, `publisher`,
            `publisher_lost_timeout`).
        conditions: what viewers cannot see or hear of the stream, and why, as far as the relay notices.
    """

    phase: LivePhase
    session_id: str = ""
    started_at_ms: int | None = None
    is_publishing: bool = False
    reason: str = ""
    conditions: list[StreamCondition] = []


class Presence(msgspec.Struct, frozen=True):
    """How many viewers are in the room: connections of distinct viewers; no robots, no invented numbers."""

    viewers: int
    peak: int


class GoLive(Message, frozen=True, tag="go_live"):
    """Begin a live session; while one is live or paused it goes on instead."""


class PauseLive(Message, frozen=True, tag="pause_live"):
    """Say that the host will be right back."""


class ResumeLive(Message, frozen=True, tag="resume_live"):
    """Go on after a pause."""


class EndLive(Message, frozen=True, tag="end_live"):
    """End the live session."""


class LiveChanged(Message, frozen=True, tag="live_changed"):
    """The live session changed: it began, paused, ended, lost its publisher or got it back."""

    live: Live


class PresenceChanged(Message, frozen=True, tag="presence_changed"):
    """How many are in the room, at most once a second."""

    presence: Presence
