"""What nodes do for one another: let viewers watch where the stream is, and take each other's tickets."""

import logging
from collections.abc import Callable
from typing import Final

import msgspec

from backend.cluster.bus import Bus, BusError
from backend.cluster.messages import (
    Ask,
    AskLayerThere,
    OfferThere,
    RedeemTicket,
    RemoveThere,
    Reply,
    TrickleThere,
    decode_ask,
    decode_reply,
    encode,
    node_subject,
)
from backend.contract.stream import ChosenLayer, ViewerLayer
from backend.identity.auth import Claims, TicketOffice
from backend.relay.http import RelayLike
from backend.relay.messages import PeerRole
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.streams import room_of
from backend.relay.succession import HOST, Contender

log = logging.getLogger("livestall.cluster")

_GONE: Final = RelayProblem(503, "node_gone", "The node with the stream does not answer. Try again soon.", 1)


class Neighbours:
    """Asks other nodes, and answers them.

    Args:
        node_id: this node's.
        office: issues this node's tickets.
    """

    def __init__(self, node_id: str, bus: Bus, office: TicketOffice) -> None:
        self.node_id = node_id
        self._bus = bus
        self._office = office
        self._relay: RelayLike | None = None

    async def open(self) -> None:
        """Answer from now on."""
        await self._bus.answer(node_subject(self.node_id), self._answer)

    def share(self, relay: RelayLike, media_node: Callable[[str], str]) -> "SharedRelay":
        """Return the relay of this node and all others; `media_node` tells which one has a room's stream."""
        self._relay = relay
        return SharedRelay(relay, self, media_node)

    async def ask(self, node_id: str, ask: Ask) -> Reply:
        """Ask another node; `BusError` where it does not answer."""
        return decode_reply(await self._bus.ask(node_subject(node_id), encode(ask)))

    # --- Tickets (see `Tickets`) ---

    def issue(self, claims: Claims) -> str:
        """See `Tickets.issue`; the ticket tells which node to ask."""
        return f"{self.node_id}.{self._office.issue(claims)}"

    async def redeem(self, ticket: str, room: str) -> Claims | None:
        """See `Tickets.redeem`."""
        node_id, _, rest = ticket.partition(".")
        if node_id == self.node_id:
            return await self._office.redeem(rest, room)
        if not node_id.isalnum() or not rest:
            return None
        try:
            return (await self.ask(node_id, RedeemTicket(room, rest))).claims
        except BusError as error:
            log.info("a ticket of another node cannot be redeemed: %s", error)
            return None

    # --- Answers ---

    async def _answer(self, data: bytes) -> bytes:
        try:
            reply = await self._do(decode_ask(data))
        except msgspec.DecodeError:
            log.exception("a node asked what cannot be read; do all nodes run the same version?")
            reply = Reply(problem=_GONE)
        except Exception:  # the top of a task: one question must not end the node
            log.exception("a question of another node failed")
            reply = Reply(problem=_GONE)
        return encode(reply)

    async def _do(self, ask: Ask) -> Reply:
        match ask:
            case RedeemTicket(room=room, ticket=ticket):
                return Reply(claims=await self._office.redeem(ticket, room))
            case _ if self._relay is None:
                return Reply(problem=_GONE)
            case OfferThere(room=room, role=role, sdp=sdp, address=address, by=by):
                outcome = await self._relay.offer(room, role, sdp, address, by)
                return Reply(problem=outcome) if isinstance(outcome, RelayProblem) else Reply(answer=outcome)
            case RemoveThere(room=room, resource_id=resource_id):
                return Reply(problem=await self._relay.remove(room, resource_id))
            case TrickleThere(room=room, resource_id=resource_id, fragment=fragment):
                return Reply(problem=await self._relay.trickle(room, resource_id, fragment))
            case AskLayerThere(room=room, resource_id=resource_id, choice=choice):
                layer = await self._relay.layer(room, resource_id, choice)
                return Reply(problem=layer) if isinstance(layer, RelayProblem) else Reply(layer=layer)


class SharedRelay:
    """A relay on each node, used as one (see `RelayLike`): all are sent to the one that has the stream.

    A session's id begins with its node's, so that whichever node is asked knows where it lives. Media goes
    straight between that node and the viewer: only offer and answer pass over the bus.
    """

    def __init__(self, relay: RelayLike, neighbours: Neighbours, media_node: Callable[[str], str]) -> None:
        self._relay = relay
        self._neighbours = neighbours
        self._media_node = media_node

    async def offer(
        self, room: str, role: PeerRole, sdp: str, address: str = "", by: Contender = HOST
    ) -> Answer | RelayProblem:
        """See `RelayLike.offer`; where the node with the stream is gone, a publisher stays here."""
        here = self._neighbours.node_id
        node_id = self._media_node(room_of(room)) or here
        outcome: Answer | RelayProblem | None = None
        if node_id != here:
            reply = await self._ask(node_id, OfferThere(room, role, sdp, address, by))
            outcome = reply.answer or reply.problem
            if role is PeerRole.PUBLISHER and outcome in (None, _GONE):
                node_id = here
        if node_id == here:
            outcome = await self._relay.offer(room, role, sdp, address, by)
        if isinstance(outcome, Answer):
            return Answer(f"{node_id}.{outcome.resource_id}", outcome.sdp)
        return outcome or _GONE

    async def remove(self, room: str, resource_id: str) -> RelayProblem | None:
        """See `RelayLike.remove`."""
        node_id, _, rest = resource_id.partition(".")
        if self._is_here(node_id):
            return await self._relay.remove(room, rest)
        return (await self._ask(node_id, RemoveThere(room, rest))).problem

    async def trickle(self, room: str, resource_id: str, fragment: str) -> RelayProblem | None:
        """See `RelayLike.trickle`."""
        node_id, _, rest = resource_id.partition(".")
        if self._is_here(node_id):
            return await self._relay.trickle(room, rest, fragment)
        return (await self._ask(node_id, TrickleThere(room, rest, fragment))).problem

    async def layer(
        self, room: str, resource_id: str, choice: ChosenLayer | None = None
    ) -> ViewerLayer | RelayProblem:
        """See `RelayLike.layer`."""
        node_id, _, rest = resource_id.partition(".")
        if self._is_here(node_id):
            return await self._relay.layer(room, rest, choice)
        reply = await self._ask(node_id, AskLayerThere(room, rest, choice))
        return reply.layer or reply.problem or _GONE

    def _is_here(self, node_id: str) -> bool:
        return node_id == self._neighbours.node_id or not node_id.isalnum()

    async def _ask(self, node_id: str, ask: Ask) -> Reply:
        try:
            return await self._neighbours.ask(node_id, ask)
        except BusError as error:
            log.warning("node %s does not answer: %s", node_id, error)
            return Reply(problem=_GONE)
