import asyncio

from aiortc.rtp import RtcpPacket, RtcpPsfbPacket, RtcpRrPacket, unpack_remb_fci

from backend.contract.stream import StreamCondition
from backend.relay.messages import PeerRole
from backend.relay.reception import NACK_TRIES
from backend.relay.rtcp import KeyframeRequest, Nack, ReceiverReport, Rtcp
from backend.relay.rtp import RtpPacket
from tests.backend.relay.running import keyframe_requests, running_relay, sending, take_rtcp, until
from tests.support.layered_stream import LayeredStream, layered_offer
from tests.support.rtc_client import H264_TYPE, RtcClient
from tests.support.rtp_stream import FakeStream, send_frame


async def test_a_keyframe_is_asked_for_when_a_viewer_comes() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        send_frame(publisher, FakeStream(1))
        await until(lambda: relay.told.publishing)
        assert keyframe_requests(publisher) == 0
        await relay.viewer()
        await until(lambda: keyframe_requests(publisher) == 1)


async def test_keyframes_are_asked_for_at_most_twice_a_second_but_no_wish_is_lost() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        send_frame(publisher, FakeStream(1))
        await viewer.has_media.wait()
        asked = 0
        async with asyncio.timeout(5):
            for _ in range(30):
                viewer.ask_for_keyframe()
                await asyncio.sleep(0.01)
                asked += keyframe_requests(publisher)
            assert asked <= 2
            while asked < 2:  # the wishes of the quiet time come when it is over
                await asyncio.sleep(0.01)
                asked += keyframe_requests(publisher)


async def test_reports_tell_the_publisher_how_it_arrives_and_what_it_may_send() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        stream = FakeStream(1)
        async with sending(publisher, stream):
            await until(lambda: any(b"REMB" in data for data in publisher.rtcp))
        told = next(data for data in publisher.rtcp if b"REMB" in data)
        report, bitrate = RtcpPacket.parse(told)
        assert isinstance(report, RtcpRrPacket)
        assert isinstance(bitrate, RtcpPsfbPacket)
        assert {block.ssrc for block in report.reports} == {stream.video_ssrc, stream.audio_ssrc}
        allowed, ssrcs = unpack_remb_fci(bitrate.fci)
        assert 7_990_000 < allowed <= 8_000_000
        assert set(ssrcs) == {stream.video_ssrc, stream.audio_ssrc}


async def test_heavy_loss_lowers_what_it_may_send() -> None:
    async with running_relay(loss_in=0.3) as relay:
        publisher = await relay.publisher()
        async with sending(publisher, FakeStream(1)):
            await until(lambda: relay.room().publisher is not None)
            numbers = relay.room().publisher
            assert numbers is not None
            await until(lambda: numbers._estimate.allowed_bps < 7_000_000)
            assert 0.2 < numbers.fraction_lost < 0.4


async def test_a_small_layers_loss_counts_by_its_packets() -> None:
    async with running_relay() as relay:
        client, stream = relay.client(), LayeredStream(3)
        await client.connect(relay.accepted(PeerRole.PUBLISHER, layered_offer(client)).sdp)
        losses: list[float] = []
        while not any(losses):
            stream.send_picture(client, lose=[("l", 0)] if stream.pictures % 2 else [])
            await asyncio.sleep(0.01)
            publisher = relay.room().publisher
            losses += [publisher.fraction_lost] if publisher is not None else []
        assert losses[-1] < 0.1, "half of the lowest layer, a 26th of all"


async def test_what_is_missing_is_asked_for_and_given_up_with_a_keyframe() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        stream = FakeStream(1)
        first = stream.frame()
        for packet in first[:3] + first[5:]:
            publisher.send_rtp(packet)
        await viewer.has_media.wait()
        asked: list[Rtcp] = []

        def was_asked(packet: Rtcp, times: int) -> bool:
            asked.extend(take_rtcp(publisher))
            return asked.count(packet) == times

        wanted = Nack(stream.video_ssrc, tuple(packet.sequence_number for packet in first[3:5]))
        await until(lambda: was_asked(wanted, NACK_TRIES), "all tries")
        current = relay.room().publisher
        assert current is not None
        await until(lambda: current.losses("video") == (2, 0))
        # One for the viewer, when it came; another for what is lost for good.
        await until(lambda: was_asked(KeyframeRequest(stream.video_ssrc), 2))
        assert not current.is_missing


async def test_a_goodbye_for_all_streams_means_that_nothing_comes() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        stream = FakeStream(1)
        send_frame(publisher, stream)
        await until(lambda: relay.told.publishing == [("room", True)])
        for ssrc in (stream.video_ssrc, stream.audio_ssrc):
            publisher.send_rtcp(b"\x81\xcb\0\x01" + ssrc.to_bytes(4, "big"))
        both = stream.video_ssrc.to_bytes(4, "big") + stream.audio_ssrc.to_bytes(4, "big")
        publisher.send_rtcp(b"\x82\xcb\0\x02" + both)
        await until(lambda: relay.told.publishing[-1] == ("room", False))


async def test_what_viewers_cannot_play_of_a_stream_is_told_and_forgotten_with_it() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        stream = FakeStream(1)
        async with asyncio.timeout(10):
            while not relay.told.conditions:
                second, first = stream.frame(), stream.frame()
                for early, late in zip(first, second, strict=True):
                    # The times of two pictures change places, as with a B-frame between.
                    publisher.send_rtp(late._replace(timestamp=early.timestamp))
                for early, late in zip(first, second, strict=True):
                    publisher.send_rtp(early._replace(timestamp=late.timestamp))
                await asyncio.sleep(0.01)
        assert relay.told.conditions == [("room", [StreamCondition.BACKWARD_TIMESTAMPS])]
        assert relay.router.stats()[0].conditions == [StreamCondition.BACKWARD_TIMESTAMPS]
        publisher.close()
        await until(lambda: relay.told.conditions[1:] == [("room", [])])


async def test_a_keyframe_that_does_not_come_is_asked_for_again() -> None:
    async with running_relay() as relay:
        publisher, _ = await relay.publisher(), await relay.viewer()
        stream = FakeStream(1)
        asked = 0
        async with asyncio.timeout(20):
            while asked < 2:
                for packet in stream.frame():
                    publisher.send_rtp(packet._replace(payload=b"\x41" + packet.payload))
                asked += keyframe_requests(publisher)
                await asyncio.sleep(0.02)


async def test_an_encoder_that_begins_anew_on_the_same_connection_leaves_no_seam() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer(on_packet=got.append)
        for seed in (1, 2):
            await send_all(publisher, viewer, FakeStream(seed))
        video = [packet for packet in got if packet.payload_type == H264_TYPE]
        assert [packet.sequence_number - video[0].sequence_number for packet in video] == list(
            range(len(video))
        )


async def send_all(publisher: RtcClient, viewer: RtcClient, stream: FakeStream) -> None:
    before = viewer.packets
    for _ in range(3):
        send_frame(publisher, stream)
    await until(lambda: viewer.packets == before + 27 + 5)


async def test_empty_packets_keep_their_place_in_the_stream() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer(on_packet=got.append)
        stream = FakeStream(1)
        packets = stream.frame()
        packets[4] = packets[4]._replace(payload=b"")
        for packet in packets:
            publisher.send_rtp(packet)
        await until(lambda: len(got) == 9)
        assert got[4].payload == b""
        assert viewer.lost == 0


async def test_unknown_payload_types_and_strange_resends_are_left_alone() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        stream = FakeStream(1)
        resent = RtpPacket(0, 109, 1, 1, 9, b"\x00\x05late")
        publisher.send_rtp(resent)  # nothing of the original came yet
        send_frame(publisher, stream)
        publisher.send_rtp(resent)  # it was not missing
        publisher.send_rtp(RtpPacket(0, 77, 1, 1, 9, b"what?"))
        send_frame(publisher, stream)
        await until(lambda: viewer.packets == 18 + 3)


async def test_the_reports_of_a_publisher_without_media_are_none() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        before = relay.router.stats()[0].peers[0]
        assert before.bitrate_bps == 0
        await until(lambda: relay.router.stats()[0].peers[0].connected_s > 0.05)
        assert not any(isinstance(packet, ReceiverReport) for packet in take_rtcp(publisher))
