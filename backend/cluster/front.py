"""A room as its viewers on this node see it, wherever its owner is: commands and events pass through here."""

import asyncio
import itertools
import logging
import math
import time
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from backend.cluster.bus import Bus
from backend.cluster.messages import (
    Admit,
    AskAdmits,
    AskSnapshot,
    Attach,
    AttachAgain,
    Attached,
    CutLine,
    Dismiss,
    Down,
    DownMessage,
    Execute,
    Executed,
    FanoutBatch,
    Here,
    MediaMoved,
    Noticed,
    Publishing,
    Snapped,
    ToLine,
    Up,
    UpMessage,
    decode_down,
    decode_owner_changed,
    down_subject,
    encode,
    owner_subject,
    up_subject,
)
from backend.contract.base import RejectReason, Role
from backend.contract.decoding import guarded
from backend.contract.live import Live, LivePhase, Presence
from backend.contract.protocol import Command, Snapshot
from backend.contract.stream import StreamCondition
from backend.contract.totals import totals_of
from backend.contract.words_of import erase_words
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.features.feature_set import InnerCommand
from backend.features.live.live import RecordConditions, RecordPublisher, StreamFact
from backend.room.frames import Prepared, prepare
from backend.room.heartbeats import Heartbeats
from backend.room.history import History, without_words
from backend.room.hub import Hub, Lane
from backend.room.line import Line
from backend.storage.database import StorageError

log = logging.getLogger("livestall.cluster")

BEAT_S: Final = 0.5
LOST_AFTER_S: Final = 1.5
ASK_ANEW_AFTER_S: Final = 2.0
SNAPSHOT_EVERY_S: Final = 2.0
ANSWER_WITHIN_S: Final = 6.0
COME_BACK: Final = 1012  # "service restart" (RFC 6455's registry)

_UNAVAILABLE: Final = Rejection(RejectReason.UNAVAILABLE, 1000)
_CATALOG_EVENTS: Final = frozenset({"products_changed", "product_changed"})


class _Event(msgspec.Struct):
    type: str
    user_id: str = ""


class _Head(msgspec.Struct):
    """What must be known of a message that passes through."""

    type: str
    seq: int = 0
    event: _Event | None = None


_read_head = guarded(msgspec.json.Decoder(_Head).decode)


class RoomFront:
    """One room on one node (see `backend.room.connection.Venue`).

    It asks the room's owner to be attached, follows what that sends, and hands it out to its own
    connections. While no owner answers, newcomers get what was known last, and commands wait for a while.

    Args:
        node_id: this node's.
        refresh_catalog: reads the room's products again; blocks.
    """

    def __init__(
        self, room_id: str, node_id: str, bus: Bus, refresh_catalog: Callable[[], None] = lambda: None
    ) -> None:
        self.room_id = room_id
        self.media_node = ""
        self._node_id = node_id
        self._bus = bus
        self._refresh_catalog = refresh_catalog
        self._has_new_products = asyncio.Event()
        self._hub = Hub(time.monotonic)
        self._history = History("")
        self._snapshot = Snapshot("", 0, "", Live(LivePhase.PREVIEW), None, Presence(0, 0))
        self._since: list[Prepared] = []
        self._term = 0
        self._heard = self._sent = 0
        self._heard_at_s = 0.0
        self._ask, self._asked_at_s = 0, -math.inf
        self._attached = asyncio.Event()
        self._is_publishing = False
        self._conditions: list[StreamCondition] = []
        self._ids = itertools.count(1)
        self._lines: dict[int, tuple[Line, Actor]] = {}
        self._line_ids: dict[Line, int] = {}
        self._heartbeats = Heartbeats[Line, Actor](lambda: int(time.monotonic() * 1000))
        self._calls: dict[int, asyncio.Future[Rejection | None]] = {}

    # --- What connections see ---

    def snapshot(self) -> Snapshot:
        """See `RoomView.snapshot`; up to 2 s old."""
        return self._snapshot

    def since_snapshot(self) -> Sequence[Prepared]:
        """See `RoomView.since_snapshot`."""
        return list(self._since)

    def missed(self, epoch: str, seq: int) -> list[Prepared] | None:
        """See `RoomView.missed`."""
        return self._history.missed(epoch, seq)

    def enter(self, line: Line, actor: Actor) -> None:
        """See `Venue.enter`."""
        self._hub.subscribe(line)
        line_id = next(self._ids)
        self._lines[line_id] = (line, actor)
        self._line_ids[line] = line_id
        if self._attached.is_set():
            self._send(Admit(line_id, actor))

    def leave(self, line: Line, actor: Actor) -> None:
        """See `Venue.leave`."""
        self._hub.unsubscribe(line)
        line_id = self._line_ids.pop(line, 0)
        was_silent = self._heartbeats.leave(line)
        if self._lines.pop(line_id, None) and self._attached.is_set() and not was_silent:
            self._send(Dismiss(line_id))

    def hear(self, line: Line, actor: Actor) -> None:
        """See `Venue.hear`."""
        if actor.role is Role.VIEWER and self._heartbeats.hear(line, actor) and self._attached.is_set():
            self._send(Admit(self._line_ids[line], actor))

    def _fall_silent(self) -> None:
        for line, _actor in self._heartbeats.fall_silent():
            if self._attached.is_set():
                self._send(Dismiss(self._line_ids[line]))

    def refresh(self, line: Line) -> None:
        """See `Venue.refresh`."""
        self._hub.mark_stale(line)

    async def admits(self, actor: Actor) -> bool:
        """See `Venue.admits`; an assistant is let in only by the owner's word."""
        if actor.role is not Role.ASSISTANT:
            return True
        return await self._call(lambda call_id: AskAdmits(call_id, actor)) is None

    async def may_buy(self, actor: Actor) -> bool:
        """See `Venue.may_buy`: what the shop sells does not wait for a room without an owner."""
        rejection = await self._call(lambda call_id: AskAdmits(call_id, actor, is_to_buy=True))
        return rejection is None or rejection.reason is RejectReason.UNAVAILABLE

    async def execute(
        self, command: Command | InnerCommand, actor: Actor, received_at_ms: int | None = None
    ) -> Rejection | None:
        """See `Venue.execute`."""
        return await self._call(lambda call_id: Execute(call_id, actor, command, received_at_ms))

    def report(self, fact: StreamFact) -> None:
        """Take in what this node's relay says of the room's stream."""
        match fact:
            case RecordPublisher(is_publishing=is_publishing):
                self._is_publishing = is_publishing
            case RecordConditions(conditions=conditions):
                self._conditions = conditions
        if self._attached.is_set():
            is_publisher = isinstance(fact, RecordPublisher)
            self._send(Publishing(self._is_publishing) if is_publisher else Noticed(self._conditions))

    async def until_attached(self) -> None:
        """Wait until an owner has answered."""
        await self._attached.wait()

    async def _call(self, message: Callable[[int], UpMessage]) -> Rejection | None:
        call_id = next(self._ids)
        answer: asyncio.Future[Rejection | None] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                # Sent once at most: whoever did not answer may have carried it out.
                await self._attached.wait()
                self._calls[call_id] = answer
                self._send(message(call_id))
                return await answer
        except TimeoutError:
            return _UNAVAILABLE
        finally:
            self._calls.pop(call_id, None)

    # --- The streams ---

    async def run(self) -> None:
        """Serve until cancelled; nothing is delivered before."""
        down = await self._bus.listen(down_subject(self.room_id, self._node_id), self._on_down)
        owner = await self._bus.listen(owner_subject(self.room_id), self._on_owner_changed)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._hub.run(), name=f"fan-out of room {self.room_id}")
                tasks.create_task(self._keep_attached(), name=f"line to the owner of room {self.room_id}")
                tasks.create_task(self._keep_fresh(), name=f"snapshot of room {self.room_id}")
                tasks.create_task(self._keep_catalog(), name=f"products of room {self.room_id}")
        finally:
            await down.stop()
            await owner.stop()

    async def _keep_attached(self) -> None:
        while True:
            if time.monotonic() - self._heard_at_s > LOST_AFTER_S:
                self._detach()
            if self._attached.is_set():
                self._send(Here())
            else:
                self._ask_on()
            self._fall_silent()
            self._hub.tick()
            await asyncio.sleep(BEAT_S)

    async def _keep_fresh(self) -> None:
        while True:
            await asyncio.sleep(SNAPSHOT_EVERY_S)
            if (self._since or self._hub.has_stale) and self._attached.is_set():
                self._send(AskSnapshot())

    async def _keep_catalog(self) -> None:
        while True:
            await self._has_new_products.wait()
            self._has_new_products.clear()
            try:
                await asyncio.to_thread(self._refresh_catalog)
            except StorageError as error:
                log.warning("the products of room %s cannot be read: %s", self.room_id, error)

    def _detach(self) -> None:
        if self._attached.is_set():
            log.warning("the owner of room %s is silent; looking for another one", self.room_id)
            self._asked_at_s = -math.inf  # what comes next is another beginning
        self._attached.clear()
        for answer in self._calls.values():
            if not answer.done():
                answer.set_result(_UNAVAILABLE)

    def _attach_again(self) -> None:
        # Asked once: each message that was on its way gets the same answer.
        if self._attached.is_set():
            self._detach()
            self._ask_to_attach()

    def _ask_to_attach(self) -> None:
        self._ask += 1
        self._asked_at_s = time.monotonic()
        self._say_ask()

    def _ask_on(self) -> None:
        # The same question as long as there may be nobody to hear it: two answers would be two streams, and
        # what was said on the first would seem lost. Another one when the answer itself may be lost.
        if time.monotonic() - self._asked_at_s > ASK_ANEW_AFTER_S:
            self._ask_to_attach()
        else:
            self._say_ask()

    def _say_ask(self) -> None:
        attach = Attach(self._ask, self._history.epoch, self._history.seq)
        self._bus.send(up_subject(self.room_id), encode(Up(self._node_id, 0, 0, attach)))

    def _send(self, message: UpMessage) -> None:
        self._sent += 1
        up = Up(self._node_id, self._term, self._sent, message)
        self._bus.send(up_subject(self.room_id), encode(up))

    def _on_owner_changed(self, data: bytes) -> None:
        if decode_owner_changed(data).term > self._term:
            self._detach()
            self._ask_to_attach()

    def _on_down(self, data: bytes) -> None:
        down: Down = decode_down(data)
        if down.term < self._term:
            return  # an owner that does not know yet that it is none any more
        if isinstance(down.message, Attached):
            if down.message.ask == self._ask:
                self._on_attached(down.term, down.message)
        elif isinstance(down.message, AttachAgain):
            self._attach_again()
        elif down.term == self._term and self._attached.is_set():
            self._follow(down)

    def _follow(self, down: Down) -> None:
        if down.number <= self._heard:
            return  # of a stream that was begun again since
        if down.number != self._heard + 1:
            self._attach_again()
            return
        self._heard = down.number
        self._heard_at_s = time.monotonic()
        self._take_in(down.message)

    def _on_attached(self, term: int, attached: Attached) -> None:
        self._term, self._heard, self._sent = term, 0, 0
        self._heard_at_s = time.monotonic()
        self._snapshot, self._since = attached.snapshot, []
        self.media_node = attached.media_node
        epoch = attached.snapshot.epoch
        if (epoch, attached.first_seq) != (self._history.epoch, self._history.seq + 1):
            self._history = History(epoch, before=attached.first_seq - 1)
            self._send_all_away()
        self._hub.mark_all_stale()  # of the sampled lane nothing is sent again
        self._attached.set()
        for line_id, (line, actor) in self._lines.items():
            if not self._heartbeats.is_silent(line):
                self._send(Admit(line_id, actor))
        self._send(Publishing(self._is_publishing))
        self._send(Noticed(self._conditions))
        self._has_new_products.set()
        log.info("room %s is owned under term %d, event %d", self.room_id, term, attached.snapshot.seq)

    def _send_all_away(self) -> None:
        # Too much was missed to go on where they are: they come back and get a snapshot.
        for line, _actor in list(self._lines.values()):
            line.cut(COME_BACK, "the room moved; come back")

    def _take_in(self, message: DownMessage) -> None:
        match message:
            case FanoutBatch(payloads=payloads):
                for payload in payloads:
                    self._tell(Prepared(payload))
            case ToLine() | CutLine():
                self._tell_one(message)
            case Executed(call_id=call_id, rejection=rejection):
                answer = self._calls.get(call_id)
                if answer is not None and not answer.done():
                    answer.set_result(rejection)
            case Snapped(snapshot=snapshot):
                self._snapshot, self._since = snapshot, []
                if self._hub.has_stale:
                    self._hub.refresh(prepare(totals_of(snapshot)))
            case MediaMoved(node_id=node_id):
                self.media_node = node_id
            case _:
                pass

    def _tell_one(self, message: ToLine | CutLine) -> None:
        found = self._lines.get(message.line_id)
        if found is None:
            return
        if isinstance(message, ToLine):
            found[0].send(Prepared(message.payload))
        else:
            found[0].cut(message.code, message.reason)

    def _tell(self, prepared: Prepared) -> None:
        head = _read_head(prepared.payload)
        is_reliable = head.type == "reliable"
        if is_reliable:
            if head.seq <= self._history.seq:
                return
            self._history.add(head.seq, prepared)
        if not is_reliable or head.seq > self._snapshot.seq:
            self._since.append(prepared)
        self._hub.publish(prepared, Lane.RELIABLE if is_reliable else Lane.SAMPLED)
        if head.event is not None and head.event.type in _CATALOG_EVENTS:
            self._has_new_products.set()
        if head.event is not None and head.event.type == "person_erased":
            self._erase(head.event.user_id)

    def _erase(self, user_id: str) -> None:
        # Of the sampled lane nothing is erased here: it waits no longer than the next snapshot.
        self._history.erase(user_id)
        self._snapshot = erase_words(self._snapshot, user_id)
        self._since = [Prepared(without_words(one.payload, user_id)) for one in self._since]
