import av
import numpy as np
import pytest

from studio.engine.media import Picture
from studio.engine.publish.encoder import VIDEO_RATE, EncodedPicture, H264Encoder
from tests.studio.engine.publish.conftest import FPS, HEIGHT, WIDTH, picture, planar
from tests.studio.engine.publish.test_packetizer import received

START = 100_000.0


def encoder(target_kbps: int = 1000, ceiling_kbps: int = 2500) -> H264Encoder:
    return H264Encoder("libx264", FPS, target_kbps, ceiling_kbps)


def play(
    encoder: H264Encoder, frames: int, first: int = 0, size: tuple[int, int] = (WIDTH, HEIGHT)
) -> list[EncodedPicture]:
    out = []
    for index in range(first, first + frames):
        out += encoder.encode(planar(picture(index % 20, *size), START + index / FPS))
    return out


def decoded(pictures: list[EncodedPicture]) -> list[av.VideoFrame]:
    decoder = av.CodecContext.create("h264", "r")
    frames = []
    for each in pictures:
        frames += decoder.decode(av.Packet(received(each.payloads)))
    return [*frames, *decoder.decode(None)]


def kbps(pictures: list[EncodedPicture]) -> float:
    return (
        sum(len(payload) for each in pictures for payload in each.payloads) * 8 / 1000 * FPS / len(pictures)
    )


def test_every_picture_comes_out_at_once_with_its_own_time() -> None:
    made = encoder()
    for index in range(10):
        [out] = play(made, 1, first=index)
        assert out.time == round((START + index / FPS) * VIDEO_RATE)


def test_the_first_is_a_keyframe_and_the_next_comes_unasked_only_after_four_seconds() -> None:
    keys = [index for index, each in enumerate(play(encoder(), 130)) if each.is_keyframe]
    assert keys == [0, 120]


def test_a_group_that_must_begin_does_so_however_short_ago_the_last_keyframe_was() -> None:
    made = encoder()
    play(made, 3)
    made.begin_group()
    assert [each.is_keyframe for each in play(made, 2, first=3)] == [True, False]


def test_a_keyframe_comes_when_asked_for() -> None:
    made = encoder()
    play(made, 30)
    made.request_keyframe()
    assert [each.is_keyframe for each in play(made, 3, first=30)] == [True, False, False]


def test_keyframes_asked_for_all_the_time_stay_a_third_of_a_second_apart() -> None:
    made, keys = encoder(), []
    for index in range(40):
        made.request_keyframe()
        keys += [index for each in play(made, 1, first=index) if each.is_keyframe]
    assert keys == [0, 9, 18, 27, 36]


def test_a_new_bitrate_is_followed_within_half_a_second_and_without_a_keyframe() -> None:
    made = encoder()
    assert kbps(play(made, 90)[30:]) == pytest.approx(1000, rel=0.25)
    made.set_target(450)
    down = play(made, 30, first=90)
    assert not any(each.is_keyframe for each in down)
    assert kbps(down[15:]) == pytest.approx(450, rel=0.3)
    made.set_target(1800)
    assert kbps(play(made, 90, first=120)[60:]) == pytest.approx(1800, rel=0.25)


def test_a_very_different_bitrate_begins_anew_with_its_own_burst_allowance() -> None:
    made = encoder(target_kbps=1500)
    play(made, 70)
    made.set_target(300)
    down = play(made, 90, first=70)
    assert down[0].is_keyframe
    assert kbps(down[30:]) == pytest.approx(300, rel=0.25)
    assert sum(map(len, down[0].payloads)) * 8 / 1000 < 300


def test_the_target_never_exceeds_the_ceiling() -> None:
    made = encoder(target_kbps=500, ceiling_kbps=600)
    made.set_target(5000)
    assert kbps(play(made, 120)[30:]) < 720


def test_another_size_begins_with_a_keyframe_and_decodes() -> None:
    made = encoder()
    play(made, 5)
    turned = play(made, 5, first=5, size=(HEIGHT, WIDTH))
    assert turned[0].is_keyframe
    assert {(frame.width, frame.height) for frame in decoded(turned)} == {(HEIGHT, WIDTH)}


def test_times_that_stand_still_still_grow() -> None:
    made = encoder()
    times = [made.encode(planar(picture(0), START))[0].time for _ in range(3)]
    assert times[0] < times[1] < times[2]


@pytest.mark.parametrize(
    "bgr", [(0, 0, 255), (0, 255, 0), (255, 0, 0), (255, 255, 255), (0, 0, 0), (40, 90, 200)]
)
def test_colours_arrive_as_they_were(bgr: tuple[int, int, int]) -> None:
    image: Picture = np.full((HEIGHT, WIDTH, 3), bgr, np.uint8)
    made = encoder()
    coded = [out for index in range(3) for out in made.encode(planar(image, START + index / FPS))]
    seen = decoded(coded)[-1]
    assert (seen.colorspace, seen.color_range) == (6, 1)
    middle = seen.to_ndarray(format="bgr24")[HEIGHT // 2, WIDTH // 2].astype(int)
    assert np.abs(middle - np.array(bgr)).max() <= 6
