import asyncio
import time
from itertools import pairwise

import pytest

from backend.relay.messages import PeerRole
from backend.relay.rtcp import KeyframeRequest, Nack, ReceiverReport, Rtcp
from backend.relay.rtp import RtpPacket
from tests.backend.relay.running import RunningRelay, running_relay, take_rtcp, until
from tests.support.layered_stream import LayeredStream, layered_offer, marks
from tests.support.rtc_client import H264_TYPE, RtcClient
from tests.support.rtp_stream import FakeStream


async def layered_publisher(relay: RunningRelay, order: str = "hml") -> RtcClient:
    client = relay.client()
    answer = relay.accepted(PeerRole.PUBLISHER, layered_offer(client, order))
    await client.connect(answer.sdp)
    publisher = relay.room().waiting[-1]
    await until(lambda: publisher.peer is not None and publisher.peer.is_connected)
    return client


async def send(client: RtcClient, stream: LayeredStream, pictures: int, rids: str = "hml") -> None:
    for _ in range(pictures):
        stream.send_picture(client, rids)
        await asyncio.sleep(0.005)


def video(packets: list[RtpPacket]) -> list[RtpPacket]:
    return [one for one in packets if one.payload_type == H264_TYPE]


def has_no_gap(packets: list[RtpPacket]) -> bool:
    numbers = [one.sequence_number for one in video(packets)]
    return all(b - a & 0xFFFF == 1 for a, b in pairwise(numbers))


@pytest.mark.parametrize("order", ["hml", "lmh"])
async def test_viewers_get_the_best_of_three_layers_whatever_is_told_or_comes_first(order: str) -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay, order), LayeredStream(1)
        await relay.viewer(on_packet=got.append)
        await send(publisher, stream, 31, "l")
        await send(publisher, stream, 60)
        await until(lambda: marks(got)[-1:] == [("h", 90)])
        seen = marks(got)
        assert [rid for (rid, _), (after, _) in pairwise(seen) if rid != after] == ["l"], "one change"
        assert [number for _, number in seen] == list(range(91)), "each picture once"
        assert seen[60] == ("h", 60), "at the first keyframe of the better layer"
        assert has_no_gap(got)


async def test_a_layer_whose_parameters_were_lost_is_asked_for_a_keyframe_and_shown_from_it_on() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(8, keyframe_every=1000)
        await relay.viewer(on_packet=got.append)
        stream.send_picture(publisher, lose=[("h", 0)])
        asked: list[Rtcp] = []
        while KeyframeRequest(stream.layers["h"].ssrc) not in asked:
            await send(publisher, stream, 5)
            asked += take_rtcp(publisher)
        assert marks(got)[-1][0] == "m", "nobody knows yet that h is better"
        stream.begin_keyframe()
        await send(publisher, stream, 3)
        await until(lambda: marks(got)[-1][0] == "h")
        assert has_no_gap(got)


async def test_a_keyframe_without_its_parameters_changes_no_layer() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(9, keyframe_every=1000)
        await relay.viewer(on_packet=got.append)
        await send(publisher, stream, 3)
        await until(lambda: marks(got)[-1:] == [("h", 2)])
        while marks(got)[-1][0] == "h":
            stream.begin_keyframe()
            await send(publisher, stream, 5, "ml")
        stream.begin_keyframe()
        stream.send_picture(publisher, lose=[("h", 0)])
        await send(publisher, stream, 5)
        await until(lambda: marks(got)[-1][1] == stream.pictures - 1)
        assert marks(got)[-1][0] == "m"
        stream.begin_keyframe()
        await send(publisher, stream, 2)
        await until(lambda: marks(got)[-1][0] == "h")
        assert has_no_gap(got)


async def test_a_late_copy_of_a_keyframe_changes_no_layer() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(10, keyframe_every=1000)
        await relay.viewer(on_packet=got.append)
        best = stream.layers["h"]
        first = best.sequence_number
        stream.send_picture(publisher, lose=[("h", 0)])
        await send(publisher, stream, 5)
        publisher.send_raw_rtp(best.resend(first))
        await send(publisher, stream, 5)
        await until(lambda: marks(got)[-1:] == [("m", 10)])
        assert {rid for rid, _ in marks(got)[1:]} == {"m"}
        assert has_no_gap(got)


async def test_where_the_best_layer_ceases_the_next_one_is_shown_from_its_keyframe_on() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(2, keyframe_every=1000)
        await relay.viewer(on_packet=got.append)
        await send(publisher, stream, 35)
        take_rtcp(publisher)
        asked: list[Rtcp] = []
        while KeyframeRequest(stream.layers["m"].ssrc) not in asked:
            await send(publisher, stream, 5, "ml")
            asked += take_rtcp(publisher)
        assert marks(got)[-1][0] == "h"
        stream.begin_keyframe()
        await send(publisher, stream, 3, "ml")
        await until(lambda: marks(got)[-1][0] == "m")
        assert KeyframeRequest(stream.layers["l"].ssrc) not in asked
        assert has_no_gap(got)


async def test_times_go_on_exactly_where_reports_say_how_layers_belong_together() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(3)
        await relay.viewer(on_packet=got.append)
        await send(publisher, stream, 31, "l")
        await send(publisher, stream, 9, "hl")
        publisher.send_rtcp(stream.reports(time.time()))
        await send(publisher, stream, 21, "hl")
        await until(lambda: marks(got)[-1] == ("h", 60))
        times = [one.timestamp for one in video(got)]
        assert {b - a & 0xFFFFFFFF for a, b in pairwise(times)} == {0, 3000}


async def test_reports_that_cannot_belong_together_move_no_time() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(11)
        await relay.viewer(on_packet=got.append)
        await send(publisher, stream, 25, "l")
        await send(publisher, stream, 4, "hl")
        publisher.send_rtcp(stream.reports(time.time(), ahead_s={"h": 3600}))
        await send(publisher, stream, 6, "hl")
        await until(lambda: marks(got)[-1] == ("h", 34))
        times = [one.timestamp for one in video(got)]
        assert max(b - a & 0xFFFFFFFF for a, b in pairwise(times)) < 90_000 * 5


async def test_what_is_missing_of_the_shown_layer_is_asked_for_and_comes_by_its_own_resend_stream() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(4)
        viewer = await relay.viewer(on_packet=got.append)
        await send(publisher, stream, 3)
        best, low = stream.layers["h"], stream.layers["l"]
        lost = best.sequence_number
        best.picture(3, is_keyframe=False)
        low.picture(3, is_keyframe=False)
        await send(publisher, stream, 3)
        asked: list[Nack] = []

        def has_asked() -> bool:
            asked.extend(one for one in take_rtcp(publisher) if isinstance(one, Nack))
            return bool(asked)

        await until(has_asked)
        assert asked[0].media_ssrc == best.ssrc
        assert low.ssrc not in {one.media_ssrc for one in asked}, "nobody gets that layer"
        publisher.send_raw_rtp(low.resend(low.sequence_number - 1 & 0xFFFF))
        for number in range(lost, lost + 9):
            publisher.send_raw_rtp(best.resend(number & 0xFFFF))
        await until(lambda: viewer.lost == 0 and relay.room().publisher is not None)
        source = relay.room().publisher
        assert source is not None
        await until(lambda: source.losses("video") == (0, 9))
        assert {rid for rid, _ in marks(got)} == {"h"}


async def test_a_report_tells_of_each_layer_so_that_its_name_need_not_be_told_again() -> None:
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(5)
        told: set[int] = set()

        def is_told() -> bool:
            reports = [one for one in take_rtcp(publisher) if isinstance(one, ReceiverReport)]
            told.update(block.ssrc for one in reports for block in one.blocks)
            return told >= {layer.ssrc for layer in stream.layers.values()}

        await send(publisher, stream, 2)
        await until(is_told)


async def test_a_stream_without_a_name_is_no_layer() -> None:
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(6)
        viewer = await relay.viewer()
        for packet in FakeStream(1).frame():
            publisher.send_rtp(packet)
        await send(publisher, stream, 1)
        await until(lambda: viewer.packets >= 10)
        assert viewer.packets == 10


async def test_viewers_go_over_from_layers_to_a_publisher_of_one_stream() -> None:
    async with running_relay() as relay:
        publisher, stream = await layered_publisher(relay), LayeredStream(7)
        viewer = await relay.viewer()
        await send(publisher, stream, 3)
        other = await relay.publisher()
        plain = FakeStream(1)
        for _ in range(3):
            for packet in plain.frame():
                other.send_rtp(packet)
            await asyncio.sleep(0.01)
        await until(lambda: viewer.packets >= 28 + 27)
        assert viewer.lost == 0
