"""Guests on air (连麦): viewers ask or are invited, test their devices, and take a seat beside the host.

queued | invited → accepted → testing → countdown → on_air ⇄ dropped; any of them ends with a `GuestEnd`.
"""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.base import Message
from backend.contract.bounds import Id
from backend.contract.words_of import WordsOf

SEATS: Final = range(8)
MAX_QUEUE: Final = 50
ANSWER_S: Final = 30
COUNTDOWN_S: Final = 3
HOLD_S: Final = 60


class GuestMedia(StrEnum):
    """What a guest sends."""

    VIDEO = "video"  # with sound
    AUDIO = "audio"


class GuestPhase(StrEnum):
    """How far a guest has come."""

    QUEUED = "queued"  # asked; staff decide
    INVITED = "invited"  # they decide, within `ANSWER_S`
    ACCEPTED = "accepted"  # has a seat; the page begins the device test within `ANSWER_S`
    TESTING = "testing"  # tries camera and microphone, seen by staff alone, for `ANSWER_S`
    COUNTDOWN = "countdown"  # on air after `COUNTDOWN_S`
    ON_AIR = "on_air"
    DROPPED = "dropped"  # the line broke: the seat is held for `HOLD_S`


class GuestEnd(StrEnum):
    """Why somebody is a guest no more."""

    LEFT = "left"  # their own wish, or they left the room
    DECLINED = "declined"  # by staff, or an invitation by the viewer
    TIMED_OUT = "timed_out"
    KICKED = "kicked"
    LOST = "lost"  # did not come back while the seat was held
    BLOCKED = "blocked"
    LIVE_ENDED = "live_ended"


class Guest(msgspec.Struct, frozen=True):
    """A viewer on the way to a seat, or in one.

    Attributes:
        until_ms: when the phase ends by itself; None for never.
        seat: one of `SEATS` from `ACCEPTED` on; None before.
        is_streaming: whether the relay gets their stream.
        is_muted: by staff: nobody hears them.
        is_hidden: by staff: nobody sees them.
    """

    user_id: str
    name: Annotated[str, WordsOf("user_id")]
    media: GuestMedia
    phase: GuestPhase
    since_ms: int
    until_ms: int | None = None
    seat: int | None = None
    is_streaming: bool = False
    is_muted: bool = False
    is_hidden: bool = False


# --- What viewers do ---


class RequestSeat(Message, frozen=True, tag="request_seat"):
    """Ask to come on air."""

    media: GuestMedia


class AnswerInvitation(Message, frozen=True, tag="answer_invitation"):
    """Come on air as invited, or decline; `EXPIRED` where no invitation is open."""

    is_accepted: bool
    media: GuestMedia = GuestMedia.VIDEO


class StartDeviceTest(Message, frozen=True, tag="start_device_test"):
    """Try camera and microphone; again while testing, for another `ANSWER_S`."""


class TakeSeat(Message, frozen=True, tag="take_seat"):
    """The devices work: be on air after `COUNTDOWN_S`."""


class LeaveSeat(Message, frozen=True, tag="leave_seat"):
    """Be a guest no more, whatever the phase; done where one is none."""


# --- What staff do ---


class OpenGuestRequests(Message, frozen=True, tag="open_guest_requests"):
    """Let viewers ask to come on air, or no more; who waits already still waits."""

    is_open: bool


class InviteGuest(Message, frozen=True, tag="invite_guest"):
    """Invite a viewer who is in the room; one who was kept from asking may again."""

    user_id: Id


class AcceptGuest(Message, frozen=True, tag="accept_guest"):
    """Give a waiting viewer a seat."""

    user_id: Id


class RemoveGuest(Message, frozen=True, tag="remove_guest"):
    """Decline who waits, take an invitation back, or take the seat away.

    Attributes:
        is_barred: they may not ask again in this live session.
    """

    user_id: Id
    is_barred: bool = False


class SetGuest(Message, frozen=True, tag="set_guest"):
    """Mute or hide a guest who has a seat, or let them be heard and seen again."""

    user_id: Id
    is_muted: bool
    is_hidden: bool


class MoveGuest(Message, frozen=True, tag="move_guest"):
    """Give a guest another seat; who has it takes theirs."""

    user_id: Id
    seat: int


# --- What is heard of it ---


class GuestsChanged(Message, frozen=True, tag="guests_changed"):
    """Who is on air beside the host, by seat, and whether viewers may ask to be."""

    guests: list[Guest]
    are_requests_open: bool


class GuestQueueChanged(Message, frozen=True, tag="guest_queue_changed"):
    """To staff: everybody who waits, is invited or has a seat; the longest waiting first."""

    guests: list[Guest]


class GuestEnded(Message, frozen=True, tag="guest_ended"):
    """To one who was a guest: why it is over, and whether they may ask again."""

    reason: GuestEnd
    is_barred: bool = False


GuestCommand = (
    RequestSeat
    | AnswerInvitation
    | StartDeviceTest
    | TakeSeat
    | LeaveSeat
    | OpenGuestRequests
    | InviteGuest
    | AcceptGuest
    | RemoveGuest
    | SetGuest
    | MoveGuest
)
