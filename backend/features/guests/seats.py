"""The way to a seat, folded from the log: pure, without names and rights."""

from collections.abc import Iterator
from typing import Final

import msgspec

from backend.contract.guests import (
    ANSWER_S,
    COUNTDOWN_S,
    HOLD_S,
    SEATS,
    Guest,
    GuestEnd,
    GuestPhase,
)
from backend.log.guest_entries import (
    GuestAccepted,
    GuestCame,
    GuestEntry,
    GuestGone,
    GuestMoved,
    GuestRequestsOpened,
    GuestSeated,
    GuestSet,
    GuestStreamed,
)

AWAY_S: Final = 60
_LASTS_S: Final = {
    GuestPhase.INVITED: ANSWER_S,
    GuestPhase.ACCEPTED: ANSWER_S,
    GuestPhase.TESTING: ANSWER_S,
    GuestPhase.COUNTDOWN: COUNTDOWN_S,
    GuestPhase.DROPPED: HOLD_S,
}
SHOWN: Final = frozenset({GuestPhase.ON_AIR, GuestPhase.DROPPED})
_AWAITS_ANSWER: Final = frozenset({GuestPhase.INVITED, GuestPhase.ACCEPTED, GuestPhase.TESTING})


class Seats(msgspec.Struct):
    """What is folded.

    Attributes:
        guests: by user id, the longest waiting first; their names stay empty.
        are_requests_open: whether viewers may ask.
        barred: who may not ask again in this live session, by user id, and since when in ms.
    """

    guests: dict[str, Guest] = msgspec.field(default_factory=dict)
    are_requests_open: bool = False
    barred: dict[str, int] = msgspec.field(default_factory=dict)

    def free_seat(self) -> int | None:
        """Return the first seat that nobody has; None where all are taken."""
        taken = {guest.seat for guest in self.guests.values()}
        return next((seat for seat in SEATS if seat not in taken), None)

    def shown(self) -> list[Guest]:
        """Return who is on air, by seat; a held seat is still theirs."""
        on_air = [guest for guest in self.guests.values() if guest.phase in SHOWN]
        return sorted(on_air, key=lambda guest: guest.seat or 0)

    def due(self, now_ms: int) -> Iterator[GuestEntry]:
        """Yield what time makes of each guest whose phase is over."""
        for guest in self.guests.values():
            if guest.until_ms is None or guest.until_ms > now_ms:
                continue
            match guest.phase:
                case GuestPhase.COUNTDOWN if guest.is_streaming:
                    yield GuestMoved(guest.user_id, GuestPhase.ON_AIR)
                case GuestPhase.COUNTDOWN:
                    yield GuestMoved(guest.user_id, GuestPhase.DROPPED)
                case GuestPhase.DROPPED:
                    yield GuestGone(guest.user_id, GuestEnd.LOST)
                case GuestPhase.QUEUED:
                    yield GuestGone(guest.user_id, GuestEnd.LEFT)
                case _:
                    yield GuestGone(guest.user_id, GuestEnd.TIMED_OUT)

    def apply(self, entry: GuestEntry, at_ms: int) -> None:
        """Fold an entry."""
        match entry:
            case GuestRequestsOpened(is_open=is_open):
                self.are_requests_open = is_open
            case GuestCame(user_id=user_id, media=media, phase=phase):
                self.barred.pop(user_id, None)
                self.guests[user_id] = _in_phase(Guest(user_id, "", media, phase, at_ms), phase, at_ms)
            case GuestGone(user_id=user_id, is_barred=is_barred):
                self.guests.pop(user_id, None)
                if is_barred:
                    self.barred[user_id] = at_ms
            case _ if entry.user_id in self.guests:
                self._change(self.guests[entry.user_id], entry, at_ms)

    def _change(self, guest: Guest, entry: GuestEntry, at_ms: int) -> None:
        match entry:
            case GuestAccepted(media=media, seat=seat):
                accepted = msgspec.structs.replace(guest, media=media, seat=seat)
                self._put(_in_phase(accepted, GuestPhase.ACCEPTED, at_ms))
            case GuestMoved(phase=phase):
                self._put(_in_phase(guest, phase, at_ms))
            case GuestStreamed(is_streaming=is_streaming):
                self._stream(guest, is_streaming=is_streaming, at_ms=at_ms)
            case GuestSet(is_muted=is_muted, is_hidden=is_hidden):
                self._put(msgspec.structs.replace(guest, is_muted=is_muted, is_hidden=is_hidden))
            case GuestSeated(seat=seat):
                self._seat(guest, seat)

    def _put(self, guest: Guest) -> None:
        self.guests[guest.user_id] = guest

    def _stream(self, guest: Guest, *, is_streaming: bool, at_ms: int) -> None:
        changed = msgspec.structs.replace(guest, is_streaming=is_streaming)
        if is_streaming and guest.phase is GuestPhase.DROPPED:
            changed = _in_phase(changed, GuestPhase.ON_AIR, at_ms)
        elif not is_streaming and guest.phase is GuestPhase.ON_AIR:
            changed = _in_phase(changed, GuestPhase.DROPPED, at_ms)
        self._put(changed)

    def _seat(self, guest: Guest, seat: int) -> None:
        for other in self.guests.values():
            if other.seat == seat:
                self._put(msgspec.structs.replace(other, seat=guest.seat))
                break
        self._put(msgspec.structs.replace(guest, seat=seat))

    def see(self, user_id: str, *, is_here: bool, at_ms: int) -> None:
        """Fold that a viewer came or left the room: who waits and is away for `AWAY_S` waits no more."""
        guest = self.guests.get(user_id)
        if guest is not None and guest.phase is GuestPhase.QUEUED:
            until_ms = None if is_here else at_ms + AWAY_S * 1000
            self._put(msgspec.structs.replace(guest, until_ms=until_ms))

    def restart(self, at_ms: int) -> None:
        """Fold that the backend restarted: nobody is there, no stream comes, answers get their time anew."""
        for guest in list(self.guests.values()):
            self._stream(guest, is_streaming=False, at_ms=at_ms)
            if guest.phase in _AWAITS_ANSWER:
                self._put(_in_phase(self.guests[guest.user_id], guest.phase, at_ms))
            self.see(guest.user_id, is_here=False, at_ms=at_ms)

    def clear(self) -> list[str]:
        """Fold that the live session ended; return who were guests."""
        gone = list(self.guests)
        self.guests.clear()
        self.barred.clear()
        return gone


def _in_phase(guest: Guest, phase: GuestPhase, at_ms: int) -> Guest:
    lasts_s = _LASTS_S.get(phase)
    until_ms = None if lasts_s is None else at_ms + lasts_s * 1000
    return msgspec.structs.replace(guest, phase=phase, since_ms=at_ms, until_ms=until_ms)
