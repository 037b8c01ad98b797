"""Who people are to each other: chosen names, who follows the host, who checked in, who joined lately."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, ClassVar, Final

import msgspec
from typing_extensions import override

from backend.contract.audience import (
    CheckIn,
    CheckInsChanged,
    Follow,
    FollowersChanged,
    JoinsShown,
    SetNickname,
    Unfollow,
)
from backend.contract.base import HOST_USER, Author, Message, RejectReason, Role
from backend.contract.bounds import MAX_NAME
from backend.contract.erasing import PersonErased
from backend.contract.protocol import ReliableEvent
from backend.features.actor import Actor
from backend.features.audience.default_names import CHINESE, DefaultNames
from backend.features.audience.names import Names, look_of
from backend.features.deliveries import Decision, Delivery, PutOut, Rejection, ToAll, ToCrowd, You, YouWhere
from backend.features.feature import Anyone, Feature
from backend.features.merging import Merge
from backend.limits import KeyedBuckets
from backend.log.entries import AccountNamed, CheckedIn, Erased, Followed, Joined, Named, Record, Unfollowed
from backend.plain_text import clean

JOINS_A_TICK: Final = 1
ERASED: Final = 4412


class AskName(Message, frozen=True, tag="ask_name"):
    """May the actor have an account of this name? It comes over HTTP alone."""

    name: str


class TakeName(Message, frozen=True, tag="take_name"):
    """The actor has an account of this name now. It comes over HTTP alone."""

    name: str


class ErasePerson(Message, frozen=True, tag="erase_person"):
    """Forget the name and the words of a person. It comes from within the backend alone."""

    user_id: str


class PeopleState(msgspec.Struct):
    """What is folded: names and followers for good, check-ins of this session; by user id."""

    names: dict[str, str] = msgspec.field(default_factory=dict)
    followers: dict[str, int] = msgspec.field(default_factory=dict)
    checked_in: dict[str, int] = msgspec.field(default_factory=dict)


class _LastJoins(Merge[JoinsShown]):
    @override
    def merge(self, events: Sequence[JoinsShown]) -> JoinsShown:
        return JoinsShown([author for event in events for author in event.authors][-JOINS_A_TICK:])

    @override
    def retract(self, events: list[JoinsShown], by: ReliableEvent) -> list[JoinsShown]:
        if not isinstance(by, PersonErased):
            return events
        left = [[one for one in event.authors if one.user_id != by.user_id] for event in events]
        return [JoinsShown(authors) for authors in left]


class People(Feature[PeopleState]):
    """Knows names, followers and check-ins.

    Args:
        names: what people are called who chose no name.
        owned: names that belong to accounts.
        assistants: gives their user ids.
        is_unseen: whether the others need not hear of a join.
        has_blocked_word: whether a name holds one.
        room_title: gives what the host calls the room, which is nobody else's name; empty for nothing.
    """

    name = "people"
    state_type = PeopleState
    commands: ClassVar = {
        Follow: Anyone.ANYONE,
        Unfollow: Anyone.ANYONE,
        SetNickname: Anyone.ANYONE,
        CheckIn: Anyone.ANYONE,
        AskName: Anyone.ANYONE,
        TakeName: Anyone.ANYONE,
        ErasePerson: Anyone.HOST,
    }
    entries = (Named, AccountNamed, Followed, Unfollowed, CheckedIn, Joined)
    merges: ClassVar = {JoinsShown: _LastJoins()}

    def __init__(
        self,
        state: PeopleState | None = None,
        names: DefaultNames = CHINESE,
        owned: Names | None = None,
        *,
        assistants: Callable[[], Collection[str]] = tuple,
        is_unseen: Callable[[Record], bool] = lambda _record: False,
        has_blocked_word: Callable[[str], bool] = lambda _name: False,
        room_title: Callable[[], str] = str,
    ) -> None:
        self.state = state or PeopleState()
        self._names = names
        self._owned = owned or Names()
        self._assistants = assistants
        self._is_unseen = is_unseen
        self._has_blocked_word = has_blocked_word
        self._room_title = room_title
        self._changes = KeyedBuckets(per_second=0.2, burst=4)

    def author(self, actor: Actor) -> Author:
        """Return how others see a user."""
        return Author(actor.user_id, self.name_of(actor), actor.role, actor.user_id in self.state.followers)

    def name_of(self, actor: Actor) -> str:
        """Return the name chosen here, else the account's, as long as it is nobody else's.

        Who has neither gets one that others can tell apart.
        """
        for name in (self.state.names.get(actor.user_id), self._owned.of_account(actor.user_id)):
            if name and self.may_be_called(name, actor):
                return name
        return self._names.of(actor)

    def may_be_called(self, name: str, actor: Actor) -> bool:
        """Whether a name is nobody else's and no role's, nor can be taken for such a one."""
        return self._owned.is_free(name, actor, self._staff_names())

    def is_follower(self, user_id: str) -> bool:
        """Whether a user follows the host."""
        return user_id in self.state.followers

    def _staff_names(self) -> Iterator[tuple[str, str]]:
        if title := self._room_title():
            yield HOST_USER, title
        for user_id in (HOST_USER, *self._assistants()):
            if name := self.state.names.get(user_id):
                yield user_id, name

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        made: Decision = ()
        match command:
            case Follow():
                made = self._follow(actor, now_ms)
            case Unfollow() if actor.user_id in self.state.followers:
                made = (Unfollowed(actor.user_id),)
            case SetNickname(name=name):
                made = self._rename(actor, name, now_ms)
            case CheckIn():
                has_been = actor.user_id in self.state.checked_in
                made = Rejection(RejectReason.ALREADY) if has_been else (CheckedIn(actor.user_id),)
            case TakeName(name=name):
                made = (AccountNamed(actor.user_id, name),)
            case ErasePerson(user_id=user_id):
                made = (Erased(user_id),)
            case AskName(name=name):
                is_free = not self._has_blocked_word(name) and self.may_be_called(name, actor)
                made = () if is_free else Rejection(RejectReason.NAME_UNAVAILABLE)
        return made

    def _rename(self, actor: Actor, name: str, now_ms: int) -> Decision:
        # Every try takes a turn, before the name is read.
        if rejection := self._paced(actor, now_ms):
            return rejection
        cleaned = clean(name, MAX_NAME)
        if isinstance(cleaned, RejectReason):
            return Rejection(cleaned)
        if not self.may_be_called(cleaned, actor):
            return Rejection(RejectReason.NAME_UNAVAILABLE)
        if cleaned == self.state.names.get(actor.user_id):
            return ()
        if actor.role is Role.VIEWER and self._has_blocked_word(cleaned):
            return Rejection(RejectReason.BLOCKED_WORD)
        return (Named(actor.user_id, cleaned),)

    def _follow(self, actor: Actor, now_ms: int) -> Decision:
        if actor.role is not Role.VIEWER:
            return Rejection(RejectReason.FORBIDDEN)
        if actor.user_id in self.state.followers:
            return ()
        return self._paced(actor, now_ms) or (Followed(actor.user_id),)

    @override
    def apply(self, record: Record) -> list[Delivery]:
        state = self.state
        heard: list[Delivery] = []
        match record.entry:
            case Named(user_id=user_id, name=name):
                state.names[user_id] = name
                is_of_staff = user_id == HOST_USER or user_id in self._assistants()
                heard = [You(user_id), *([self._namesakes(user_id, name)] if is_of_staff else ())]
            case AccountNamed(user_id=user_id, name=name):
                state.names[user_id] = name
                if name:  # else they were erased since
                    self._owned.give(user_id, name)
                heard = [You(user_id), self._namesakes(user_id, name)]
            case Followed(user_id=user_id):
                state.followers[user_id] = record.at_ms
                heard = [You(user_id), ToCrowd(FollowersChanged(len(state.followers)))]
            case Unfollowed(user_id=user_id):
                state.followers.pop(user_id, None)
                heard = [You(user_id), ToCrowd(FollowersChanged(len(state.followers)))]
            case CheckedIn(user_id=user_id):
                state.checked_in[user_id] = record.at_ms
                heard = [You(user_id), ToCrowd(CheckInsChanged(len(state.checked_in)))]
            case Joined(user_id=user_id) if not self._is_unseen(record):
                heard = [ToCrowd(JoinsShown([self.author(Actor(user_id, Role.VIEWER))]))]
        return heard

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        self.state.names.pop(user_id, None)
        self._owned.forget(user_id)
        # They come in again as somebody new, or as a guest of whom nothing is known.
        return [ToAll(PersonErased(user_id)), PutOut(user_id, "erased", ERASED)]

    @override
    def refresh(self) -> list[Delivery]:
        new = self._owned.refresh()
        return [
            delivery
            for user_id, name in new.items()
            for delivery in (You(user_id), self._namesakes(user_id, name))
        ]

    def _namesakes(self, owner: str, name: str) -> YouWhere:
        # They are shown by another name from now on. Of all who ever chose one, few are here.
        return YouWhere(lambda user_id: user_id != owner and self.is_namesake(user_id, name))

    def is_namesake(self, user_id: str, name: str) -> bool:
        """Whether another user has a name that can be taken for this one."""
        chosen = self.state.names.get(user_id)
        return chosen is not None and look_of(chosen) == look_of(name)

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        self.state.checked_in.clear()
        return [ToCrowd(CheckInsChanged(0))]

    @override
    def show(self) -> dict[str, Any]:
        return {"followers": len(self.state.followers), "check_ins": len(self.state.checked_in)}

    @override
    def show_to(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {
            "name": self.name_of(actor),
            "is_follower": actor.user_id in self.state.followers,
            "has_checked_in": actor.user_id in self.state.checked_in,
        }

    def _paced(self, actor: Actor, now_ms: int) -> Rejection | None:
        retry_ms = self._changes.take(actor.user_id, now_ms / 1000)
        return Rejection(RejectReason.TOO_FAST, retry_ms) if retry_ms else None
