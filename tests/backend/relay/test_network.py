import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from backend.relay.loss import Loss
from backend.relay.messages import PeerRole
from backend.relay.network import PATH_SILENT_S, Network, open_endpoints
from backend.relay.peer import Peer
from tests.backend.relay.running import RunningRelay, running_relay, sending, until
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream

NO_LOSS = Loss(0, 0)


def test_all_addresses_share_one_port() -> None:
    endpoints = open_endpoints(["127.0.0.1", "127.0.0.2"], 0, NO_LOSS)
    assert len({endpoint.socket.getsockname()[1] for endpoint in endpoints}) == 1
    assert [endpoint.host for endpoint in endpoints] == ["127.0.0.1", "127.0.0.2"]
    for endpoint in endpoints:
        endpoint.socket.close()


def test_peers_are_told_a_routers_address_before_our_own() -> None:
    endpoints = open_endpoints(["127.0.0.1"], 0, NO_LOSS)
    network = Network(endpoints, NO_LOSS, lambda _now: None, ["203.0.113.7"])
    assert network.candidates() == [("203.0.113.7", network.port), ("127.0.0.1", network.port)]
    endpoints[0].socket.close()


def test_who_asks_from_this_machine_is_told_loopback_first() -> None:
    endpoints = open_endpoints(["127.0.0.1"], 0, NO_LOSS)
    network = Network(endpoints, NO_LOSS, lambda _now: None, ["203.0.113.7"])
    assert network.candidates("127.0.0.1")[0] == ("127.0.0.1", network.port)
    assert network.candidates("192.168.1.5")[0] == ("203.0.113.7", network.port)
    endpoints[0].socket.close()


def test_a_taken_port_is_named() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match=f"127.0.0.1:{port} cannot be bound"):
            open_endpoints(["127.0.0.1"], port, NO_LOSS)


def test_an_address_that_is_not_ours_is_named_and_nothing_stays_open() -> None:
    with pytest.raises(OSError, match=r"203\.0\.113\.7"):
        open_endpoints(["127.0.0.1", "203.0.113.7"], 0, NO_LOSS)


async def test_a_viewer_is_followed_to_another_address_once_it_proved_itself() -> None:
    async with (
        running_relay() as relay,
        joined(relay) as (publisher, viewer),
        sending(publisher, FakeStream(1)),
    ):
        await viewer.has_media.wait()
        old, new = swap_socket(viewer)
        viewer.check()
        peers = relay.network.endpoints[0].peers
        await until(lambda: new in peers, "the new address is known")
        assert old not in peers, "the old one is forgotten"
        before = viewer.packets
        await until(lambda: viewer.packets > before + 50)


async def test_a_viewer_that_never_nominates_is_followed_once_its_old_address_is_silent() -> None:
    async with (
        running_relay() as relay,
        joined(relay) as (publisher, viewer),
        sending(publisher, FakeStream(1)),
    ):
        await viewer.has_media.wait()
        _, new = swap_socket(viewer)
        peer = silenced(relay, viewer)
        viewer.check(is_nominating=False)
        await until(lambda: relay.network.endpoints[0].peers.get(new) is peer, "it is followed")
        before = viewer.packets
        await until(lambda: viewer.packets > before + 50)


async def test_a_second_way_is_answered_and_not_followed_while_the_first_one_lives() -> None:
    async with running_relay() as relay, joined(relay) as (_, viewer):
        peers = dict(relay.network.endpoints[0].peers)
        swap_socket(viewer)
        answers = viewer.answers
        viewer.check(is_nominating=False)
        await until(lambda: viewer.answers == answers + 1)
        assert relay.network.endpoints[0].peers == peers


async def test_consent_is_not_answered_where_media_is_not_taken() -> None:
    async with running_relay() as relay, joined(relay) as (_, viewer):
        endpoint = relay.network.endpoints[0]
        _, new = swap_socket(viewer)
        viewer.check(is_nominating=False)
        await until(lambda: new in endpoint.others)
        refused, answers = relay.network.refused, viewer.answers
        viewer.report()
        viewer.check(is_nominating=False)
        await until(lambda: relay.network.refused == refused + 2)
        peer = silenced(relay, viewer)
        viewer.report()  # the old way is silent by now: the packet itself is enough
        await until(lambda: endpoint.peers.get(new) is peer)
        viewer.check(is_nominating=False)
        await until(lambda: viewer.answers > answers)
        assert endpoint.others == {}


async def test_what_a_peer_proved_besides_is_forgotten_with_it() -> None:
    async with running_relay() as relay, joined(relay) as (_, viewer):
        endpoint = relay.network.endpoints[0]
        first = swap_socket(viewer)[1]
        viewer.check(is_nominating=False)
        await until(lambda: first in endpoint.others)
        second = swap_socket(viewer)[1]
        viewer.check(is_nominating=False)
        await until(lambda: list(endpoint.others) == [second], "one besides is enough")
        relay.router.remove("room", viewer.location)
        assert endpoint.others == {}


def silenced(relay: RunningRelay, viewer: RtcClient) -> Peer:
    """Let the relay have heard nothing of a viewer for a while."""
    peer = relay.room().subscribers[viewer.location].peer
    assert peer is not None
    peer.heard_at -= PATH_SILENT_S + 1
    return peer


async def test_newcomers_are_told_the_addresses_of_now_and_old_peers_keep_theirs_until_they_leave() -> None:
    async with (
        running_relay() as relay,
        joined(relay) as (publisher, viewer),
        sending(publisher, FakeStream(1)),
    ):
        network, port = relay.network, relay.network.port
        assert network.listen_on(["127.0.0.2", "127.0.0.3"]) == []
        assert network.candidates() == [("127.0.0.2", port), ("127.0.0.3", port)]
        newcomer = await relay.viewer()
        await until(lambda: newcomer.packets > 50, "media comes by the new address")
        network.close_left()
        before = viewer.packets
        await until(lambda: viewer.packets > before + 50, "who was there watches on")

        assert network.listen_on(["127.0.0.1", "127.0.0.2"]) == []
        assert network.candidates() == [("127.0.0.1", port), ("127.0.0.2", port)]
        network.close_left()
        assert [endpoint.host for endpoint in network.endpoints] == ["127.0.0.1", "127.0.0.2"]


async def test_a_socket_whose_address_is_gone_is_closed_when_its_last_peer_has_left() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        (gone,) = relay.network.endpoints
        relay.network.listen_on(["127.0.0.2"])
        publisher.close()
        await until(lambda: not gone.peers, "the relay heard the goodbye")
        relay.network.close_left()
        assert gone.socket.fileno() == -1
        assert relay.network.sent >= gone.sent > 0, "what it sent still counts"
        assert relay.network.candidates() == [("127.0.0.2", relay.network.port)]


async def test_a_new_address_with_a_taken_port_is_named_and_the_others_count() -> None:
    async with running_relay() as relay:
        port = relay.network.port
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
            taken.bind(("127.0.0.2", port))
            (problem,) = relay.network.listen_on(["127.0.0.2", "127.0.0.3"])
            assert f"127.0.0.2:{port} cannot be bound" in problem
            assert relay.network.candidates() == [("127.0.0.3", port)]
        assert relay.network.listen_on(["127.0.0.2", "127.0.0.3"]) == []
        assert relay.network.candidates() == [("127.0.0.2", port), ("127.0.0.3", port)]


async def test_media_from_an_unproved_address_changes_nothing() -> None:
    async with (
        running_relay() as relay,
        joined(relay) as (publisher, viewer),
        sending(publisher, FakeStream(1)),
    ):
        await viewer.has_media.wait()
        peers = dict(relay.network.endpoints[0].peers)
        old = viewer.socket.getsockname()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            refused = relay.network.refused
            viewer_socket, viewer.socket = viewer.socket, stranger
            viewer.report()  # good SRTCP, but from an address that proved nothing
            viewer.socket = viewer_socket
            await until(lambda: relay.network.refused > refused)
        assert relay.network.endpoints[0].peers == peers
        assert old in peers


async def test_a_check_with_a_wrong_password_changes_nothing() -> None:
    async with running_relay() as relay, joined(relay) as (_, viewer):
        peers = dict(relay.network.endpoints[0].peers)
        assert viewer.remote is not None
        viewer.remote.password = b"guessed"
        swap_socket(viewer)
        refused = relay.network.refused
        viewer.check()
        await until(lambda: relay.network.refused > refused)
        assert relay.network.endpoints[0].peers == peers


async def test_an_address_in_use_is_not_taken_over_by_another_peer() -> None:
    async with running_relay() as relay, joined(relay) as (_, viewer):
        thief = relay.client()
        answer = relay.accepted(PeerRole.SUBSCRIBER, thief.offer())
        endpoint = relay.network.endpoints[0]
        victim = viewer.socket.getsockname()
        owner = endpoint.peers[victim]
        checks: list[bytes] = []
        thief.send_raw = checks.append  # type: ignore[method-assign, assignment]
        with pytest.raises(TimeoutError):
            await thief.connect(answer.sdp, timeout_s=0.05)
        refused = relay.network.refused
        relay.network.on_check(endpoint, checks[0], victim, time.monotonic())
        assert endpoint.peers[victim] is owner
        assert relay.network.refused == refused + 1


@asynccontextmanager
async def joined(relay: RunningRelay) -> AsyncIterator[tuple[RtcClient, RtcClient]]:
    """A publisher and a viewer of a relay."""
    yield await relay.publisher(), await relay.viewer()


def swap_socket(client: RtcClient) -> tuple[tuple[str, int], tuple[str, int]]:
    """Let it go on from another port, as behind a network that changed; the old address and the new."""
    old: tuple[str, int] = client.socket.getsockname()
    client._loop.remove_reader(client.socket)
    client.socket.close()
    client.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.socket.settimeout(0)
    client.socket.bind(("127.0.0.1", 0))
    client._loop.add_reader(client.socket, client._on_readable)
    return old, client.socket.getsockname()
