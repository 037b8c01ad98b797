import itertools

import av
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from studio.engine.media import BLOCK_SAMPLES, SAMPLE_RATE, AudioBlock
from studio.engine.publish.opus import MAX_WANDER, AudioTimeline, OpusEncoder
from tests.studio.engine.publish.conftest import TONE_HZ, tone


def test_each_block_is_one_packet_and_the_tone_survives_in_both_ears() -> None:
    encoder, decoder = OpusEncoder(), av.CodecContext.create("libopus", "r")
    decoder.layout, decoder.format, decoder.sample_rate = "stereo", "s16", SAMPLE_RATE
    heard = []
    for index in range(50):
        [packet] = encoder.encode(AudioBlock(tone(index * BLOCK_SAMPLES), index * 0.02))
        heard += [frame.to_ndarray().reshape(-1, 2) for frame in decoder.decode(av.Packet(packet))]
    for ear in np.concatenate(heard)[9600:].T:
        spectrum = np.abs(np.fft.rfft(ear * np.hanning(len(ear))))
        assert abs(np.argmax(spectrum) * SAMPLE_RATE / len(ear) - TONE_HZ) < 5


@given(st.lists(st.floats(-0.02, 0.02), min_size=2, max_size=200))
def test_jitter_of_the_clock_never_reaches_the_timestamps(jitter: list[float]) -> None:
    timeline = AudioTimeline()
    stamps = [timeline.stamp(1000 + index * 0.02 + off) for index, off in enumerate(jitter)]
    assert {later - earlier for earlier, later in itertools.pairwise(stamps)} == {BLOCK_SAMPLES}


def test_a_hole_is_a_hole() -> None:
    timeline = AudioTimeline()
    first = timeline.stamp(10.0)
    assert timeline.stamp(11.0) - first == SAMPLE_RATE


def test_a_clock_that_runs_fast_is_told_in_the_reports_instead() -> None:
    timeline, at = AudioTimeline(), 50.0
    stamp = timeline.stamp(at)
    for _ in range(1500):  # 30 s at 0.1% too fast: 30 ms, which is no hole yet
        at += 0.02 * 0.999
        stamp = timeline.stamp(at)
    exact = at * SAMPLE_RATE
    assert stamp - exact > MAX_WANDER / 3
    assert abs(timeline.at(exact / SAMPLE_RATE) - stamp) < 0.002 * SAMPLE_RATE
