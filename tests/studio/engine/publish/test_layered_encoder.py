from collections import defaultdict
from collections.abc import Collection, Mapping

import av
import av.error
import cv2
import numpy as np
import pytest

from studio.engine.media import VideoFrame
from studio.engine.publish.encoder import EncodedPicture, H264Encoder
from studio.engine.publish.layered_encoder import LayeredEncoder
from tests.studio.engine.publish.conftest import FPS, picture
from tests.studio.engine.publish.test_encoder import START, decoded, kbps

SIZE = (720, 1280)
PICTURES = [picture(index, *SIZE) for index in range(4)]
BOTH = frozenset("ml")


def layered(fps: int = FPS) -> LayeredEncoder:
    return LayeredEncoder(H264Encoder("libx264", fps, 1500, 2500), fps)


def play_layers(
    encoder: LayeredEncoder, frames: int, first: int = 0, rids: Collection[str] = BOTH, fps: int = FPS
) -> dict[str, list[EncodedPicture]]:
    out: dict[str, list[EncodedPicture]] = defaultdict(list)
    for index in range(first, first + frames):
        frame = VideoFrame(PICTURES[index % len(PICTURES)], START + index / fps)
        for rid, encoded in encoder.encode(frame, rids):
            out[rid].append(encoded)
    return out


def keys(layers: Mapping[str, list[EncodedPicture]], rid: str) -> list[int]:
    return [each.time for each in layers[rid] if each.is_keyframe]


def test_three_layers_come_in_their_sizes_and_the_lowest_at_half_the_rate() -> None:
    layers = play_layers(layered(), 30)
    assert {rid: len(made) for rid, made in layers.items()} == {"h": 30, "m": 30, "l": 15}
    sizes = {rid: {(frame.width, frame.height) for frame in decoded(made)} for rid, made in layers.items()}
    assert sizes == {"h": {(720, 1280)}, "m": {(360, 640)}, "l": {(180, 320)}}
    assert {each.size for each in layers["m"]} == {(360, 640)}


def test_lower_layers_show_the_same_picture() -> None:
    smooth = np.asarray(cv2.GaussianBlur(picture(0, *SIZE), (0, 0), 40), np.uint8)
    coded = dict(layered().encode(VideoFrame(smooth, START), BOTH))
    top, middle, low = (decoded([coded[rid]])[0].to_ndarray(format="bgr24") for rid in "hml")
    for small in (middle, low):
        height, width = small.shape[:2]
        blocks = top.reshape(height, 1280 // height, width, 720 // width, 3).mean(axis=(1, 3))
        assert np.abs(blocks - small).mean() < 4


def test_keyframes_of_all_layers_are_of_one_picture_every_two_seconds() -> None:
    layers = play_layers(layered(), 125)
    assert keys(layers, "h") == keys(layers, "m") == keys(layers, "l")
    assert len(keys(layers, "h")) == 3
    assert np.diff(keys(layers, "h")).tolist() == [180_000, 180_000]


def test_pictures_that_are_skipped_do_not_part_the_keyframes() -> None:
    encoder = layered()
    layers: dict[str, list[EncodedPicture]] = defaultdict(list)
    for index in range(0, 200, 3):
        for rid, made in play_layers(encoder, 1, first=index).items():
            layers[rid] += made
    assert keys(layers, "h") == keys(layers, "m") == keys(layers, "l")
    assert len(keys(layers, "h")) >= 3


def test_a_layer_that_is_asked_for_a_keyframe_gives_it_alone() -> None:
    encoder = layered()
    play_layers(encoder, 20)
    encoder.request_keyframe("m")
    asked = play_layers(encoder, 20, first=20)
    assert [len(keys(asked, rid)) for rid in "hml"] == [0, 1, 0]
    encoder.request_keyframe("h")
    asked = play_layers(encoder, 18, first=40)
    assert [len(keys(asked, rid)) for rid in "hml"] == [1, 0, 0]
    assert len({*keys(play_layers(encoder, 3, first=58), "h")}) == 1, "the common one comes when it was due"


def test_a_layer_begins_with_a_common_keyframe_and_ends_at_once() -> None:
    encoder = layered()
    play_layers(encoder, 10, rids="l")
    assert set(play_layers(encoder, 50, first=10)) == {"h", "l"}
    began = play_layers(encoder, 4, first=60)
    assert began["m"][0].is_keyframe
    assert began["m"][0].time == began["h"][0].time
    assert set(play_layers(encoder, 4, first=64, rids="m")) == {"h", "m"}


def test_a_lower_layer_that_comes_or_goes_leaves_the_top_one_as_it_was() -> None:
    alone = play_layers(layered(), 70, rids="")["h"]
    encoder = layered()
    among = play_layers(encoder, 20)["h"] + play_layers(encoder, 50, first=20, rids="l")["h"]
    assert [each.data for each in among] == [each.data for each in alone]


def test_lower_layers_keep_their_bitrate() -> None:
    layers = play_layers(layered(), 90)
    assert kbps(layers["m"][30:]) < 550 * 1.3
    assert kbps(layers["l"][15:]) / 2 < 110 * 1.3


def test_another_size_begins_all_layers_anew() -> None:
    encoder = layered()
    play_layers(encoder, 7)
    turned = VideoFrame(picture(0, 1280, 720), START + 7 / FPS)
    made = dict(encoder.encode(turned, BOTH))
    assert {rid: each.size for rid, each in made.items()} == {
        "h": (1280, 720),
        "m": (640, 360),
        "l": (320, 180),
    }
    assert all(each.is_keyframe for each in made.values())


def test_a_picture_too_small_for_a_layer_has_it_not() -> None:
    small = VideoFrame(picture(0, 360, 640), START)
    assert [rid for rid, _ in layered().encode(small, BOTH)] == ["h", "l"]


def test_a_lower_layer_that_fails_is_left_out_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    encode = H264Encoder.encode

    def fail_in_the_middle(encoder: H264Encoder, planes: object) -> list[EncodedPicture]:
        made = encode(encoder, planes)  # type: ignore[arg-type]
        if made[0].size == (360, 640):
            raise av.error.ExternalError(1, "broken")
        return made

    monkeypatch.setattr(H264Encoder, "encode", fail_in_the_middle)
    assert set(play_layers(layered(), 4)) == {"h", "l"}
    assert caplog.text.count("layer m failed") == 1
