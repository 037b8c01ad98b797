from collections.abc import Awaitable, Callable

import pytest
from typing_extensions import override

from backend.cluster.bus import BusError
from backend.cluster.neighbours import Neighbours, SharedRelay
from backend.contract.stream import ChosenLayer, ViewerLayer
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
        self.chosen: list[tuple[str, str, ChosenLayer | None]] = []
        self.problem: RelayProblem | None = None

    async def offer(
        self, room: str, role: PeerRole, sdp: str, address: str = "", by: Contender = HOST
    ) -> Answer | RelayProblem:
        self.offers.append((role, address, by))
        return self.outcome

    async def remove(self, room: str, resource_id: str) -> RelayProblem | None:
        return None

    async def trickle(self, room: str, resource_id: str, fragment: str) -> RelayProblem | None:
        return None

    async def layer(
        self, room: str, resource_id: str, choice: ChosenLayer | None = None
    ) -> ViewerLayer | RelayProblem:
        self.chosen.append((room, resource_id, choice))
        return self.problem or ViewerLayer(
            [720, 360], 360, choice.height if choice else None, is_held_down=True
        )


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


async def test_a_viewer_chooses_their_layer_at_the_node_that_has_them(nodes: TwoNodes) -> None:
    layer = await nodes.shared["one"].layer("main", "two.r1", ChosenLayer(360))
    assert layer == ViewerLayer([720, 360], 360, 360, is_held_down=True)
    assert nodes.relays["two"].chosen == [("main", "r1", ChosenLayer(360))]
    assert nodes.relays["one"].chosen == []
    await nodes.shared["one"].layer("main", "one.r2")
    assert nodes.relays["one"].chosen == [("main", "r2", None)]


async def test_a_layer_at_a_node_that_is_gone_is_a_problem(nodes: TwoNodes) -> None:
    outcome = await nodes.shared["one"].layer("main", "three.r1", ChosenLayer(None))
    assert isinstance(outcome, RelayProblem)
    assert outcome.status == 503
