from collections.abc import Awaitable, Callable

import pytest
from typing_extensions import override

from backend.cluster.bus import BusError
from backend.cluster.neighbours import Neighbours, SharedRelay
from backend.identity.auth import TicketOffice
from backend.relay.messages import PeerRole
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.succession import HOST, Contender, taken_over_by
from tests.backend.cluster.memory_bus import MemoryBus

OBS = Contender("key/1", "OBS")


class AskingBus(MemoryBus):
    """Answers at once, as long as the node asked is there."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: dict[str, Callable[[bytes], Awaitable[bytes]]] = {}

    @override
    async def answer(self, subject: str, asked: Callable[[bytes], Awaitable[bytes]]) -> None:
        self.answers[subject] = asked

    @override
    async def ask(self, subject: str, payload: bytes) -> bytes:
        if subject not in self.answers:
            raise BusError("nobody answers")
        return await self.answers[subject](payload)


class FakeRelay:
    def __init__(self) -> None:
        self.offers: list[tuple[PeerRole, str, Contender]] = []
        self.outcome: Answer | RelayProblem = Answer("r1", "v=0")

    async def offer(
        self, room: str, role: PeerRole, sdp: str, address: str = "", by: Contender = HOST
    ) -> Answer | RelayProblem:
        self.offers.append((role, address, by))
        return self.outcome

    async def remove(self, room: str, resource_id: str) -> RelayProblem | None:
        return None

    async def trickle(self, room: str, resource_id: str, fragment: str) -> RelayProblem | None:
        return None


class TwoNodes:
    """Two nodes; the stream is at `media_node`."""

    def __init__(self) -> None:
        self.bus = AskingBus()
        self.media_node = ""
        self.relays = {"one": FakeRelay(), "two": FakeRelay()}
        self.nodes = {name: Neighbours(name, self.bus, TicketOffice()) for name in self.relays}
        self.shared = {name: self._share(name) for name in self.relays}

    def _share(self, name: str) -> SharedRelay:
        return self.nodes[name].share(self.relays[name], lambda _room: self.media_node)

    async def publish(self, at: str) -> Answer | RelayProblem:
        return await self.shared[at].offer("main", PeerRole.PUBLISHER, "v=0", "192.0.2.1", OBS)


@pytest.fixture
async def nodes() -> TwoNodes:
    made = TwoNodes()
    await made.nodes["two"].open()
    return made


async def test_the_first_publisher_stays_on_the_node_it_came_to(nodes: TwoNodes) -> None:
    assert await nodes.publish("one") == Answer("one.r1", "v=0")
    assert nodes.relays["two"].offers == []


async def test_another_publisher_is_sent_to_the_node_with_the_stream(nodes: TwoNodes) -> None:
    nodes.media_node = "two"
    assert await nodes.publish("one") == Answer("two.r1", "v=0")
    assert nodes.relays["two"].offers == [(PeerRole.PUBLISHER, "192.0.2.1", OBS)]
    assert nodes.relays["one"].offers == []


async def test_who_was_displaced_on_another_node_reads_by_whom(nodes: TwoNodes) -> None:
    nodes.media_node = "two"
    nodes.relays["two"].outcome = taken_over_by(OBS)
    assert await nodes.publish("one") == taken_over_by(OBS)


async def test_where_the_node_with_the_stream_is_gone_a_publisher_stays(nodes: TwoNodes) -> None:
    nodes.media_node = "three"
    assert await nodes.publish("one") == Answer("one.r1", "v=0")
