"""What staff may do with guests: pure decisions over the fold."""

from backend.contract.base import Message, RejectReason
from backend.contract.guests import (
    SEATS,
    AcceptGuest,
    Guest,
    GuestEnd,
    GuestPhase,
    MoveGuest,
    RemoveGuest,
    SetGuest,
)
from backend.features.deliveries import Decision, Rejection
from backend.features.guests.asking import give_seat
from backend.features.guests.seats import Seats
from backend.log.guest_entries import GuestGone, GuestSeated, GuestSet

GuestDecision = AcceptGuest | RemoveGuest | SetGuest | MoveGuest
"""What staff decide of one who is a guest already."""


def decide(seats: Seats, command: GuestDecision) -> Decision:
    """Decide what staff do with somebody who waits, is invited, or has a seat."""
    guest = seats.guests.get(command.user_id)
    if guest is None:
        return Rejection(RejectReason.UNKNOWN_USER)
    match command:
        case AcceptGuest() if guest.phase is GuestPhase.QUEUED:
            return give_seat(seats, guest.user_id, guest.media)
        case RemoveGuest(is_barred=is_barred):
            reason = GuestEnd.DECLINED if guest.seat is None else GuestEnd.KICKED
            return (GuestGone(guest.user_id, reason, is_barred),)
        case SetGuest() | MoveGuest() if guest.seat is not None:
            return _arrange(guest, command)
    return Rejection(RejectReason.EXPIRED)


def _arrange(guest: Guest, command: Message) -> Decision:
    match command:
        case SetGuest(is_muted=is_muted, is_hidden=is_hidden):
            is_news = (guest.is_muted, guest.is_hidden) != (is_muted, is_hidden)
            return (GuestSet(guest.user_id, is_muted, is_hidden),) if is_news else ()
        case MoveGuest(seat=seat) if seat in SEATS:
            return (GuestSeated(guest.user_id, seat),) if seat != guest.seat else ()
    return Rejection(RejectReason.MALFORMED)
