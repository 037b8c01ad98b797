import asyncio
import random
import time
from itertools import pairwise

from typing_extensions import override

from backend.relay.answer import Format
from backend.relay.ladder import Ladder
from backend.relay.messages import PeerRole, PeerStats
from backend.relay.publisher import KEYFRAME_RARE_S
from backend.relay.resending import BURST_S, SHARE, SHORTEST_TRIP_S
from backend.relay.rtcp import (
    ReportBlock,
    SenderReport,
    build_bitrate,
    build_nack,
    build_picture_loss,
    build_receiver_report,
    parse_rtcp,
)
from backend.relay.rtp import RtpPacket
from backend.relay.subscriber import (
    ASKED_AT_ONCE,
    ASKED_PER_S,
    FEEDBACK_AT_ONCE,
    FEEDBACK_PER_S,
    MUCH_LOST,
    Subscriber,
)
from backend.relay.track import Track
from tests.backend.relay.running import RunningRelay, running_relay, sending, until
from tests.support.rtc_client import H264_TYPE, OUR_SSRC, RTX_TYPE, RtcClient
from tests.support.rtp_stream import FakeStream, send_frame


def stats_of(relay: RunningRelay, viewer: RtcClient) -> PeerStats:
    (room,) = relay.router.stats()
    return next(peer for peer in room.peers if peer.resource_id == viewer.location)


async def test_what_a_viewer_asks_for_comes_again_as_rtx() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer(on_packet=got.append)
        send_frame(publisher, FakeStream(1))
        await until(lambda: len(got) >= 9)
        wanted = [packet for packet in got if packet.payload_type == H264_TYPE][2:5]
        viewer.ask_again(wanted[0].ssrc, *(packet.sequence_number for packet in wanted))
        await until(lambda: sum(packet.payload_type == RTX_TYPE for packet in got) == 3)
        resent = [packet for packet in got if packet.payload_type == RTX_TYPE]
        for original, packet in zip(wanted, resent, strict=True):
            assert packet.payload == original.sequence_number.to_bytes(2, "big") + original.payload
            assert (packet.timestamp, packet.ssrc) == (
                original.timestamp,
                relay.room().tracks["video"].stream.resend_ssrc,
            )
        assert [b.sequence_number - a.sequence_number & 0xFFFF for a, b in pairwise(resent)] == [1, 1]
        assert stats_of(relay, viewer).nacks == 3


async def test_a_viewer_without_rtx_gets_the_packet_itself() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = relay.client(got.append)
        without = "\r\n".join(line for line in viewer.offer().split("\r\n") if f":{RTX_TYPE} " not in line)
        answer = relay.accepted(PeerRole.SUBSCRIBER, without)
        await viewer.connect(answer.sdp)
        subscriber = relay.room().subscribers[answer.resource_id]
        await until(lambda: subscriber.peer is not None and subscriber.peer.is_connected)
        send_frame(publisher, FakeStream(1))
        await until(lambda: len(got) >= 9)
        wanted = next(packet for packet in got if packet.payload_type == H264_TYPE)
        before = viewer.packets
        viewer.ask_again(wanted.ssrc, wanted.sequence_number)
        # The same SRTP packet once more; the receiver's replay protection sees it.
        await until(lambda: viewer.packets == before + 1)
        assert viewer.counted[wanted.ssrc].duplicates == 1


async def test_asking_without_end_brings_a_bounded_answer() -> None:
    async with running_relay() as relay:
        publisher, viewer = await relay.publisher(), await relay.viewer()
        await fill_ring(relay, publisher, viewer)
        video = relay.room().tracks["video"].stream
        viewer.send_rtcp(build_bitrate(OUR_SSRC, 500_000, [video.ssrc]))
        await until(lambda: stats_of(relay, viewer).estimate_bps == 500_000)
        newest = viewer.counted[video.ssrc].highest
        began = time.monotonic()
        for back in range(20):
            viewer.ask_again(
                video.ssrc, *(newest - back * 16 - step & 0xFFFF for step in reversed(range(16)))
            )
        await until(lambda: stats_of(relay, viewer).nacks == 320)
        viewer.report()
        await until(lambda: viewer.counted[video.resend_ssrc].packets > 0)
        # What came until now was sent until now, however long a busy machine took.
        resent = viewer.counted[video.resend_ssrc].packets
        assert resent <= 500_000 * SHARE * (BURST_S + time.monotonic() - began) / 8 / 1190 + 1


async def test_a_packet_is_resent_once_a_round_trip_however_often_it_is_asked_for() -> None:
    async with running_relay() as relay:
        publisher, viewer = await relay.publisher(), await relay.viewer()
        await fill_ring(relay, publisher, viewer)
        video = relay.room().tracks["video"].stream
        subscriber = relay.room().subscribers[viewer.location]
        subscriber._round_trip.seconds = 60.0
        newest = viewer.counted[video.ssrc].highest
        for _ in range(4):
            viewer.ask_again(video.ssrc, newest, newest - 1 & 0xFFFF)
        await until(lambda: stats_of(relay, viewer).nacks == 8)
        subscriber._round_trip.seconds = 0.0
        await until(lambda: viewer.counted[video.resend_ssrc].packets == 2)
        await asyncio.sleep(SHORTEST_TRIP_S)
        viewer.ask_again(video.ssrc, newest)
        await until(lambda: viewer.counted[video.resend_ssrc].packets == 3)


async def fill_ring(relay: RunningRelay, publisher: RtcClient, viewer: RtcClient) -> None:
    """Let 360 packets of video go by."""
    stream = FakeStream(1)
    for _ in range(40):
        send_frame(publisher, stream)
        await asyncio.sleep(0.002)
    video = relay.room().tracks["video"].stream
    await until(lambda: viewer.counted[video.ssrc].packets == 360)


async def test_packets_that_never_were_are_counted_and_not_sent() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        send_frame(publisher, FakeStream(1))
        await viewer.has_media.wait()
        video = relay.room().tracks["video"]
        viewer.ask_again(video.stream.ssrc, viewer.counted[video.stream.ssrc].highest + 500 & 0xFFFF)
        viewer.ask_again(12345, 1)
        await until(lambda: relay.router.stats()[0].tracks[1].ring_misses == 1)


async def test_reports_of_a_viewer_give_its_round_trip_and_its_loss() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        stream = FakeStream(1)
        async with sending(publisher, stream):
            await viewer.has_media.wait()
            publisher.send_rtcp(stream.reports(time.time()))
            await until(lambda: viewer.rtcp)
        ssrc = relay.room().tracks["video"].stream.ssrc
        report = next(
            packet
            for data in viewer.rtcp
            for packet in parse_rtcp(data)
            if isinstance(packet, SenderReport) and packet.ssrc == ssrc
        )
        block = ReportBlock(ssrc, 64, 5, 0, 0, report.ntp >> 16 & 0xFFFFFFFF, 0)
        viewer.send_rtcp(build_receiver_report(OUR_SSRC, [block]))
        await until(lambda: stats_of(relay, viewer).rtt_ms is not None)
        told = stats_of(relay, viewer)
        assert told.rtt_ms is not None
        assert 0 <= told.rtt_ms < 20_000
        assert told.loss == 0.25


async def test_a_full_intra_request_is_as_good_as_a_picture_loss() -> None:
    async with running_relay() as relay:
        await relay.publisher()
        viewer = await relay.viewer()
        ssrc = relay.room().tracks["video"].stream.ssrc
        viewer.send_rtcp(b"\x84\xce\0\x04\0\0\0\x07\0\0\0\0" + ssrc.to_bytes(4, "big") + b"\x01\0\0\0")
        await until(lambda: stats_of(relay, viewer).plis == 1)


async def test_media_from_a_viewer_goes_nowhere() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        talker, listener = await relay.viewer(), await relay.viewer()
        send_frame(talker, FakeStream(9))
        send_frame(publisher, FakeStream(1))
        await until(lambda: listener.packets == 9 + 1)
        assert relay.room().tracks["video"].packets == 9


class Ring(Track):
    """A video track that counts what is looked for."""

    looked_for = 0

    @override
    def at(self, number: int) -> bytes | None:
        self.looked_for += 1
        return None


def watching(video: Ring, plis: list[float]) -> Subscriber:
    dice = random.Random(1)
    ladder = Ladder(video, dice, flush=lambda _track: None, on_track_ready=lambda _track, _packet: None)
    return Subscriber(
        {"video": video},
        {"video": Format(96, 97)},
        ladder,
        dice,
        flush=lambda _track: None,
        on_keyframe_wanted=lambda: plis.append(0.0),
        on_much_lost=plis.append,
        on_gone=lambda _reason: None,
    )


def test_a_flood_of_questions_of_one_viewer_is_not_looked_at() -> None:
    video = Ring("video", random.Random(1))
    subscriber = watching(video, [])
    again = build_nack(OUR_SSRC, video.stream.ssrc, range(500))
    for step in range(1000):
        subscriber.on_rtcp(again, step / 1000)
    assert video.looked_for <= ASKED_AT_ONCE + ASKED_PER_S


def test_a_flood_of_feedback_of_one_viewer_is_not_read() -> None:
    video, plis = Ring("video", random.Random(1)), list[float]()
    subscriber = watching(video, plis)
    for step in range(5000):
        subscriber.on_rtcp(build_picture_loss(OUR_SSRC, video.stream.ssrc), step / 5000)
    assert len(plis) <= FEEDBACK_AT_ONCE + FEEDBACK_PER_S


async def test_a_viewer_whose_line_has_no_room_gets_a_keyframe_where_none_comes_by_itself() -> None:
    async with running_relay() as relay:
        publisher, viewer = await relay.publisher(), await relay.viewer()
        await fill_ring(relay, publisher, viewer)
        source, room = relay.room().publisher, relay.room()
        assert source is not None
        video = room.tracks["video"].stream
        viewer.send_rtcp(build_bitrate(OUR_SSRC, 0, [video.ssrc]))
        newest = viewer.counted[video.ssrc].highest
        viewer.ask_again(video.ssrc, *(newest - step & 0xFFFF for step in reversed(range(40))))
        await until(lambda: stats_of(relay, viewer).not_resent > MUCH_LOST)
        subscriber, now = room.subscribers[viewer.location], time.monotonic()
        before = source.keyframe_requests
        source.want_rare_keyframe(source._inspection.keyframe_at or 0.0)
        assert source.keyframe_requests == before, "each picture of this stream is a keyframe"
        subscriber._not_resent_before = 0
        subscriber.end_second({room.tracks["video"]: 300}, now + KEYFRAME_RARE_S + 1)
        assert source.keyframe_requests == before + 1
