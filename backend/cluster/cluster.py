"""The parts that a node needs as one of several, put together."""

import secrets
from collections.abc import Callable

from backend.cluster.bus import Bus
from backend.cluster.front import RoomFront
from backend.cluster.lease import Lease, LeaseStore
from backend.cluster.messages import mail_subject
from backend.cluster.neighbours import Neighbours, SharedRelay
from backend.cluster.node import Node
from backend.identity.auth import TicketOffice
from backend.relay.http import RelayLike
from backend.room.room import Room
from backend.storage.database import Database


class Cluster:
    """This node's place among the others.

    Args:
        bus: what nodes speak over.
        database: what they share.

    Attributes:
        node_id: of letters and digits.
        tickets: good on all nodes.
    """

    def __init__(self, bus: Bus, database: Database) -> None:
        self.node_id = secrets.token_hex(6)
        self._bus = bus
        self._leases = LeaseStore(database)
        self._fronts: dict[str, RoomFront] = {}
        self.tickets = Neighbours(self.node_id, bus, TicketOffice())

    def front(self, room_id: str, refresh_catalog: Callable[[], None]) -> RoomFront:
        """Make what this node's viewers see of a room."""
        front = self._fronts[room_id] = RoomFront(room_id, self.node_id, self._bus, refresh_catalog)
        return front

    def share(self, relay: RelayLike) -> SharedRelay:
        """Make one relay of all nodes'."""
        return self.tickets.share(relay, self._media_node)

    def node(self, open_room: Callable[[Lease], Room]) -> Node:
        """Make the part that owns rooms."""
        return Node(
            self.node_id, fronts=self._fronts, leases=self._leases, bus=self._bus, open_room=open_room
        )

    def tell_of_mail(self, room_id: str) -> None:
        """Let a room's owner, on whichever node, look for what waits for the room in the database."""
        self._bus.send(mail_subject(room_id), b"")

    async def open(self) -> None:
        """Answer the other nodes from now on."""
        await self.tickets.open()

    def _media_node(self, room_id: str) -> str:
        front = self._fronts.get(room_id)
        return front.media_node if front else ""
