"""The backend's side of the relay: its requests to the worker, and what the worker reports."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Final, Self

from backend.contract.stream import ChosenLayer, StreamCondition, ViewerLayer, ViewerLines
from backend.relay.messages import (
    Answered,
    Ask,
    AskLayer,
    ConditionsChanged,
    Cut,
    Failed,
    LayerTold,
    LetIn,
    Lines,
    ListenOn,
    Notice,
    Offer,
    OpenTap,
    PeerClosed,
    PeerRole,
    PublisherChanged,
    ReadLines,
    ReadStats,
    Ready,
    Remove,
    Reply,
    Stats,
    TakenOver,
    Trickle,
)
from backend.relay.options import RelayOptions
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.replies import problem_of, relay_down
from backend.relay.succession import HOST, Contender
from backend.relay.worker_process import WORKER_COMMAND, WorkerProcess

logger = logging.getLogger("livestall.relay")

ANSWER_TIMEOUT_S: Final = 5.0


class RelayClient:
    """Use it as `async with RelayClient(options, on_publisher_changed) as relay:`.

    While the worker is down, requests are refused with 503 and every room counts as not publishing.

    Args:
        options: how the relay runs.
        on_publisher_changed: called as `(room, is_publishing)` in the event loop.
        command: how the worker is started.

    Attributes:
        on_conditions_changed: called as `(room, conditions)` when something else is noticed of a stream.
        on_taken_over: called with room, who publishes now, and whom they displaced.
    """

    def __init__(
        self,
        options: RelayOptions,
        on_publisher_changed: Callable[[str, bool], None],
        command: Sequence[str] = WORKER_COMMAND,
    ) -> None:
        self.on_conditions_changed: Callable[[str, Sequence[StreamCondition]], None] = lambda *_: None
        self.on_taken_over: Callable[[str, Contender, Contender], None] = lambda *_: None
        self._on_publisher_changed = on_publisher_changed
        self._worker = WorkerProcess(options, self._on_message, self._on_lost, command)
        self._next_id = 0
        self._asked: dict[int, asyncio.Future[Reply]] = {}
        self._publishing: set[str] = set()
        self._applicants: dict[int, tuple[str, str]] = {}
        self._publishers: dict[str, tuple[str, str]] = {}

    async def __aenter__(self) -> Self:
        """Start the worker and wait until it listens.

        Raises:
            RuntimeError: it does not come up within 20 s; its log says why.
        """
        await self._worker.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the worker."""
        await self._worker.__aexit__(kind, error, trace)

    @property
    def udp_port(self) -> int:
        """The relay's UDP port."""
        return self._worker.udp_port

    @property
    def pid(self) -> int | None:
        """The worker's process; None while there is none."""
        return self._worker.pid

    # --- What it is asked ---

    async def offer(
        self, room: str, role: PeerRole, sdp: str, address: str = "", by: Contender = HOST
    ) -> Answer | RelayProblem:
        """Offer to publish into a room or to watch it, from this address; `by` is the publishing party."""
        offer = Offer(self._new_id(), room, role, sdp, address, by)
        if role is PeerRole.PUBLISHER and self._worker.is_running:
            self._applicants[offer.request_id] = (room, by.party)
        reply = await self._ask(offer)
        if isinstance(reply, Answered):
            return Answer(reply.resource_id, reply.sdp)
        return problem_of(reply)

    async def remove(self, room: str, resource_id: str) -> RelayProblem | None:
        """Close a session; a problem if it is not there."""
        reply = await self._ask(Remove(self._new_id(), room, resource_id))
        return problem_of(reply) if isinstance(reply, Failed) else None

    async def trickle(self, room: str, resource_id: str, fragment: str) -> RelayProblem | None:
        """Hand on the body of a PATCH; a problem if that fails."""
        reply = await self._ask(Trickle(self._new_id(), room, resource_id, fragment))
        return problem_of(reply) if isinstance(reply, Failed) else None

    async def cut(self, room: str, party: str) -> None:
        """Close all that a party publishes in a room, or is about to."""
        await self._ask(Cut(self._new_id(), room, party))

    async def let_in(self, room: str, party: str) -> None:
        """Let a party that was displaced take a room over like anybody."""
        await self._ask(LetIn(self._new_id(), room, party))

    async def open_tap(self, room: str, port: int, secret: str) -> RelayProblem | None:
        """Let the worker send what viewers of a room get to this TCP port on 127.0.0.1 (see `Tap`)."""
        reply = await self._ask(OpenTap(self._new_id(), room, port, secret))
        return problem_of(reply) if isinstance(reply, Failed) else None

    @property
    def publishers(self) -> set[tuple[str, str]]:
        """Who publishes, or is about to: rooms and parties."""
        return set(self._publishers.values())

    async def listen_on(self, addresses: Sequence[str]) -> RelayProblem | None:
        """Follow the machine to these addresses, a worker that starts again too; why not to all of them."""
        self._worker.listen_on(addresses)
        reply = await self._ask(ListenOn(self._new_id(), list(addresses)))
        return problem_of(reply) if isinstance(reply, Failed) else None

    async def layer(
        self, room: str, resource_id: str, choice: ChosenLayer | None = None
    ) -> ViewerLayer | RelayProblem:
        """Which layer of the picture a viewer gets; they choose one first where that is given."""
        reply = await self._ask(AskLayer(self._new_id(), room, resource_id, choice))
        return reply.layer if isinstance(reply, LayerTold) else problem_of(reply)

    async def stats(self) -> Stats | None:
        """The numbers of worker, rooms and peers; None while the worker is down."""
        reply = await self._ask(ReadStats(self._new_id()))
        return reply if isinstance(reply, Stats) else None

    async def lines(self, room: str) -> ViewerLines | None:
        """How a room's stream reaches its viewers; None while the worker is down."""
        reply = await self._ask(ReadLines(self._new_id(), room))
        return reply.lines if isinstance(reply, Lines) else None

    def is_publishing(self, room: str) -> bool:
        """Whether the room gets media now."""
        return room in self._publishing

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id

    async def _ask(self, request: Ask) -> Reply:
        if not self._worker.is_running:
            return relay_down(request.request_id)
        answer: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._asked[request.request_id] = answer
        self._worker.send(request)
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT_S):
                return await answer
        except TimeoutError:
            return relay_down(request.request_id)
        finally:
            del self._asked[request.request_id]

    # --- What the worker says ---

    def _on_message(self, message: Reply | Notice) -> None:
        if isinstance(message, PublisherChanged):
            self._set_publishing(message)
        elif isinstance(message, ConditionsChanged):
            self.on_conditions_changed(message.room, message.conditions)
        elif isinstance(message, TakenOver):
            self.on_taken_over(message.room, message.by, message.before)
        elif isinstance(message, PeerClosed):
            logger.info("relay peer %s in %s: %s", message.resource_id, message.room, message.reason)
            self._publishers.pop(message.resource_id, None)
        elif not isinstance(message, Ready):
            applicant = self._applicants.pop(message.request_id, None)
            if applicant is not None and isinstance(message, Answered):
                # Here, not where it is awaited: the end of the session may be reported before that goes on.
                self._publishers[message.resource_id] = applicant
            answer = self._asked.get(message.request_id)
            if answer is not None and not answer.done():
                answer.set_result(message)

    def _set_publishing(self, changed: PublisherChanged) -> None:
        if changed.is_publishing:
            self._publishing.add(changed.room)
        else:
            self._publishing.discard(changed.room)
        self._on_publisher_changed(changed.room, changed.is_publishing)

    def _on_lost(self) -> None:
        """Nobody publishes any more, and nobody will answer."""
        self._applicants.clear()
        self._publishers.clear()
        for number, answer in self._asked.items():
            if not answer.done():
                answer.set_result(relay_down(number))
        for room in sorted(self._publishing):
            self._set_publishing(PublisherChanged(room, is_publishing=False))
