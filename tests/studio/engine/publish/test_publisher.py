from collections.abc import Iterator

import av
import numpy as np
import pytest

from studio.engine.messages import Bitrate, Canvas, PublishState
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.publisher import Publisher
from tests.studio.engine.publish.conftest import FPS, HEIGHT, TONE_HZ, WIDTH, Feeds, Heard
from tests.studio.engine.publish.whip_receiver import TOKEN, Arrival, WhipReceiver


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def publisher(feeds: Feeds, heard: Heard) -> Iterator[Publisher]:
    publisher = Publisher(feeds.video, feeds.audio, feeds.clock, heard, EncoderChoice(lambda: ["libx264"]))
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
