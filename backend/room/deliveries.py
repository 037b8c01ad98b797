"""Delivers what features say: to all, to the crowd, to one user, to the staff whom it concerns."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from backend.contract.audience import YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.protocol import PrivateEvent, Reliable
from backend.features.actor import Actor
from backend.features.deliveries import (
    Delivery,
    PutOut,
    ShowStaff,
    ToAll,
    ToCrowd,
    ToHost,
    ToStaff,
    ToUser,
    You,
    YouWhere,
)
from backend.features.feature_set import FeatureSet
from backend.room.audience import Audience
from backend.room.feed import SampledFeed
from backend.room.line import Line
from backend.room.reliable_lane import ReliableLane
from backend.room.sampling import Sampler

DIGEST_INTERVAL_MS: Final = 1000


class Deliveries:
    """Who hears what in a room.

    Args:
        features: whose deliveries these are; replaced whole when it is read again from disk.
        lane: delivers to everybody what nobody may miss.
        feed: the sampled lane.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self, features: FeatureSet, *, lane: ReliableLane, feed: SampledFeed, clock_ms: Callable[[], int]
    ) -> None:
        self.features = features
        self._lane = lane
        self._feed = feed
        self._clock_ms = clock_ms
        self._sampler = Sampler(features.merges)
        feed.attach(self._sampler)
        self._audience = Audience()
        self._digest_at_ms = 0
        self._digest = {type(one.event): one.event for one in features.digest(clock_ms())}

    def enter(self, line: Line, actor: Actor) -> None:
        """Let a connection hear what is private to it, beginning with what it must know."""
        now_ms = self._clock_ms()
        barred = self.features.bars(actor, now_ms)
        if not self._audience.enter(line, actor):
            return
        if barred is not None:
            self._audience.deliver(actor.user_id, barred.event)
            self._put_out(barred.put_out)
            return
        self._deliver_you(actor.user_id)
        if actor.role is not Role.VIEWER:
            self._show_staff(actor)
        self.deliver(self.features.greet(actor), iter(()))

    def leave(self, line: Line, actor: Actor) -> None:
        """Undo `enter`."""
        self._audience.leave(line, actor)
        self.deliver(self.features.part(actor), iter(()))

    def greet_again(self) -> None:
        """Deliver again what those who are here heard on coming in."""
        for user_id in self._audience.users:
            actor = self._audience.actor(user_id)
            if actor is not None:
                self.deliver(self.features.greet(actor), iter(()))

    def deliver(self, deliveries: Sequence[Delivery], reliable: Iterator[Reliable]) -> None:
        """Deliver all of it, in its order.

        Args:
            deliveries: what the features say of who hears what.
            reliable: what of it is for all, under the numbers by which it was saved.
        """
        for item in deliveries:
            match item:
                case ToAll(event=event):
                    self._sampler.retract(event)
                    self._lane.deliver(next(reliable))
                case ToCrowd(event=sampled):
                    self._sampler.offer(sampled)
                    self._feed.wake()
                case ToUser(user_id=user_id, event=private):
                    self._audience.deliver(user_id, private)
                case You(user_id=user_id):
                    self._deliver_you(user_id)
                case PutOut():
                    self._put_out(item)
                case ToStaff() | ToHost() | YouWhere() | ShowStaff():
                    self._deliver_to_some(item)

    def _deliver_to_some(self, item: ToStaff | ToHost | YouWhere | ShowStaff) -> None:
        match item:
            case ToStaff(event=event, right=right):
                self._deliver_to_staff(right, event)
            case ToHost(make=make):
                event = make(lambda user_id: self._audience.actor(user_id) is not None)
                self._audience.deliver_to_staff(event, lambda actor: actor.role is Role.HOST)
            case YouWhere(concerns=concerns):
                for user_id in filter(concerns, self._audience.users):
                    self._deliver_you(user_id)
            case ShowStaff(user_id=user_id):
                actor = self._audience.actor(user_id)
                if actor is not None:
                    self._show_staff(actor)

    def _show_staff(self, actor: Actor) -> None:
        now_ms = self._clock_ms()
        shown = self.features.staff_snapshot(self.features.known(actor, now_ms), now_ms)
        self._audience.deliver(actor.user_id, shown)

    def _deliver_to_staff(self, right: AssistantRight, event: PrivateEvent) -> None:
        now_ms = self._clock_ms()
        self._audience.deliver_to_staff(event, lambda actor: self.features.known(actor, now_ms).may(right))

    def _deliver_you(self, user_id: str) -> None:
        actor = self._audience.actor(user_id)
        if actor is not None:
            self._audience.deliver(user_id, YouChanged(self.features.you(actor, self._clock_ms())))

    def _put_out(self, put_out: PutOut) -> None:
        self._audience.put_out(put_out.user_id, put_out.code, put_out.reason, put_out.role)

    def deliver_what_is_due(self, now_ms: int) -> None:
        """Deliver, once a second, what the features put together for it, where it changed.

        Call it when all that was decided is saved.
        """
        if now_ms - self._digest_at_ms < DIGEST_INTERVAL_MS:
            return
        self._digest_at_ms = now_ms
        for item in self.features.digest(now_ms):
            if self._digest.get(type(item.event)) != item.event:
                self._digest[type(item.event)] = item.event
                self.deliver([item], iter(()))

    def sign_out(self, who: Actor, version: int) -> bool:
        """See `Audience.sign_out`."""
        return self._audience.sign_out(who, version)
