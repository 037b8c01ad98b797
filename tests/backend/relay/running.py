"""A relay inside the test's loop, without a process of its own, and peers that join it over real sockets."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from backend.contract.stream import StreamCondition
from backend.relay.dtls import DtlsIdentity
from backend.relay.engines import choose_fan_out
from backend.relay.loss import Loss
from backend.relay.messages import FanEngine, PeerRole
from backend.relay.network import Network, open_endpoints
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.room import Room
from backend.relay.router import Limits, Router, RouterEvents
from backend.relay.rtcp import KeyframeRequest, Nack, Rtcp, parse_rtcp
from backend.relay.rtp import RtpPacket
from backend.relay.succession import HOST, Contender
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream, send_frame

PATIENCE_S = 20.0
FRAME_S = 1 / 100


async def until(condition: Callable[[], Any], what: str = "") -> None:
    """Wait for a condition that other tasks bring about."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():  # noqa: ASYNC110 - what it waits for has no event
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"it never came true: {what or condition}") from None


@dataclass
class Told:
    """What the router told its owner."""

    publishing: list[tuple[str, bool]] = field(default_factory=list)
    closed: list[tuple[str, str, str]] = field(default_factory=list)
    conditions: list[tuple[str, list[StreamCondition]]] = field(default_factory=list)
    taken_over: list[tuple[Contender, Contender]] = field(default_factory=list)

    def reasons(self) -> list[str]:
        """Why peers were closed, in order."""
        return [reason for _, _, reason in self.closed]


class RunningRelay:
    """A relay in the test's loop."""

    def __init__(self, router: Router, network: Network, told: Told, stack: AsyncExitStack) -> None:
        self.router = router
        self.network = network
        self.told = told
        self.lag_ms = 0.0
        self._stack = stack
        self.identity = DtlsIdentity()

    def room(self, name: str = "room") -> Room:
        """One of its rooms."""
        return self.router.rooms[name]

    def client(self, on_packet: Callable[[RtpPacket], None] | None = None) -> RtcClient:
        """A peer that has not joined yet; closed at the test's end."""
        client = RtcClient(self.identity, on_packet=on_packet)
        self._stack.callback(client.close)
        return client

    def accepted(self, role: PeerRole, offer: str, room: str = "room", address: str = "") -> Answer:
        """The answer to an offer that must be good."""
        outcome = self.router.offer(room, role, offer, address)
        assert isinstance(outcome, Answer), outcome
        return outcome

    def refused(self, role: PeerRole, offer: str, room: str = "room") -> RelayProblem:
        """The problem of an offer that must be bad."""
        outcome = self.router.offer(room, role, offer)
        assert isinstance(outcome, RelayProblem), outcome
        return outcome

    async def publisher(self, room: str = "room", by: Contender = HOST) -> RtcClient:
        """Somebody who may publish now, and does as soon as they send."""
        client = self.client()
        outcome = self.router.offer(room, PeerRole.PUBLISHER, client.offer("sendonly"), by=by)
        assert isinstance(outcome, Answer), outcome
        client.location = outcome.resource_id
        await client.connect(outcome.sdp)
        (publisher,) = [one for one in self.room(room).waiting if one.by == by][-1:]
        await until(
            lambda: publisher.peer is not None and publisher.peer.is_connected, "the relay has the keys"
        )
        return client

    async def viewer(
        self, room: str = "room", on_packet: Callable[[RtpPacket], None] | None = None
    ) -> RtcClient:
        """Somebody who watches."""
        client = self.client(on_packet)
        answer = self.accepted(PeerRole.SUBSCRIBER, client.offer(), room)
        client.location = answer.resource_id
        await client.connect(answer.sdp)
        subscriber = self.room(room).subscribers[answer.resource_id]
        await until(
            lambda: subscriber.peer is not None and subscriber.peer.is_connected, "the relay has the keys"
        )
        return client


@asynccontextmanager
async def running_relay(
    fan: FanEngine = FanEngine.SENDTO,
    loss_in: float = 0.0,
    loss_out: float = 0.0,
    max_peers: int = 100,
    max_pending: int = 100,
    *,
    address: str = "127.0.0.1",
) -> AsyncIterator[RunningRelay]:
    """A relay on an ephemeral port of an address of this machine."""
    loop = asyncio.get_running_loop()
    told = Told()
    drained: list[Callable[[float], None]] = []
    endpoints = open_endpoints([address], 0, Loss(loss_out, 1))
    network = Network(endpoints, Loss(loss_in, 2), lambda now: drained[0](now))  # noqa: PLW0108 - it is not there yet
    lag: list[RunningRelay] = []
    router = Router(
        network=network,
        identity=DtlsIdentity(),
        fan_out=choose_fan_out(fan, Loss(loss_out, 3)),
        limits=Limits(max_peers, 150.0, lambda: lag[0].lag_ms, 8_000_000, max_pending, max_pending // 2),
        events=RouterEvents(
            lambda room, is_publishing: told.publishing.append((room, is_publishing)),
            lambda room, resource_id, reason: told.closed.append((room, resource_id, reason)),
            lambda room, conditions: told.conditions.append((room, conditions)),
            lambda _room, by, before: told.taken_over.append((by, before)),
        ),
        call_later=loop.call_later,
    )
    drained.append(router.on_drained)
    network.start(loop)
    async with AsyncExitStack() as stack:
        relay = RunningRelay(router, network, told, stack)
        lag.append(relay)
        tasks = await stack.enter_async_context(asyncio.TaskGroup())
        ticking = tasks.create_task(_tick(router))
        stack.callback(ticking.cancel)
        stack.callback(network.stop, loop)
        stack.callback(router.close_all)
        yield relay


async def _tick(router: Router) -> None:
    while True:
        await asyncio.sleep(0.02)
        router.on_timer(time.monotonic())


@asynccontextmanager
async def sending(client: RtcClient, stream: FakeStream) -> AsyncIterator[None]:
    """Send pictures and sound all the while, faster than real ones."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(_send(client, stream))
        try:
            yield
        finally:
            task.cancel()


async def _send(client: RtcClient, stream: FakeStream) -> None:
    while True:
        send_frame(client, stream)
        await asyncio.sleep(FRAME_S)


@asynccontextmanager
async def resending(client: RtcClient, stream: FakeStream, delay_s: float = 0.0) -> AsyncIterator[None]:
    """Send as `sending`, and resend what is asked for after this delay, as a real sender does."""
    async with asyncio.TaskGroup() as tasks, sending(client, stream):
        task = tasks.create_task(_resend(client, stream, delay_s))
        try:
            yield
        finally:
            task.cancel()


async def _resend(client: RtcClient, stream: FakeStream, delay_s: float) -> None:
    loop = asyncio.get_running_loop()
    while True:
        for packet in take_rtcp(client):
            if isinstance(packet, Nack):
                for number in packet.sequence_numbers:
                    resent = stream.resend(number)
                    if resent is not None:
                        loop.call_later(delay_s, _send_late, client, resent)
        await asyncio.sleep(0.003)


def _send_late(client: RtcClient, packet: RtpPacket) -> None:
    if client.socket.fileno() >= 0:
        client.send_rtp(packet)


def take_rtcp(client: RtcClient) -> list[Rtcp]:
    """What the relay told a peer since the last time."""
    told, client.rtcp = client.rtcp, []
    return [packet for data in told for packet in parse_rtcp(data)]


def keyframe_requests(client: RtcClient) -> int:
    """How many keyframes the relay asked for since the last time."""
    return sum(isinstance(packet, KeyframeRequest) for packet in take_rtcp(client))
