import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest

from backend.contract.stream import ChosenLayer, LayerViewers, LineTrouble, ViewerLayer
from backend.relay import layer_choice
from backend.relay.ladder import DOWN_ASK_S
from backend.relay.layer_choice import LayerChoice, LayerState
from backend.relay.messages import FanEngine, PeerRole
from backend.relay.outcomes import RelayProblem
from backend.relay.rtcp import KeyframeRequest, Nack, Rtcp, SenderReport, build_bitrate, parse_rtcp
from backend.relay.rtp import RtpPacket
from backend.relay.viewer_picture import ViewerPicture
from tests.backend.relay.running import RunningRelay, running_relay, take_rtcp, until
from tests.support.layered_stream import LayeredStream, layered_offer, marks
from tests.support.rtc_client import H264_TYPE, OUR_SSRC, RTX_TYPE, RtcClient
from tests.support.rtp_stream import FakeStream

PICTURE_S = 1 / 30
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="segmentation offload is Linux'")


class Show:
    """A publisher of three layers who answers questions for keyframes, and all that was asked of them."""

    def __init__(self, relay: RunningRelay, client: RtcClient, keyframe_every: int) -> None:
        self.relay = relay
        self.client = client
        self.stream = LayeredStream(1, keyframe_every=keyframe_every)
        self.rids = "hml"
        self.asked: list[Rtcp] = []
        self.answers = True

    async def send(self) -> None:
        began, reported = time.monotonic(), 0.0
        while True:
            news = take_rtcp(self.client)
            self.asked += news
            if self.answers and any(isinstance(one, KeyframeRequest) for one in news):
                self.stream.begin_keyframe()
            if time.monotonic() - reported > 1:
                reported = time.monotonic()
                self.client.send_rtcp(self.stream.reports(time.time()))
            self.stream.send_picture(self.client, self.rids)
            await asyncio.sleep(max(0.0, began + self.stream.pictures * PICTURE_S - time.monotonic()))

    def asked_of(self, rid: str) -> int:
        """How many keyframes of a layer were asked for."""
        return self.asked.count(KeyframeRequest(self.stream.layers[rid].ssrc))

    async def measured(self) -> None:
        """Wait until the relay knows what each layer takes."""
        await until(lambda: len(self.relay.room().ladder.coming(time.monotonic())) == 3)


@asynccontextmanager
async def show(relay: RunningRelay, keyframe_every: int = 30) -> AsyncIterator[Show]:
    client = relay.client()
    answer = relay.accepted(PeerRole.PUBLISHER, layered_offer(client))
    await client.connect(answer.sdp)
    publisher = relay.room().waiting[-1]
    await until(lambda: publisher.peer is not None and publisher.peer.is_connected)
    one = Show(relay, client, keyframe_every)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(one.send())
        try:
            yield one
        finally:
            task.cancel()


def picture_of(relay: RunningRelay, viewer: RtcClient) -> ViewerPicture:
    picture = relay.room().subscribers[viewer.location].picture
    assert picture is not None
    return picture


def choice_of(relay: RunningRelay, viewer: RtcClient) -> LayerChoice:
    return picture_of(relay, viewer).choice


def video(packets: list[RtpPacket]) -> list[RtpPacket]:
    return [one for one in packets if one.payload_type == H264_TYPE]


def has_no_gap(packets: list[RtpPacket]) -> bool:
    numbers = [one.sequence_number for one in video(packets)]
    return all(b - a & 0xFFFF == 1 for a, b in pairwise(numbers))


def layers_of(packets: list[RtpPacket]) -> str:
    """The layers that a viewer saw, in order, each stay once."""
    rids = [rid for rid, _ in marks(packets)]
    return "".join(rid for index, rid in enumerate(rids) if index == 0 or rids[index - 1] != rid)


@pytest.mark.parametrize("fan", [pytest.param(FanEngine.GSO, marks=linux), FanEngine.SENDTO])
async def test_each_viewer_gets_a_layer_of_their_own_and_sees_one_stream(fan: FanEngine) -> None:
    got: dict[int | None, list[RtpPacket]] = {720: [], 360: [], 180: []}
    async with running_relay(fan) as relay, show(relay) as live:
        viewers = {limit: await relay.viewer(on_packet=heard.append) for limit, heard in got.items()}
        await live.measured()
        before = live.asked_of("h")
        for limit, viewer in viewers.items():
            choice_of(relay, viewer).limit = limit
        await until(lambda: [layers_of(heard)[-1:] for heard in got.values()] == ["h", "m", "l"])
        assert live.asked_of("m") == live.asked_of("l") == 1
        for viewer in viewers.values():
            choice_of(relay, viewer).limit = None
        await until(lambda: [layers_of(heard) for heard in got.values()] == ["h", "hmh", "hlh"])
        assert live.asked_of("h") == before, "on the way up nothing is asked for"
        assert [picture_of(relay, one).height for one in viewers.values()] == [720] * 3
    for heard in got.values():
        assert has_no_gap(heard)
        times = [one.timestamp for one in video(heard)]
        assert all(b - a & 0xFFFFFFFF < 90_000 for a, b in pairwise(times))
        assert {one.ssrc for one in video(heard)} == {video(got[720])[0].ssrc}


async def test_on_the_way_down_a_lower_layer_is_asked_at_most_once_a_second() -> None:
    async with running_relay() as relay, show(relay, keyframe_every=10_000) as live:
        viewers = [await relay.viewer() for _ in range(5)]
        await live.measured()
        live.answers = False
        assert live.asked_of("l") == 0
        began = time.monotonic()
        for viewer in viewers:
            choice_of(relay, viewer).limit = 180
        await until(lambda: live.asked_of("l") >= 2)
        assert live.asked_of("l") <= 1 + (time.monotonic() - began) / DOWN_ASK_S


async def test_a_full_line_leads_down_and_a_probe_of_padding_leads_up_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("FIRST_S", "SETTLING_S", "WAIT_S", "CALM_S", "PROBE_STEP_S", "LISTEN_S"):
        monkeypatch.setattr(layer_choice, name, 0.4)
    monkeypatch.setattr(layer_choice, "PROBE_FULL_S", 0.5)
    got: list[RtpPacket] = []
    async with running_relay() as relay, show(relay) as live:
        viewer = await relay.viewer(on_packet=got.append)
        await live.measured()
        subscriber = relay.room().subscribers[viewer.location]
        choice = choice_of(relay, viewer)
        costs = [one.cost_bps for one in relay.room().ladder.coming(time.monotonic())]
        for share in (1.5, 1.5, 0.5):
            viewer.send_rtcp(build_bitrate(OUR_SSRC, int(costs[0] * share), [1]))
            await asyncio.sleep(0.5)
        await until(lambda: layers_of(got) == "hm")
        assert choice.is_held_down
        assert subscriber.trouble(time.monotonic()) is LineTrouble.OWN_LINE
        resent = sum(one.payload_type == RTX_TYPE for one in got)
        await until(lambda: choice.state is LayerState.PROBE)
        viewer.send_rtcp(build_bitrate(OUR_SSRC, int(costs[0] * 0.6), [1]))
        await until(lambda: layers_of(got) == "hmh")
        padding = [one for one in got if one.payload_type == RTX_TYPE][resent:]
        bits = sum(8 * (12 + len(one.payload)) for one in padding)
        assert bits > (costs[0] - costs[1]) * 0.3
        await until(lambda: not choice.is_held_down)
        assert has_no_gap(got)


async def test_what_was_lost_before_a_change_is_resent_as_it_was() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay, show(relay) as live:
        viewer = await relay.viewer(on_packet=got.append)
        await live.measured()
        choice_of(relay, viewer).limit = 360
        await until(lambda: layers_of(got) == "hm")
        await until(lambda: len(marks(got)) > 5)
        seen = video(got)
        first = next(index for index, one in enumerate(seen) if one.payload[1:2] == b"m")
        wanted = [*seen[first - 4 : first - 1], *seen[first : first + 3]]
        viewer.ask_again(wanted[0].ssrc, *(one.sequence_number for one in wanted))
        await until(lambda: sum(one.payload_type == RTX_TYPE for one in got) == 6)
        resent = [one for one in got if one.payload_type == RTX_TYPE]
        for original, one in zip(wanted, resent, strict=True):
            assert one.payload == original.sequence_number.to_bytes(2, "big") + original.payload
            assert one.timestamp == original.timestamp


async def test_what_is_missing_of_a_watched_lower_layer_is_asked_for() -> None:
    async with running_relay() as relay, show(relay) as live:
        viewer = await relay.viewer()
        await live.measured()
        choice_of(relay, viewer).limit = 360
        await until(lambda: picture_of(relay, viewer).height == 360)
        ssrcs = {rid: layer.ssrc for rid, layer in live.stream.layers.items()}
        for layer in live.stream.layers.values():
            layer.picture(0, is_keyframe=False)
        nacked: set[int] = set()

        def is_asked() -> bool:
            nacked.update(one.media_ssrc for one in live.asked if isinstance(one, Nack))
            return nacked >= {ssrcs["h"], ssrcs["m"]}

        await until(is_asked)
        assert ssrcs["l"] not in nacked


async def test_a_viewer_of_a_lower_layer_who_lost_the_picture_costs_the_others_no_keyframe() -> None:
    async with running_relay() as relay, show(relay) as live:
        viewer = await relay.viewer()
        await live.measured()
        choice_of(relay, viewer).limit = 360
        await until(lambda: picture_of(relay, viewer).height == 360)
        best, middle = live.asked_of("h"), live.asked_of("m")
        await asyncio.sleep(DOWN_ASK_S)
        viewer.ask_for_keyframe()
        await until(lambda: live.asked_of("m") > middle)
        assert live.asked_of("h") == best


async def test_reports_of_times_go_by_the_stream_that_the_viewer_sees() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay, show(relay) as live:
        viewer = await relay.viewer(on_packet=got.append)
        other = await relay.viewer()
        await live.measured()
        choice_of(relay, viewer).limit = 360
        await until(lambda: layers_of(got) == "hm")
        viewer.rtcp, other.rtcp = [], []
        own = await first_report(viewer, got[0].ssrc)
        plain = await first_report(other, got[0].ssrc)
        passed = (own.ntp - plain.ntp) / (1 << 32) * 90_000
        told = (own.rtp_time - plain.rtp_time + 0x80000000 & 0xFFFFFFFF) - 0x80000000
        # Both see one film: whatever layer it is, a moment has nearly one time.
        assert abs(told - passed) <= 90_000 * PICTURE_S * 3


async def first_report(viewer: RtcClient, ssrc: int) -> SenderReport:
    def found() -> list[SenderReport]:
        told = [one for data in viewer.rtcp for one in parse_rtcp(data)]
        return [one for one in told if isinstance(one, SenderReport) and one.ssrc == ssrc]

    await until(found)
    return found()[0]


async def test_viewers_of_a_lower_layer_go_over_to_a_publisher_of_one_stream() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay:
        async with show(relay) as live:
            viewer = await relay.viewer(on_packet=got.append)
            await live.measured()
            choice_of(relay, viewer).limit = 360
            await until(lambda: layers_of(got) == "hm")
        other = await relay.publisher()
        before, plain = len(got), FakeStream(1)
        for _ in range(3):
            for packet in plain.frame():
                other.send_rtp(packet)
            await asyncio.sleep(0.01)
        await until(lambda: len(got) == before + 27)
        assert has_no_gap(got)
        assert relay.room().ladder.watched() == []


async def test_where_a_viewers_layer_ceases_they_go_on_with_the_next_lower_one() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay, show(relay) as live:
        viewer = await relay.viewer(on_packet=got.append)
        await live.measured()
        choice_of(relay, viewer).limit = 360
        await until(lambda: layers_of(got) == "hm")
        live.rids = "hl"
        await until(lambda: layers_of(got) == "hml")
        live.rids = "hml"
        await until(lambda: layers_of(got) == "hmlm")
        assert has_no_gap(got)


async def test_where_the_best_layer_ceases_its_viewers_stay_together() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay, show(relay) as live:
        viewer = await relay.viewer(on_packet=got.append)
        await live.measured()
        live.rids = "ml"
        await until(lambda: layers_of(got) == "hm")
        assert picture_of(relay, viewer).track is relay.room().tracks["video"]
        live.rids = "hml"
        await until(lambda: layers_of(got) == "hmh")
        assert has_no_gap(got)


async def test_a_viewer_who_leaves_while_they_wait_is_forgotten() -> None:
    async with running_relay() as relay, show(relay) as live:
        viewer = await relay.viewer()
        await live.measured()
        live.answers = False
        choice_of(relay, viewer).limit = 180
        await until(lambda: live.asked_of("l"))
        viewer.close()
        await until(lambda: not relay.room().subscribers)
        assert relay.room().ladder.climbers == set()
        live.answers = True
        live.stream.begin_keyframe()
        pictures = live.stream.pictures
        await until(lambda: live.stream.pictures > pictures + 5)
        assert relay.room().ladder.watched() == []


async def test_a_viewer_reads_and_chooses_their_layer_and_the_host_sees_how_many_have_which() -> None:
    got: list[RtpPacket] = []
    async with running_relay() as relay, show(relay) as live:
        viewer = await relay.viewer(on_packet=got.append)
        await relay.viewer()
        await live.measured()
        await until(lambda: picture_of(relay, viewer).height == 720)
        router = relay.router
        assert router.layer("room", viewer.location, None) == ViewerLayer(
            [720, 360, 180], 720, None, is_held_down=False
        )
        chosen = router.layer("room", viewer.location, ChosenLayer(360))
        assert isinstance(chosen, ViewerLayer)
        assert (chosen.height, chosen.choice) == (720, 360), "it comes with the next keyframe"
        await until(lambda: picture_of(relay, viewer).height == 360)
        assert router.lines("room").layers == [LayerViewers(720, 1), LayerViewers(360, 1)]
        assert router.lines("room").own_line == 0, "it is their own choice"
        assert isinstance(router.layer("room", "nobody", None), RelayProblem)
        assert isinstance(router.layer("elsewhere", viewer.location, None), RelayProblem)
