"""A room at its owner: its rules at work here, its viewers on all nodes."""

import asyncio
import logging
import time
from typing import Final

import msgspec

from backend.cluster.bus import Bus
from backend.cluster.lease import Lease
from backend.cluster.lines import DistantLine, NodeLine
from backend.cluster.messages import (
    Admit,
    AskAdmits,
    AskSnapshot,
    Attach,
    AttachAgain,
    Attached,
    Beat,
    Dismiss,
    Down,
    DownMessage,
    Execute,
    Executed,
    FanoutBatch,
    Here,
    MediaMoved,
    Noticed,
    OwnerChanged,
    Publishing,
    Snapped,
    Up,
    UpMessage,
    decode_up,
    down_subject,
    encode,
    mail_subject,
    owner_subject,
    up_subject,
)
from backend.contract.base import RejectReason
from backend.contract.stream import StreamCondition
from backend.features.actor import Actor
from backend.features.deliveries import Rejection
from backend.features.live.live import RecordConditions, RecordPublisher
from backend.room.room import Room

log = logging.getLogger("livestall.cluster")

BEAT_S: Final = 0.5
GONE_AFTER_S: Final = 2.5
AGAIN_AT_ONCE: Final = 200


class OwnedRoom:
    """Serves a room to the nodes where its viewers are, the owner's own among them."""

    def __init__(self, room: Room, lease: Lease, bus: Bus) -> None:
        self._room = room
        self._lease = lease
        self._bus = bus
        self._nodes: dict[str, _Node] = {}
        self._media_node = ""
        self._tasks = asyncio.TaskGroup()

    async def run(self) -> None:
        """Serve until cancelled."""
        room_id = self._lease.room_id
        async with self._tasks:
            self._tasks.create_task(self._room.run(), name=f"room {room_id}")
            listening = await self._bus.listen(up_subject(room_id), self._on_up)
            mail = await self._bus.listen(mail_subject(room_id), lambda _data: self._room.look_for_mail())
            try:
                self._bus.send(owner_subject(room_id), encode(OwnerChanged(self._lease.term)))
                await asyncio.sleep(BEAT_S)
                if not self._media_node:
                    # The stream may have died with the owner before: nobody else would say so.
                    self._room.repeat()
                while True:
                    self._beat()
                    await asyncio.sleep(BEAT_S)
            finally:
                await mail.stop()
                await listening.stop()

    def _beat(self) -> None:
        # Said again and again: what could not be kept the first time is kept the next.
        self._room.report(RecordPublisher(bool(self._media_node)))
        self._tell_conditions()
        for node in list(self._nodes.values()):
            if time.monotonic() - node.heard_at_s > GONE_AFTER_S:
                log.warning("node %s is gone from room %s", node.node_id, self._lease.room_id)
                self._forget(node)
            else:
                node.send(Beat())

    def _on_up(self, data: bytes) -> None:
        try:
            up = decode_up(data)
        except msgspec.DecodeError:
            log.exception("a node said what cannot be read; do all nodes run the same version?")
            return
        if isinstance(up.message, Attach):
            self._attach(up.node_id, up.message)
        elif up.term == self._lease.term:
            self._hear(up)

    def _hear(self, up: Up) -> None:
        node = self._nodes.get(up.node_id)
        if node is None or up.number != node.heard + 1:
            self.down(up.node_id, 0, AttachAgain())
            return
        node.heard = up.number
        node.heard_at_s = time.monotonic()
        self._obey(node, up.message)

    def _obey(self, node: "_Node", message: UpMessage) -> None:
        match message:
            case Admit(line_id=line_id, actor=actor):
                node.admit(line_id, actor)
            case Dismiss(line_id=line_id):
                node.dismiss(line_id)
            case Execute() | AskAdmits():
                self._tasks.create_task(self._carry_out(node, message), name="a command over the bus")
            case AskSnapshot():
                node.send(Snapped(self._room.snapshot()))
            case Publishing(is_publishing=is_publishing):
                node.is_publishing = is_publishing
                self._choose_media()
            case Noticed(conditions=conditions):
                node.conditions = conditions
                self._tell_conditions()
            case Here() | Attach():
                pass

    async def _carry_out(self, node: "_Node", message: Execute | AskAdmits) -> None:
        rejection: Rejection | None
        try:
            rejection = await self._answer(message)
        except Exception:  # the top of a task: one command must not take the room from all others
            log.exception("a command failed: %s", type(message).__name__)
            rejection = Rejection(RejectReason.UNAVAILABLE)
        node.send(Executed(message.call_id, rejection))

    async def _answer(self, message: Execute | AskAdmits) -> Rejection | None:
        if isinstance(message, Execute):
            return await self._room.execute(message.command, message.actor, message.received_at_ms)
        ask = self._room.may_buy if message.is_to_buy else self._room.admits
        is_admitted = await ask(message.actor)
        return None if is_admitted else Rejection(RejectReason.FORBIDDEN)

    def _attach(self, node_id: str, attach: Attach) -> None:
        before = self._nodes.get(node_id)
        if before is not None and before.ask == attach.ask:
            return  # said twice because we were not there yet
        node = _Node(node_id, attach.ask, self._room, self)
        if before is not None:
            before.end()
            # Until it says so itself, in a moment.
            node.is_publishing, node.conditions = before.is_publishing, before.conditions
        missed = self._room.missed(attach.epoch, attach.seq) if attach.epoch else None
        again = self._room.last() if missed is None else missed
        snapshot = self._room.snapshot()
        self._nodes[node_id] = node
        node.begin(Attached(attach.ask, snapshot.seq - len(again) + 1, snapshot, self._media_node))
        for first in range(0, len(again), AGAIN_AT_ONCE):
            node.send(FanoutBatch([prepared.payload for prepared in again[first : first + AGAIN_AT_ONCE]]))
        self._room.subscribe(node.line)

    def _forget(self, node: "_Node") -> None:
        self._nodes.pop(node.node_id, None)
        node.end()
        self._choose_media()

    def _choose_media(self) -> None:
        publishing = [node.node_id for node in self._nodes.values() if node.is_publishing]
        media_node = self._media_node if self._media_node in publishing else next(iter(publishing), "")
        if media_node == self._media_node:
            return
        self._media_node = media_node
        for node in self._nodes.values():
            node.send(MediaMoved(media_node))
        self._room.report(RecordPublisher(bool(media_node)))
        self._tell_conditions()

    def _tell_conditions(self) -> None:
        node = self._nodes.get(self._media_node)
        self._room.report(RecordConditions(node.conditions if node is not None else []))

    def down(self, node_id: str, number: int, message: DownMessage) -> None:
        """Send a message to a node."""
        subject = down_subject(self._lease.room_id, node_id)
        self._bus.send(subject, encode(Down(self._lease.term, number, message)))

    def waiting_bytes(self) -> int:
        """Return how much has not left this process yet."""
        return self._bus.waiting_bytes


class _Node:
    """A node that is attached, and who is there."""

    def __init__(self, node_id: str, ask: int, room: Room, owner: OwnedRoom) -> None:
        self.node_id = node_id
        self.ask = ask
        self.heard = 0
        self.heard_at_s = time.monotonic()
        self.is_publishing = False
        self.conditions: list[StreamCondition] = []
        self.line = NodeLine(self.send, owner.waiting_bytes)
        self._room = room
        self._owner = owner
        self._sent = 0
        self._lines: dict[int, tuple[DistantLine, Actor]] = {}

    def begin(self, attached: Attached) -> None:
        """Send the first message."""
        self._owner.down(self.node_id, 0, attached)

    def send(self, message: DownMessage) -> None:
        """Send the next message."""
        self._sent += 1
        self._owner.down(self.node_id, self._sent, message)

    def admit(self, line_id: int, actor: Actor) -> None:
        """Count a viewer in."""
        line = DistantLine(line_id, self.send)
        self._lines[line_id] = (line, actor)
        self._room.admit(line, actor)

    def dismiss(self, line_id: int) -> None:
        """Undo `admit`."""
        if found := self._lines.pop(line_id, None):
            self._room.dismiss(*found)

    def end(self) -> None:
        """Count all out that are there."""
        self._room.unsubscribe(self.line)
        for line_id in list(self._lines):
            self.dismiss(line_id)
