import random
from collections.abc import Iterator

import av
import numpy as np
import pytest
from aiortc.rtp import is_rtcp

from studio.engine.messages.values import Bitrate, PublishState
from studio.engine.publish import peer
from studio.engine.publish import publisher as publisher_module
from studio.engine.publish.aiortc_adapter import SenderPort
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.publisher import Publisher
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.publish.whip import Claim
from studio.project.project import Canvas
from tests.studio.engine.publish.conftest import FPS, HEIGHT, TONE_HZ, WIDTH, Feeds, Heard
from tests.studio.engine.publish.whip_receiver import TOKEN, Arrival, WhipReceiver


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def publisher(feeds: Feeds, heard: Heard) -> Iterator[Publisher]:
    encoder = SharedEncoder(feeds.video, EncoderChoice(lambda: ["libx264"]))
    publisher = Publisher(encoder, feeds.audio, feeds.clock, heard)
    publisher.configure(Canvas(WIDTH, HEIGHT, FPS), Bitrate(200, 1500))
    yield publisher
    publisher.close()


def seconds(frame: av.VideoFrame | av.AudioFrame) -> float:
    assert frame.pts is not None
    assert frame.time_base is not None
    return float(frame.pts * frame.time_base)


def strongest_hz(arrival: Arrival) -> float:
    samples = np.concatenate([frame.to_ndarray().reshape(-1, 2)[:, 0] for frame in arrival.sounds[20:120]])
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * 48_000 / len(samples))


def test_pictures_and_sound_arrive_as_they_were_made(
    publisher: Publisher, heard: Heard, receiver: WhipReceiver
) -> None:
    publisher.start(receiver.url, TOKEN)
    heard.wait(PublishState.CONNECTED)
    receiver.wait(lambda: receiver.arrivals and len(receiver.arrivals[0].pictures) > 90)
    receiver.wait(lambda: len(receiver.arrivals[0].sounds) > 120)
    arrival = receiver.arrivals[0]
    pictures = arrival.pictures[15:90]
    assert {(frame.width, frame.height) for frame in pictures} == {(WIDTH, HEIGHT)}
    assert (len(pictures) - 1) / (seconds(pictures[-1]) - seconds(pictures[0])) == pytest.approx(FPS, rel=0.1)
    assert strongest_hz(arrival) == pytest.approx(TONE_HZ, abs=10)
    stats = publisher.stats()
    assert stats.sent >= 90
    assert stats.bitrate_kbps > 50


def keyframe_times(arrival: Arrival) -> list[float]:
    return [seconds(frame) for frame in arrival.pictures if frame.key_frame]


def publish_until_seen(publisher: Publisher, receiver: WhipReceiver) -> Arrival:
    publisher.start(receiver.url, TOKEN)
    receiver.wait(lambda: receiver.arrivals and len(receiver.arrivals[-1].pictures) > 10)
    return receiver.arrivals[-1]


def test_a_viewer_that_joins_gets_a_keyframe_at_once(publisher: Publisher, receiver: WhipReceiver) -> None:
    arrival = publish_until_seen(publisher, receiver)
    receiver.wait(lambda: len(arrival.pictures) > 25)
    receiver.ask_for_keyframe()
    asked_at = seconds(arrival.pictures[-1])
    receiver.wait(lambda: keyframe_times(arrival)[-1] > asked_at)
    assert keyframe_times(arrival)[-1] - asked_at < 0.5


def test_a_lower_ceiling_takes_effect_without_a_new_connection(
    publisher: Publisher, receiver: WhipReceiver
) -> None:
    arrival = publish_until_seen(publisher, receiver)
    receiver.wait(lambda: publisher.stats().bitrate_kbps > 500)
    publisher.configure(Canvas(WIDTH, HEIGHT, FPS), Bitrate(100, 250))
    receiver.wait(lambda: publisher.stats().bitrate_kbps < 320)
    assert publisher.stats().target_kbps <= 250
    assert len(receiver.arrivals) == 1
    seen = len(arrival.pictures)
    receiver.wait(lambda: len(arrival.pictures) > seen + 10)


def test_stopping_ends_the_session_at_the_endpoint(
    publisher: Publisher, heard: Heard, receiver: WhipReceiver
) -> None:
    publish_until_seen(publisher, receiver)
    publisher.stop()
    heard.wait(PublishState.IDLE)
    receiver.wait(lambda: receiver.deleted == ["1"])


def test_a_wrong_token_is_refused_and_not_tried_again(
    publisher: Publisher, heard: Heard, receiver: WhipReceiver
) -> None:
    publisher.start(receiver.url, "stolen")
    refused = heard.wait(PublishState.REFUSED)
    assert refused.code == "wrong_token"
    publisher.stop()
    heard.wait(PublishState.IDLE)
    assert len(receiver.offers) == 1


def test_a_room_is_taken_over_once_and_not_by_coming_back(
    publisher: Publisher, heard: Heard, receiver: WhipReceiver
) -> None:
    publisher.start(receiver.url, TOKEN, Claim("a1", takes_over=True))
    receiver.wait(lambda: receiver.arrivals and len(receiver.arrivals[0].pictures) > 5)
    receiver.call(receiver.arrivals[0].connection.close())
    receiver.wait(lambda: len(receiver.claims) == 2)
    assert receiver.claims == [("a1", "1"), ("a1", None)]


def test_another_token_may_be_tried_after_a_refusal(
    publisher: Publisher, heard: Heard, receiver: WhipReceiver
) -> None:
    publisher.start(receiver.url, "stolen")
    heard.wait(PublishState.REFUSED)
    publisher.start(receiver.url, TOKEN)
    heard.wait(PublishState.CONNECTED)


def test_a_restarted_server_is_found_again(
    publisher: Publisher, heard: Heard, receiver: WhipReceiver
) -> None:
    publish_until_seen(publisher, receiver)
    port = receiver.port
    receiver.close()
    lost = heard.wait(PublishState.RECONNECTING)
    assert lost.code == "connection_lost"
    heard.wait(PublishState.RECONNECTING, count=2)
    again = WhipReceiver(port)
    try:
        again.wait(lambda: again.arrivals and len(again.arrivals[0].pictures) > 10)
        heard.wait(PublishState.CONNECTED, count=2)
    finally:
        again.close()


def test_a_server_that_falls_silent_is_noticed_and_found_again(
    publisher: Publisher, heard: Heard, receiver: WhipReceiver
) -> None:
    publish_until_seen(publisher, receiver)
    receiver.freeze()
    try:
        assert heard.wait(PublishState.RECONNECTING).code == "no_feedback"
    finally:
        receiver.thaw()
    heard.wait(PublishState.CONNECTED, count=2)
    receiver.wait(lambda: len(receiver.arrivals) > 1 and len(receiver.arrivals[-1].pictures) > 10)


def test_a_server_that_media_cannot_reach_is_asked_ever_less_often(
    publisher: Publisher, heard: Heard, receiver: WhipReceiver, feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peer, "CONNECT_SECONDS", 0.2)
    monkeypatch.setattr(publisher_module, "STEADY_SECONDS", 0.1)
    receiver.is_deaf = True
    began = feeds.clock.now()
    publisher.start(receiver.url, TOKEN)
    assert heard.wait(PublishState.RECONNECTING).code == "no_way"
    receiver.wait(lambda: len(receiver.offers) == 4)
    assert feeds.clock.now() - began > 4 * 0.2 + 0.25 + 0.5 + 1.0 - 0.2
    receiver.is_deaf = False
    heard.wait(PublishState.CONNECTED)


def test_packets_lost_on_the_way_are_sent_again(
    publisher: Publisher, receiver: WhipReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, send = random.Random(5), SenderPort.send

    async def send_over_a_bad_line(port: SenderPort, datagram: bytes) -> None:
        is_picture = not is_rtcp(datagram) and datagram[8:12] == port.ssrc.to_bytes(4, "big")
        if not is_picture or chance.random() > 0.04:
            await send(port, datagram)

    monkeypatch.setattr(SenderPort, "send", send_over_a_bad_line)
    arrival = publish_until_seen(publisher, receiver)
    receiver.wait(lambda: len(arrival.pictures) > 120)
    # Without retransmission every fifth picture would miss a packet; a few are still under way.
    assert publisher.stats().sent - len(arrival.pictures) < 12
    receiver.wait(lambda: publisher.stats().loss > 0)


def test_an_encoder_that_fails_gives_way_to_the_next(
    feeds: Feeds, heard: Heard, receiver: WhipReceiver, caplog: pytest.LogCaptureFixture
) -> None:
    choice = EncoderChoice(lambda: ["h264_nvenc", "libx264"])  # no such hardware on a test machine
    publisher = Publisher(SharedEncoder(feeds.video, choice), feeds.audio, feeds.clock, heard)
    try:
        publish_until_seen(publisher, receiver)
    finally:
        publisher.close()
    assert choice.choose("") == "libx264"
    assert "h264_nvenc failed" in caplog.text


def test_closing_while_nothing_answers_is_quick(publisher: Publisher, heard: Heard, feeds: Feeds) -> None:
    publisher.start("http://127.0.0.1:9/whip/room", TOKEN)
    assert heard.wait(PublishState.RECONNECTING).code == "unreachable"
    began = feeds.clock.now()
    publisher.close()
    assert feeds.clock.now() - began < 2.0
    assert heard.states[-1].state == PublishState.IDLE
