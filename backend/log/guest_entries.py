"""What a room's log has of guests on air."""

from backend.contract.base import Message
from backend.contract.guests import GuestEnd, GuestMedia, GuestPhase


class GuestRequestsOpened(Message, frozen=True, tag="guest_requests_opened"):
    """Staff let viewers ask to come on air, or no more."""

    is_open: bool


class GuestCame(Message, frozen=True, tag="guest_came"):
    """A viewer asked to come on air, or was invited."""

    user_id: str
    media: GuestMedia
    phase: GuestPhase


class GuestAccepted(Message, frozen=True, tag="guest_accepted"):
    """Both sides agreed: the viewer has a seat."""

    user_id: str
    media: GuestMedia
    seat: int


class GuestMoved(Message, frozen=True, tag="guest_moved"):
    """A guest who has a seat came to another phase, or to the same again."""

    user_id: str
    phase: GuestPhase


class GuestStreamed(Message, frozen=True, tag="guest_streamed"):
    """The relay gets a guest's stream, or no more."""

    user_id: str
    is_streaming: bool


class GuestSet(Message, frozen=True, tag="guest_set"):
    """Staff muted or hid a guest, or took that back."""

    user_id: str
    is_muted: bool
    is_hidden: bool


class GuestSeated(Message, frozen=True, tag="guest_seated"):
    """Staff gave a guest another seat."""

    user_id: str
    seat: int


class GuestGone(Message, frozen=True, tag="guest_gone"):
    """A viewer is a guest no more."""

    user_id: str
    reason: GuestEnd
    is_barred: bool = False


GuestEntry = (
    GuestRequestsOpened
    | GuestCame
    | GuestAccepted
    | GuestMoved
    | GuestStreamed
    | GuestSet
    | GuestSeated
    | GuestGone
)
