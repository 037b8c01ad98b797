"""What viewers may do on their way to a seat: pure decisions over the fold."""

from typing import Final

from backend.contract.base import Message, RejectReason
from backend.contract.guests import (
    MAX_QUEUE,
    AnswerInvitation,
    Guest,
    GuestEnd,
    GuestMedia,
    GuestPhase,
    LeaveSeat,
    StartDeviceTest,
    TakeSeat,
)
from backend.features.deliveries import Decision, Rejection
from backend.features.guests.seats import Seats
from backend.log.guest_entries import GuestAccepted, GuestGone, GuestMoved

_TESTABLE: Final = frozenset({GuestPhase.ACCEPTED, GuestPhase.TESTING})


def refusal(seats: Seats, user_id: str) -> RejectReason | None:
    """Return why a viewer may not ask for a seat; None where they may."""
    if user_id in seats.guests:
        return RejectReason.ALREADY
    if user_id in seats.barred:
        return RejectReason.GUEST_BARRED
    if not seats.are_requests_open:
        return RejectReason.GUESTS_CLOSED
    waiting = sum(guest.phase is GuestPhase.QUEUED for guest in seats.guests.values())
    return RejectReason.TOO_MANY if waiting >= MAX_QUEUE else None


def give_seat(seats: Seats, user_id: str, media: GuestMedia) -> Decision:
    """Both sides agreed: give the first free seat."""
    seat = seats.free_seat()
    if seat is None:
        return Rejection(RejectReason.SEATS_FULL)
    return (GuestAccepted(user_id, media, seat),)


def decide(seats: Seats, command: Message, user_id: str) -> Decision:
    """Decide what a viewer does who waits, is invited, or has a seat."""
    guest = seats.guests.get(user_id)
    if guest is None:
        return () if isinstance(command, LeaveSeat) else Rejection(RejectReason.EXPIRED)
    match command:
        case LeaveSeat():
            return (GuestGone(user_id, GuestEnd.LEFT),)
        case AnswerInvitation() if guest.phase is GuestPhase.INVITED:
            return _answer(seats, guest, command)
        case StartDeviceTest() if guest.phase in _TESTABLE:
            return (GuestMoved(user_id, GuestPhase.TESTING),)
        case TakeSeat() if guest.phase is GuestPhase.TESTING:
            return (GuestMoved(user_id, GuestPhase.COUNTDOWN),)
    return Rejection(RejectReason.EXPIRED)


def _answer(seats: Seats, guest: Guest, answer: AnswerInvitation) -> Decision:
    if not answer.is_accepted:
        return (GuestGone(guest.user_id, GuestEnd.DECLINED),)
    return give_seat(seats, guest.user_id, answer.media)
