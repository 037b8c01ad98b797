"""One room at work: its queue, its features, its history and its audience, put together."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from backend.contract.base import Role
from backend.contract.live import PresenceChanged
from backend.contract.protocol import Command, Snapshot
from backend.contract.totals import totals_of
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.features.feature_set import InnerCommand, QueuedCommand
from backend.log.entries import Joined, Left
from backend.room.feed import SampledFeed
from backend.room.frames import Prepared, prepare
from backend.room.heartbeats import Heartbeats
from backend.room.history import History
from backend.room.hub import Hub
from backend.room.line import Line
from backend.room.mailbox import EmptyMailbox, Mailbox, MailWatch
from backend.room.presence import PresenceCounter
from backend.room.processor import CommandProcessor, Store
from backend.room.reliable_lane import ReliableLane

TICK_S: Final = 0.25


class Room:
    """What connections, relay and timers talk to.

    Args:
        room_id: the room's name in its address.
        title: what viewers read, plain text.
        store: saves what happens before anybody hears of it.
        history: what was delivered so far; the room goes on from there.
        clock_ms: the server's time, in milliseconds since 1970.
        mailbox: where the shop's messages wait for the room.
    """

    def __init__(
        self,
        room_id: str,
        title: str,
        *,
        store: Store,
        history: History,
        clock_ms: Callable[[], int],
        mailbox: Mailbox | None = None,
    ) -> None:
        self.room_id = room_id
        self.title = title
        self._clock_ms = clock_ms
        self._history = history
        self._hub = Hub(time.monotonic)
        self._feed = SampledFeed(self._hub)
        self._presence = PresenceCounter()
        self._heartbeats = Heartbeats[Line, Actor](clock_ms)
        self._mail = MailWatch(mailbox or EmptyMailbox())
        self._processor = CommandProcessor(
            store,
            lane=ReliableLane(history, self._hub),
            feed=self._feed,
            clock_ms=clock_ms,
            on_session=self._presence.begin_anew,
            hear=self._hear,
        )
        for entry in self._processor.features.beginning():
            self._processor.record(entry)

    def snapshot(self) -> Snapshot:
        """Return all that a newcomer needs."""
        return msgspec.structs.replace(
            self._processor.show(),
            epoch=self._history.epoch,
            seq=self._history.seq,
            title=self.title,
            presence=self._presence.presence,
        )

    def missed(self, epoch: str, seq: int) -> list[Prepared] | None:
        """Return the reliable events after `seq`, or None when only a snapshot helps."""
        return self._history.missed(epoch, seq)

    def last(self) -> list[Prepared]:
        """Return the reliable events that are still known, oldest first."""
        return self._history.last()

    def since_snapshot(self) -> Sequence[Prepared]:
        """Return what was delivered since the snapshot: nothing, it is taken when it is asked for."""
        return ()

    def enter(self, line: Line, actor: Actor) -> None:
        """Add a client: its line gets every event from now on."""
        self._hub.subscribe(line)
        self.admit(line, actor)

    def leave(self, line: Line, actor: Actor) -> None:
        """Undo `enter`."""
        if not self._heartbeats.leave(line):
            self.dismiss(line, actor)
        self._hub.unsubscribe(line)

    def hear(self, line: Line, actor: Actor) -> None:
        """See `Venue.hear`."""
        if actor.role is Role.VIEWER and self._heartbeats.hear(line, actor):
            self.admit(line, actor)

    def refresh(self, line: Line) -> None:
        """Deliver the totals, soon, to who resumed: of the sampled lane nothing is sent again."""
        self._hub.mark_stale(line)

    def subscribe(self, line: Line) -> None:
        """Give a line what all hear, whoever is behind it."""
        self._hub.subscribe(line)

    def unsubscribe(self, line: Line) -> None:
        """Undo `subscribe`."""
        self._hub.unsubscribe(line)

    def admit(self, line: Line, actor: Actor) -> None:
        """Count a connection; its line gets what is private to its user. Staff are not counted as viewers."""
        if actor.role is Role.VIEWER:
            if self._presence.enter(actor.user_id):
                self._processor.record(Joined(actor.user_id, actor.source))
            self._deliver_presence()
        self._processor.enter(line, actor)

    def dismiss(self, line: Line, actor: Actor) -> None:
        """Undo `admit`."""
        self._processor.leave(line, actor)
        if actor.role is Role.VIEWER:
            if self._presence.leave(actor.user_id):
                self._processor.record(Left(actor.user_id))
            self._deliver_presence()

    async def admits(self, actor: Actor) -> bool:
        """Whether the actor may come in with their token's role: an assistant's rights can have ended."""
        return self._processor.admits(actor)

    async def may_buy(self, actor: Actor) -> bool:
        """See `Venue.may_buy`."""
        return self._processor.may_buy(actor)

    async def execute(
        self, command: Command | InnerCommand, actor: Actor, received_at_ms: int | None = None
    ) -> Rejection | None:
        """Carry a command out: None when it is done, saved and delivered to all, else why not."""
        return await self._processor.execute(command, actor, received_at_ms)

    def report(self, fact: QueuedCommand) -> None:
        """Take in, soon and in order, what happened outside of the room."""
        self._processor.report(fact)

    def look_for_mail(self) -> None:
        """Take in, soon, what waits in the mailbox."""
        self._mail.wake()

    def repeat(self) -> None:
        """Deliver again how things stand: who heard it of the owner before may know it otherwise."""
        self._processor.repeat()

    async def tick(self) -> None:
        """Do what is due; `run` calls it four times a second."""
        for line, actor in self._heartbeats.fall_silent():
            self.dismiss(line, actor)
        self._deliver_presence()
        self._hub.tick()
        self._processor.tick(self._clock_ms())
        if self._hub.has_stale:
            self._hub.refresh(prepare(totals_of(self.snapshot())))
        await self._processor.settled()

    async def run(self) -> None:
        """Serve the room until cancelled; nothing else here gets an answer before."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._hub.run(), name=f"fan-out of room {self.room_id}")
            tasks.create_task(self._feed.run(), name=f"sampled lane of room {self.room_id}")
            tasks.create_task(self._work(), name=f"commands of room {self.room_id}")
            tasks.create_task(self._processor.refresh_often(), name=f"news of room {self.room_id}")
            tasks.create_task(self._watch_the_time(), name=f"timers of room {self.room_id}")

    async def _hear(self) -> None:
        await self._mail.empty(self._processor.accept)

    async def _work(self) -> None:
        # What came while nobody was here counts before what is asked for now.
        await self._mail.empty(self._processor.accept_first)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._processor.run())
            tasks.create_task(self._mail.run(self._processor.accept))

    async def _watch_the_time(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            await self.tick()

    def _deliver_presence(self) -> None:
        presence = self._presence.take_change(self._clock_ms())
        if presence is not None:
            self._feed.deliver(PresenceChanged(presence))
