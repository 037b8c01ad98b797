import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.contract.stream import ChosenLayer, StreamCondition, ViewerLines
from backend.relay.client import RelayClient
from backend.relay.dtls import DtlsIdentity
from backend.relay.messages import FanEngine, PeerRole
from backend.relay.options import RelayOptions
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.succession import Contender
from tests.backend.relay.running import sending, until
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream, send_frame

Heard = list[tuple[str, bool]]


@asynccontextmanager
async def started(options: RelayOptions | None = None) -> AsyncIterator[tuple[RelayClient, Heard]]:
    heard: Heard = []
    chosen = options or RelayOptions(fan=FanEngine.SENDTO)
    async with RelayClient(chosen, lambda room, is_publishing: heard.append((room, is_publishing))) as relay:
        yield relay, heard


async def join(relay: RelayClient, client: RtcClient, role: PeerRole) -> Answer:
    direction = "sendonly" if role is PeerRole.PUBLISHER else "recvonly"
    answer = await relay.offer("room", role, client.offer(direction))
    assert isinstance(answer, Answer), answer
    await client.connect(answer.sdp)
    return answer


def kill(relay: RelayClient) -> int:
    pid = relay.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    return pid


async def test_the_relay_client_knows_who_publishes_and_cuts_off_who_may_no_more() -> None:
    obs = Contender("key/1", "OBS")
    async with started() as (relay, _), RtcClient(DtlsIdentity()) as publisher:
        answer = await relay.offer("room", PeerRole.PUBLISHER, publisher.offer("sendonly"), by=obs)
        assert isinstance(answer, Answer)
        await publisher.connect(answer.sdp)
        assert relay.publishers == {("room", "key/1")}
        await relay.cut("room", "key/2")
        await relay.cut("room", "key/1")
        await publisher.is_closed.wait()
        await until(lambda: relay.publishers == set())


async def test_media_flows_through_the_workers_process() -> None:
    identity = DtlsIdentity()
    async with started() as (relay, heard), RtcClient(identity) as publisher, RtcClient(identity) as viewer:
        await join(relay, publisher, PeerRole.PUBLISHER)
        stream = FakeStream(1)
        async with sending(publisher, stream):
            await until(lambda: heard == [("room", True)])
            assert relay.is_publishing("room")
            await join(relay, viewer, PeerRole.SUBSCRIBER)
            await until(lambda: viewer.packets > 100)
        stats = await relay.stats()
        assert stats is not None
        assert (stats.worker.pid, stats.worker.udp_port) == (relay.pid, relay.udp_port)
        assert stats.worker.sent_packets > 100
        assert [room.room for room in stats.rooms] == ["room"]
        assert await relay.lines("room") == ViewerLines(viewers=1)
        assert await relay.lines("elsewhere") == ViewerLines()
        unknown = await relay.layer("room", "nobody", ChosenLayer(360))
        assert isinstance(unknown, RelayProblem)
        assert unknown.status == 404


async def test_what_is_noticed_of_a_stream_is_told_over_the_control_socket() -> None:
    noticed: list[tuple[str, list[StreamCondition]]] = []
    async with started() as (relay, _), RtcClient(DtlsIdentity()) as publisher:
        relay.on_conditions_changed = lambda room, conditions: noticed.append((room, list(conditions)))
        offer = publisher.offer("sendonly")
        sound = (
            offer[: offer.index("m=video")].replace("BUNDLE 0 1", "BUNDLE 1")
            + offer[offer.index("m=audio") :]
        )
        answer = await relay.offer("room", PeerRole.PUBLISHER, sound)
        assert isinstance(answer, Answer), answer
        await publisher.connect(answer.sdp)
        publisher.send_rtp(FakeStream(1).sound())
        await until(lambda: noticed == [("room", [StreamCondition.SOUND_ONLY])])
        publisher.close()
        await until(lambda: noticed[1:] == [("room", [])])


async def test_the_worker_starts_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with started() as (relay, _):
        assert await relay.stats() is not None


async def test_sessions_are_removed_and_patched_over_the_control_socket() -> None:
    async with started() as (relay, _), RtcClient(DtlsIdentity()) as publisher:
        answer = await join(relay, publisher, PeerRole.PUBLISHER)
        assert await relay.trickle("room", answer.resource_id, "a=end-of-candidates") is None
        assert await relay.remove("room", answer.resource_id) is None
        await publisher.is_closed.wait()
        problem = await relay.remove("room", answer.resource_id)
        assert problem is not None
        assert (problem.status, problem.retry_s) == (404, None)


async def test_a_room_without_a_stream_is_refused_with_a_time_to_come_back() -> None:
    async with started() as (relay, _), RtcClient(DtlsIdentity()) as viewer:
        problem = await relay.offer("room", PeerRole.SUBSCRIBER, viewer.offer())
        assert isinstance(problem, RelayProblem)
        assert (problem.status, problem.error, problem.retry_s) == (404, "no_stream", 2)


async def test_viewers_are_told_a_routers_address_first() -> None:
    options = RelayOptions(fan=FanEngine.SENDTO, advertise=["203.0.113.7"])
    async with started(options) as (relay, _), RtcClient(DtlsIdentity()) as publisher:
        answer = await relay.offer("room", PeerRole.PUBLISHER, publisher.offer("sendonly"))
        assert isinstance(answer, Answer)
        told = [line.split()[4:6] for line in answer.sdp.splitlines() if line.startswith("a=candidate:")]
        assert told[:2] == [["203.0.113.7", str(relay.udp_port)], ["127.0.0.1", str(relay.udp_port)]]


async def test_the_worker_follows_to_other_addresses_and_so_does_the_next_one() -> None:
    async with started() as (relay, _), RtcClient(DtlsIdentity()) as publisher:
        assert await relay.listen_on(["127.0.0.2"]) is None
        answer = await join(relay, publisher, PeerRole.PUBLISHER)
        assert f" 127.0.0.2 {relay.udp_port} typ host" in answer.sdp
        assert " 127.0.0.1 " not in answer.sdp
        problem = await relay.listen_on(["127.0.0.2", "203.0.113.7"])
        assert problem is not None
        assert "203.0.113.7" in problem.message
        await relay.listen_on(["127.0.0.3"])
        before = kill(relay)
        async with asyncio.timeout(30):
            while relay.pid in (before, None) or await relay.stats() is None:  # noqa: ASYNC110 - it has no event
                await asyncio.sleep(0.05)
        async with RtcClient(DtlsIdentity()) as again:
            assert " 127.0.0.3 " in (await join(relay, again, PeerRole.PUBLISHER)).sdp


async def test_a_worker_that_dies_is_replaced_on_the_same_port_and_rooms_are_told() -> None:
    identity = DtlsIdentity()
    async with started() as (relay, heard), RtcClient(identity) as publisher:
        await join(relay, publisher, PeerRole.PUBLISHER)
        send_frame(publisher, FakeStream(1))
        await until(lambda: heard == [("room", True)])
        port, dead = relay.udp_port, kill(relay)
        await until(lambda: heard == [("room", True), ("room", False)])
        assert not relay.is_publishing("room")
        async with asyncio.timeout(20):
            while await relay.stats() is None:  # noqa: ASYNC110 - the worker has no event for it
                await asyncio.sleep(0.05)
        assert relay.udp_port == port
        assert relay.pid != dead
        async with RtcClient(identity) as again:
            await join(relay, again, PeerRole.PUBLISHER)
            send_frame(again, FakeStream(2))
            await until(lambda: heard[-1] == ("room", True))


async def test_while_the_worker_is_down_everything_is_refused_politely() -> None:
    async with started() as (relay, _):
        kill(relay)
        problem = await relay.offer("room", PeerRole.PUBLISHER, "v=0")
        assert isinstance(problem, RelayProblem)
        assert (problem.status, problem.error, problem.retry_s) == (503, "relay_down", 1)
        assert await relay.stats() is None


async def test_loss_asked_for_by_options_reaches_the_worker(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "livestall.relay")
    identity = DtlsIdentity()
    options = RelayOptions(loss_out=0.2, loss_seed=5)
    async with (
        started(options) as (relay, _),
        RtcClient(identity) as publisher,
        RtcClient(identity) as viewer,
    ):
        await join(relay, publisher, PeerRole.PUBLISHER)
        async with sending(publisher, FakeStream(1)):
            await asyncio.sleep(0.1)
            await join(relay, viewer, PeerRole.SUBSCRIBER)
            await until(lambda: viewer.packets > 300)
        assert 0.1 < viewer.lost / (viewer.lost + viewer.packets) < 0.3


async def test_the_callers_own_error_comes_out_as_it_is() -> None:
    with pytest.raises(KeyError, match="mine"):
        async with started():
            raise KeyError("mine")
