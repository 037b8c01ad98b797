"""Guests on air: who may ask, who decides, and what each hears of it."""

from collections.abc import Callable
from typing import Any, ClassVar, Final

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason, Role
from backend.contract.chat import BlockUser
from backend.contract.guests import (
    AcceptGuest,
    AnswerInvitation,
    Guest,
    GuestEnd,
    GuestEnded,
    GuestMedia,
    GuestPhase,
    GuestQueueChanged,
    GuestsChanged,
    InviteGuest,
    LeaveSeat,
    MoveGuest,
    OpenGuestRequests,
    RemoveGuest,
    RequestSeat,
    SetGuest,
    StartDeviceTest,
    TakeSeat,
)
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToAll, ToStaff, ToUser, You
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.features.guests import asking, hosting
from backend.features.guests.seats import Seats
from backend.limits import KeyedBuckets
from backend.log.entries import AccountNamed, BackendStarted, DidModerate, Entry, Joined, Left, Named, Record
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

REQUESTS_PER_SECOND: Final = 0.1
REQUESTS_AT_ONCE: Final = 3
_SEEN: Final = (BackendStarted, Joined, Left, DidModerate, Named, AccountNamed)


class RecordGuestStream(Message, frozen=True, tag="record_guest_stream"):
    """Write down that the relay gets a guest's stream, or no more. It comes from within the backend alone.

    A stream of one who has no seat is `FORBIDDEN`: it is to be cut.
    """

    user_id: str
    is_streaming: bool


class AskSeat(Message, frozen=True, tag="ask_seat"):
    """Ask whether the actor has a seat; it changes nothing. It comes from within the backend alone."""


class Guests(Feature[Seats]):
    """Decides who comes on air beside the host.

    Args:
        author: how others see a user.
        is_on_air: whether a live session is on.
        is_present: whether a viewer is in the room, by user id.
    """

    name = "guests"
    state_type = Seats
    commands: ClassVar = {
        RequestSeat: Anyone.ANYONE,
        AnswerInvitation: Anyone.ANYONE,
        StartDeviceTest: Anyone.ANYONE,
        TakeSeat: Anyone.ANYONE,
        LeaveSeat: Anyone.ANYONE,
        OpenGuestRequests: AssistantRight.GUESTS,
        InviteGuest: AssistantRight.GUESTS,
        AcceptGuest: AssistantRight.GUESTS,
        RemoveGuest: AssistantRight.GUESTS,
        SetGuest: AssistantRight.GUESTS,
        MoveGuest: AssistantRight.GUESTS,
        RecordGuestStream: Anyone.HOST,
        AskSeat: Anyone.ANYONE,
    }
    entries = (
        GuestRequestsOpened,
        GuestCame,
        GuestAccepted,
        GuestMoved,
        GuestStreamed,
        GuestSet,
        GuestSeated,
        GuestGone,
        *_SEEN,
    )

    def __init__(
        self,
        state: Seats | None = None,
        *,
        author: AuthorOf,
        is_on_air: Callable[[], bool],
        is_present: Callable[[str], bool],
    ) -> None:
        self.state = state or Seats()
        self._author = author
        self._is_on_air = is_on_air
        self._is_present = is_present
        self._paces = KeyedBuckets(per_second=REQUESTS_PER_SECOND, burst=REQUESTS_AT_ONCE)

    # --- Commands ---

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case RequestSeat(media=media):
                return self._request(actor, media, now_ms)
            case OpenGuestRequests(is_open=is_open):
                is_news = self.state.are_requests_open != is_open
                return (GuestRequestsOpened(is_open),) if is_news else ()
            case InviteGuest(user_id=user_id):
                return self._invite(user_id)
            case AcceptGuest() | RemoveGuest() | SetGuest() | MoveGuest():
                return hosting.decide(self.state, command)
            case RecordGuestStream() | AskSeat():
                return self._answer_relay(command, actor.user_id)
        return asking.decide(self.state, command, actor.user_id)

    def _request(self, actor: Actor, media: GuestMedia, now_ms: int) -> Decision:
        if actor.role is not Role.VIEWER:
            return Rejection(RejectReason.IS_STAFF)
        if not self._is_on_air():
            return Rejection(RejectReason.NOT_LIVE)
        reason = asking.refusal(self.state, actor.user_id)
        if reason is not None:
            return Rejection(reason)
        retry_ms = self._paces.take(actor.user_id, now_ms / 1000)
        if retry_ms:
            return Rejection(RejectReason.TOO_FAST, retry_ms)
        return (GuestCame(actor.user_id, media, GuestPhase.QUEUED),)

    def _answer_relay(self, command: RecordGuestStream | AskSeat, user_id: str) -> Decision:
        guest = self.state.guests.get(command.user_id if isinstance(command, RecordGuestStream) else user_id)
        has_seat = guest is not None and guest.seat is not None
        match command:
            case RecordGuestStream(is_streaming=False) if not has_seat:
                return ()
            case RecordGuestStream(user_id=user_id, is_streaming=is_streaming) if guest and has_seat:
                is_news = guest.is_streaming != is_streaming
                return (GuestStreamed(user_id, is_streaming),) if is_news else ()
            case AskSeat() if has_seat:
                return ()
        return Rejection(RejectReason.FORBIDDEN)

    def _invite(self, user_id: str) -> Decision:
        if not self._is_on_air():
            return Rejection(RejectReason.NOT_LIVE)
        if user_id in self.state.guests:
            return Rejection(RejectReason.ALREADY)
        if not self._is_present(user_id):
            return Rejection(RejectReason.UNKNOWN_USER)
        return (GuestCame(user_id, GuestMedia.VIDEO, GuestPhase.INVITED),)

    # --- What has happened ---

    @override
    def due(self, now_ms: int) -> list[Entry]:
        return list(self.state.due(now_ms))

    @override
    def derive(self, entry: Entry) -> list[Entry]:
        match entry:
            case DidModerate(action=action) if isinstance(action.command, BlockUser):
                user_id = action.command.user_id
                return [GuestGone(user_id, GuestEnd.BLOCKED)] if user_id in self.state.guests else []
        return []

    @override
    def apply(self, record: Record) -> list[Delivery]:
        match record.entry:
            case BackendStarted():
                self.state.restart(record.at_ms)
            case Joined(user_id=user_id):
                self.state.see(user_id, is_here=True, at_ms=record.at_ms)
            case Left(user_id=user_id):
                self.state.see(user_id, is_here=False, at_ms=record.at_ms)
            case Named(user_id=user_id) | AccountNamed(user_id=user_id) if user_id in self.state.guests:
                return self._rename()
            case entry if isinstance(entry, GuestEntry):
                return self._apply(entry, record.at_ms)
        return []

    def _apply(self, entry: GuestEntry, at_ms: int) -> list[Delivery]:
        before = self._public()
        self.state.apply(entry, at_ms)
        changes = self._changes(before)
        match entry:
            case GuestRequestsOpened():
                return changes
            case GuestGone(user_id=user_id, reason=reason, is_barred=is_barred):
                return [ToUser(user_id, GuestEnded(reason, is_barred)), You(user_id), *changes]
        return [You(entry.user_id), *changes]

    def _rename(self) -> list[Delivery]:
        to_all: list[Delivery] = [ToAll(self._public())] if self.state.shown() else []
        return [*to_all, ToStaff(GuestQueueChanged(self._all()), AssistantRight.GUESTS)]

    def _changes(self, before: GuestsChanged) -> list[Delivery]:
        after = self._public()
        to_all: list[Delivery] = [] if after == before else [ToAll(after)]
        return [*to_all, ToStaff(GuestQueueChanged(self._all()), AssistantRight.GUESTS)]

    @override
    def end_session(self) -> list[Delivery]:
        before, gone = self._public(), self.state.clear()
        if not gone:
            return []
        ends = [ToUser(user_id, GuestEnded(GuestEnd.LIVE_ENDED)) for user_id in gone]
        return [*ends, *map(You, gone), *self._changes(before)]

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        before = self._public()
        self.state.barred.pop(user_id, None)
        return self._changes(before) if self.state.guests.pop(user_id, None) else []

    # --- What is shown ---

    @override
    def show(self) -> dict[str, Any]:
        public = self._public()
        return {"guests": public.guests, "are_guest_requests_open": public.are_requests_open}

    @override
    def show_to(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        guest = self.state.guests.get(actor.user_id)
        return {"guest": None if guest is None else self._named(guest)}

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"guests": self._all() if actor.may(AssistantRight.GUESTS) else []}

    def _public(self) -> GuestsChanged:
        return GuestsChanged([*map(self._named, self.state.shown())], self.state.are_requests_open)

    def _all(self) -> list[Guest]:
        return [*map(self._named, self.state.guests.values())]

    def _named(self, guest: Guest) -> Guest:
        return msgspec.structs.replace(guest, name=self._author(Actor(guest.user_id, Role.VIEWER)).name)
