"""Who people are to each other: chosen names, who follows the host, who checked in, who came lately."""

from collections.abc import Callable, Collection, Iterator

import msgspec

from backend.contract.audience import CheckInsChanged, EntriesShown, FollowersChanged
from backend.contract.base import HOST_USER, Author, Message, RejectReason, Role
from backend.contract.bounds import MAX_NAME
from backend.features.actor import Actor
from backend.features.audience.default_names import CHINESE, DefaultNames
from backend.features.audience.names import Names, look_of
from backend.features.deliveries import Delivery, Namesakes, Rejection, ToCrowd, You
from backend.limits import KeyedBuckets
from backend.log.entries import AccountNamed, CheckedIn, Entered, Followed, Named, Unfollowed
from backend.plain_text import clean


class AskName(Message, frozen=True, tag="ask_name"):
    """May the actor have an account of this name? It comes over HTTP alone."""

    name: str


class TakeName(Message, frozen=True, tag="take_name"):
    """The actor has an account of this name now. It comes over HTTP alone."""

    name: str


class PeopleState(msgspec.Struct):
    """What is folded: names and followers for good, check-ins of this session; by user id."""

    names: dict[str, str] = msgspec.field(default_factory=dict)
    followers: dict[str, int] = msgspec.field(default_factory=dict)
    checked_in: dict[str, int] = msgspec.field(default_factory=dict)


class People:
    """Knows names, followers and check-ins.

    Args:
        names: what people are called who chose no name.
        owned: names that are somebody's alone.
        assistants: gives their user ids.
    """

    def __init__(
        self,
        state: PeopleState | None = None,
        names: DefaultNames = CHINESE,
        owned: Names | None = None,
        assistants: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self.state = state or PeopleState()
        self._names = names
        self._owned = owned or Names()
        self._assistants = assistants
        self._changes = KeyedBuckets(per_second=0.2, burst=4)

    def author(self, actor: Actor) -> Author:
        """Return how others see somebody."""
        return Author(actor.user_id, self.name(actor), actor.role, actor.user_id in self.state.followers)

    def name(self, actor: Actor) -> str:
        """Return the chosen name as long as it is nobody else's, else one that others can tell apart."""
        chosen = self.state.names.get(actor.user_id)
        return chosen if chosen and self.may_be_called(chosen, actor) else self._names.of(actor)

    def may_be_called(self, name: str, actor: Actor) -> bool:
        """Whether a name is nobody else's and no role's, nor can be taken for such a one."""
        return self._owned.is_free(name, actor, self._staff_names())

    def _staff_names(self) -> Iterator[tuple[str, str]]:
        for user_id in (HOST_USER, *self._assistants()):
            if name := self.state.names.get(user_id):
                yield user_id, name

    def rename(self, actor: Actor, name: str, now_ms: int) -> Named | Rejection | None:
        """Return the new name; None where it is the same. Every try takes a turn, before the name is read."""
        if rejection := self._paced(actor, now_ms):
            return rejection
        cleaned = clean(name, MAX_NAME)
        if isinstance(cleaned, RejectReason):
            return Rejection(cleaned)
        if not self.may_be_called(cleaned, actor):
            return Rejection(RejectReason.NAME_UNAVAILABLE)
        return None if cleaned == self.state.names.get(actor.user_id) else Named(actor.user_id, cleaned)

    def follow(self, actor: Actor, now_ms: int) -> Followed | Rejection | None:
        """Return that a viewer follows; None where they do already."""
        if actor.role is not Role.VIEWER:
            return Rejection(RejectReason.FORBIDDEN)
        if actor.user_id in self.state.followers:
            return None
        return self._paced(actor, now_ms) or Followed(actor.user_id)

    def unfollow(self, actor: Actor) -> Unfollowed | None:
        """Return that a viewer follows no more; None where they do not."""
        return Unfollowed(actor.user_id) if actor.user_id in self.state.followers else None

    def check_in(self, actor: Actor) -> CheckedIn | Rejection:
        """Return that a viewer is here."""
        if actor.user_id in self.state.checked_in:
            return Rejection(RejectReason.ALREADY)
        return CheckedIn(actor.user_id)

    def decide(self, command: AskName | TakeName, actor: Actor) -> tuple[AccountNamed, ...] | Rejection:
        """Return what an account's name makes; of a question nothing, or that the name is not to be had."""
        if isinstance(command, TakeName):
            return (AccountNamed(actor.user_id, command.name),)
        is_free = self.may_be_called(command.name, actor)
        return () if is_free else Rejection(RejectReason.NAME_UNAVAILABLE)

    def take(
        self, entry: Named | AccountNamed | Followed | Unfollowed | CheckedIn | Entered, at_ms: int
    ) -> list[Delivery]:
        """Take in what somebody did."""
        state = self.state
        match entry:
            case Named(user_id=user_id, name=name):
                state.names[user_id] = name
                is_of_staff = user_id == HOST_USER or user_id in self._assistants()
                return [You(user_id), *([Namesakes(user_id, name)] if is_of_staff else ())]
            case AccountNamed(user_id=user_id, name=name):
                state.names[user_id] = name
                self._owned.give(user_id, name)
                return [You(user_id), Namesakes(user_id, name)]
            case Followed(user_id=user_id):
                state.followers[user_id] = at_ms
                return [You(user_id), ToCrowd(FollowersChanged(len(state.followers)))]
            case Unfollowed(user_id=user_id):
                state.followers.pop(user_id, None)
                return [You(user_id), ToCrowd(FollowersChanged(len(state.followers)))]
            case CheckedIn(user_id=user_id):
                state.checked_in[user_id] = at_ms
                return [You(user_id), ToCrowd(CheckInsChanged(len(state.checked_in)))]
            case Entered(user_id=user_id):
                return [ToCrowd(EntriesShown([self.author(Actor(user_id, Role.VIEWER))]))]

    def is_namesake(self, user_id: str, name: str) -> bool:
        """Whether somebody chose a name that can be taken for this one."""
        chosen = self.state.names.get(user_id)
        return chosen is not None and look_of(chosen) == look_of(name)

    def begin_session(self) -> None:
        """Let everybody check in again."""
        self.state.checked_in.clear()

    def _paced(self, actor: Actor, now_ms: int) -> Rejection | None:
        retry_ms = self._changes.take(actor.user_id, now_ms / 1000)
        return Rejection(RejectReason.TOO_FAST, retry_ms) if retry_ms else None
