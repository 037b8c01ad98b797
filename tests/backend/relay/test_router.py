import asyncio
import time
from collections.abc import Callable
from itertools import pairwise

import msgspec
import pytest
from aiortc.rtp import RtcpPacket, RtcpSrPacket

from backend.contract.stream import LineTrouble, ViewerLines
from backend.relay.messages import FanEngine, PeerRole
from backend.relay.outcomes import RelayProblem
from backend.relay.router import ROOM_MEMORY_S
from backend.relay.rtp import RtpPacket, sequence_delta
from tests.backend.relay.running import RunningRelay, resending, running_relay, sending, until
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream, send_frame


@pytest.mark.parametrize("fan", [FanEngine.AUTO, FanEngine.SENDTO])
async def test_what_is_published_reaches_every_viewer_unchanged(fan: FanEngine) -> None:
    got: list[list[RtpPacket]] = [[], [], []]
    async with running_relay(fan) as relay:
        publisher = await relay.publisher()
        viewers = [await relay.viewer(on_packet=one.append) for one in got]
        stream = FakeStream(1)
        for _ in range(20):
            send_frame(publisher, stream)
            await asyncio.sleep(0.01)
        await until(lambda: all(viewer.packets == 20 * 9 + 33 for viewer in viewers), "all packets")
        payloads = [packet.payload for packet in stream.sent.values()]
        for viewer, packets in zip(viewers, got, strict=True):
            assert viewer.forged == viewer.lost == 0
            assert [packet.payload for packet in packets if packet.payload_type == 108] == payloads
        assert viewers[0].profile == "SRTP_AEAD_AES_256_GCM"


async def test_a_room_tells_when_media_begins_and_ceases() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        assert relay.told.publishing == []
        send_frame(publisher, FakeStream(1))
        await until(lambda: relay.told.publishing == [("room", True)])
        await until(lambda: relay.told.publishing == [("room", True), ("room", False)], "silence is noticed")
        send_frame(publisher, FakeStream(2))
        await until(lambda: relay.told.publishing[-1] == ("room", True), "and its end")
        publisher.close()
        await until(lambda: relay.told.publishing[-1] == ("room", False), "the end is noticed at once")
        assert relay.told.reasons() == ["closed_by_peer"]


async def test_viewers_play_on_when_the_publisher_starts_again() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        viewer = await relay_viewer(relay, got)
        for seed in (1, 2, 3):
            publisher = await relay.publisher()
            before = len(got)
            async with sending(publisher, FakeStream(seed)):
                await until(more_than(got, before + 100))
            if seed == 1:
                publisher.vanish()
            else:
                publisher.close()
                await until(lambda: relay.room().publisher is None)
        for kind in (108, 111):
            stream = [packet for packet in got if packet.payload_type == kind]
            assert len({packet.ssrc for packet in stream}) == 1
            steps = [sequence_delta(b.sequence_number, a.sequence_number) for a, b in pairwise(stream)]
            assert set(steps) == {1}
            times = [(b.timestamp - a.timestamp) & 0xFFFFFFFF for a, b in pairwise(stream)]
            assert max(times) < 20 * 90_000
        assert viewer.lost == 0


def more_than(packets: list[RtpPacket], count: int) -> Callable[[], bool]:
    return lambda: len(packets) > count


async def relay_viewer(relay: RunningRelay, got: list[RtpPacket]) -> RtcClient:
    """A viewer that came after a first publisher had been there and gone."""
    publisher = await relay.publisher()
    publisher.close()
    await until(lambda: relay.room().waiting == [])
    return await relay.viewer(on_packet=got.append)


async def test_the_media_of_two_rooms_does_not_mix() -> None:
    got: dict[str, list[RtpPacket]] = {"a": [], "b": []}
    async with running_relay() as relay:
        publishers = {name: await relay.publisher(name) for name in got}
        for name, packets in got.items():
            await relay.viewer(name, packets.append)
        streams = {"a": FakeStream(1, frame_bytes=500), "b": FakeStream(2, frame_bytes=900)}
        for name, publisher in publishers.items():
            for _ in range(5):
                send_frame(publisher, streams[name])
        await until(lambda: all(len(packets) == 5 + 8 for packets in got.values()))
        for name, size in (("a", 502), ("b", 902)):
            assert {len(packet.payload) for packet in got[name] if packet.payload_type == 108} == {size}


async def test_a_room_nobody_ever_published_in_has_nothing_to_watch() -> None:
    async with running_relay() as relay:
        told = relay.refused(PeerRole.SUBSCRIBER, relay.client().offer())
        assert (told.status, told.error) == (404, "no_stream")
        assert relay.router.rooms == {}, "asking opens no room"


async def test_a_viewer_may_wait_while_the_publisher_is_gone() -> None:
    async with running_relay() as relay:
        (await relay.publisher()).close()
        await until(lambda: relay.room().waiting == [])
        viewer = await relay.viewer()
        publisher = await relay.publisher()
        send_frame(publisher, FakeStream(1))
        await viewer.has_media.wait()


async def test_newcomers_are_refused_while_the_loop_is_late_or_the_house_is_full() -> None:
    async with running_relay(max_peers=3) as relay:
        await relay.publisher()
        relay.lag_ms = 200.0
        assert relay.refused(PeerRole.SUBSCRIBER, relay.client().offer()).error == "overloaded"
        relay.accepted(PeerRole.PUBLISHER, relay.client().offer("sendonly"))
        relay.lag_ms = 0.0
        await relay.viewer()
        told = relay.refused(PeerRole.SUBSCRIBER, relay.client().offer())
        assert (told.status, told.error) == (503, "full")


async def test_a_flood_of_offers_takes_no_place_from_viewers() -> None:
    async with running_relay(max_peers=3, max_pending=20) as relay:
        publisher = await relay.publisher()
        watching = await relay.viewer()
        coming = relay.client()
        answer = relay.accepted(PeerRole.SUBSCRIBER, coming.offer(), address="192.0.2.1")
        knocking = relay.client().offer()
        for number in range(60):
            relay.accepted(PeerRole.SUBSCRIBER, knocking, address=f"198.51.100.{number % 3}")
        assert len(relay.room().subscribers) == 1 + 20
        assert set(relay.told.reasons()) == {"gave_way"}
        await coming.connect(answer.sdp)
        send_frame(publisher, FakeStream(1))
        await watching.has_media.wait()
        await until(lambda: coming.packets > 0)


async def test_a_viewer_who_comes_from_the_address_of_a_flood_gets_in() -> None:
    async with running_relay(max_pending=20) as relay:
        await relay.publisher()
        knocking = relay.client().offer()
        for _ in range(60):
            relay.accepted(PeerRole.SUBSCRIBER, knocking, address="198.51.100.1")
        viewer = relay.client()
        answer = relay.accepted(PeerRole.SUBSCRIBER, viewer.offer(), address="198.51.100.1")
        await viewer.connect(answer.sdp)


async def test_bad_offers_leave_nothing_behind() -> None:
    async with running_relay() as relay:
        assert relay.refused(PeerRole.PUBLISHER, "v=0").status == 400
        assert relay.refused(PeerRole.PUBLISHER, relay.client().offer("recvonly")).error == "wrong_direction"
        assert relay.router.rooms == {}


async def test_a_session_is_removed_by_its_id_in_its_room_alone() -> None:
    async with running_relay() as relay:
        await relay.publisher()
        viewer = await relay.viewer()
        assert relay.router.remove("another", viewer.location) == RelayProblem(
            404, "unknown_resource", "There is no such session; it may have ended already."
        )
        assert relay.router.remove("room", viewer.location) is None
        await viewer.is_closed.wait()
        again = relay.router.remove("room", viewer.location)
        assert again is not None
        assert again.status == 404
        assert relay.told.reasons() == ["removed"]


async def test_candidates_are_taken_and_a_restart_of_ice_is_not() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        assert (
            relay.router.trickle("room", publisher.location, "a=candidate:1 1 udp 1 192.0.2.1 9 typ host")
            is None
        )
        same = f"a=ice-ufrag:{publisher._ufrag}\r\na=end-of-candidates"
        assert relay.router.trickle("room", publisher.location, same) is None
        restart = relay.router.trickle("room", publisher.location, "a=ice-ufrag:other\r\na=ice-pwd:x")
        assert restart is not None
        assert restart.status == 422


async def test_a_room_is_forgotten_long_after_the_last_has_left() -> None:
    async with running_relay() as relay:
        (await relay.publisher()).close()
        await until(lambda: relay.room().idle_since is not None)
        relay.router.on_timer(time.monotonic() + ROOM_MEMORY_S - 5)
        assert "room" in relay.router.rooms
        relay.router.on_timer(time.monotonic() + ROOM_MEMORY_S + 5)
        assert relay.router.rooms == {}


async def test_a_silent_viewer_loses_its_place_and_one_that_checks_keeps_it() -> None:
    async with running_relay() as relay:
        await relay.publisher()
        silent, alive = await relay.viewer(), await relay.viewer()
        peer = relay.room().subscribers[alive.location].peer
        assert peer is not None
        later = time.monotonic() + 31
        peer.heard_at = later
        relay.router.on_timer(later)
        assert set(relay.room().subscribers) == {alive.location}
        assert "consent_expired" in relay.told.reasons()
        await silent.is_closed.wait()


async def test_one_that_never_connects_is_forgotten() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        send_frame(publisher, FakeStream(1))
        await until(lambda: relay.room().publisher is not None)
        relay.accepted(PeerRole.SUBSCRIBER, relay.client().offer())
        for peer in (relay.room().publisher,):
            assert peer is not None
            assert peer.peer is not None
            peer.peer.heard_at = time.monotonic() + 31
        relay.router.on_timer(time.monotonic() + 31)
        assert relay.told.reasons() == ["never_connected"]


async def test_loss_on_the_way_in_is_mended_by_asking_again() -> None:
    async with running_relay(loss_in=0.03) as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        stream = FakeStream(1)
        async with resending(publisher, stream):
            await until(lambda: stream.frames > 150)
        await until(lambda: not (relay.room().publisher or pytest.fail("gone")).is_missing)
        publisher_now = relay.room().publisher
        assert publisher_now is not None
        lost, resent = publisher_now.losses("video")
        assert resent > 10
        # A resent packet may be lost again, but not six times in a row.
        assert lost == 0
        video = viewer.counted[relay.room().tracks["video"].stream.ssrc]
        assert video.lost == 0


async def test_loss_of_a_publisher_300_ms_away_is_mended_and_asked_for_about_once() -> None:
    async with running_relay(loss_in=0.03) as relay:
        publisher = await relay.publisher()
        stream = FakeStream(1)
        async with resending(publisher, stream, delay_s=0.3):
            await until(lambda: relay.room().publisher is not None)
            source = relay.room().publisher
            assert source is not None
            await until(lambda: source.losses("video")[1] > 50, "the relay knows how far away it is")
            assert (source._round_trip.ms or 0) >= 290
            asked, resent = source.nacks, source.losses("video")[1]
            await until(lambda: source.losses("video")[1] > resent + 50)
        assert source.losses("video")[0] == 0
        # Twice now and then: what was sent again may be lost too, and some answers are under way.
        assert source.nacks - asked < 1.7 * (source.losses("video")[1] - resent)


async def test_loss_on_the_way_out_is_mended_by_rtx() -> None:
    got: list[RtpPacket] = []
    async with running_relay(loss_out=0.05) as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer(on_packet=got.append)
        stream = FakeStream(1)
        ssrcs = relay.room().tracks["video"].stream
        async with sending(publisher, stream):
            await until(lambda: stream.frames > 100)
        numbers = {packet.sequence_number for packet in got if packet.ssrc == ssrcs.ssrc}
        first = min(numbers, key=lambda number: sequence_delta(number, next(iter(numbers))))
        missing = {first + step & 0xFFFF for step in range(800)} - numbers
        assert missing, "the shim drops"
        async with asyncio.timeout(10):
            while missing:
                viewer.ask_again(ssrcs.ssrc, *sorted(missing))
                await asyncio.sleep(0.05)
                missing -= {
                    int.from_bytes(packet.payload[:2], "big")
                    for packet in got
                    if packet.ssrc == ssrcs.resend_ssrc
                }
        resent = {
            int.from_bytes(packet.payload[:2], "big"): packet.payload[2:]
            for packet in got
            if packet.ssrc == ssrcs.resend_ssrc
        }
        known = {packet.payload for packet in stream.sent.values()}
        assert set(resent.values()) <= known


async def test_sound_and_picture_are_reported_on_one_clock() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        stream = FakeStream(1)
        async with sending(publisher, stream):
            await viewer.has_media.wait()
            publisher.send_rtcp(stream.reports(time.time() - 1000))  # a clock that is wrong by far
            await until(lambda: len(viewer.rtcp) >= 2)
        reports = [
            packet
            for data in viewer.rtcp
            for packet in RtcpPacket.parse(data)
            if isinstance(packet, RtcpSrPacket)
        ]
        now = time.time() + 2_208_988_800
        for report in reports:
            assert abs((report.sender_info.ntp_timestamp / (1 << 32)) - now) < 5, (
                "the relay's clock, not the publisher's"
            )
        assert {report.ssrc for report in reports} == {
            track.stream.ssrc for track in relay.room().tracks.values()
        }


@pytest.mark.parametrize("trouble", LineTrouble)
async def test_viewers_are_counted_and_who_does_not_get_all_by_the_cause(
    monkeypatch: pytest.MonkeyPatch, trouble: LineTrouble
) -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        async with sending(publisher, FakeStream(1)):
            await relay.viewer()
            await relay.viewer()
            await until(lambda: relay.router.lines("room").viewers == 2)
            some = next(iter(relay.room().subscribers.values()))
            monkeypatch.setattr(some.line, "trouble", lambda _now: trouble)
            assert relay.router.lines("room") == msgspec.structs.replace(
                ViewerLines(viewers=2), **{trouble.value: 1}
            )


async def test_the_numbers_of_a_room_are_told() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        stream = FakeStream(1)
        async with sending(publisher, stream):
            await until(lambda: relay.router.stats()[0].peers[0].bitrate_bps > 0)
            viewer.report()
            await until(lambda: relay.router.stats()[0].peers[1].bitrate_bps > 0)
        (room,) = relay.router.stats()
        assert room.room == "room"
        assert room.is_publishing
        assert [peer.role for peer in room.peers] == [PeerRole.PUBLISHER, PeerRole.SUBSCRIBER]
        assert all(peer.is_connected and peer.remote_address.startswith("127.0.0.1:") for peer in room.peers)
        assert {track.kind for track in room.tracks} == {"audio", "video"}
        assert all(track.packets > 0 and track.bytes > track.packets for track in room.tracks)
        assert room.peers[0].allowed_bps == 8_000_000
