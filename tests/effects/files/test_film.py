"""Films from the beginning to the end: every picture at its time, damage left out."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from effects.files.film import Film, FilmError
from effects.files.frames import Size
from tests.support.media_file import Look, grey, make_film, make_video

SIZE: Size = (64, 48)
JPEG = Look("mjpeg", "yuvj420p")


def seen(path: Path, threads: int = 4) -> list[tuple[float, int]]:
    """When each picture is due, and how bright it is, in steps of ten."""
    with Film(path, SIZE, threads=threads) as film:
        return [(round(each.due_s, 2), round(float(each.image.mean()) / 10) * 10) for each in film.pictures()]


@pytest.mark.parametrize("container", ["mkv", "mp4", "mov"])
def test_pictures_of_a_variable_frame_rate_are_due_when_the_file_says(tmp_path: Path, container: str) -> None:
    pictures = [(0.0, grey(50)), (5.0, grey(100)), (5.2, grey(150))]
    path = make_film(tmp_path / f"film.{container}", pictures, Look("mpeg4", "yuv420p"))
    assert seen(path) == [(0.0, 50), (5.0, 100), (5.2, 150)]


@pytest.mark.parametrize("threads", [1, 16])
def test_a_film_of_few_pictures_loses_none_to_many_decoder_threads(tmp_path: Path, threads: int) -> None:
    pictures = [(number * 5.0, grey(50 + number * 20)) for number in range(4)]
    path = make_film(tmp_path / "film.mp4", pictures, Look("libx264", "yuv420p"))
    assert [level for _, level in seen(path, threads)] == [50, 70, 90, 110]


def test_a_damaged_packet_is_left_out_and_all_others_are_shown(tmp_path: Path) -> None:
    pictures = [(number / 10, grey(50 + number * 10)) for number in range(6)]
    path = make_film(tmp_path / "film.mov", pictures, JPEG, break_packets={1, 3})
    assert seen(path) == [(0.0, 50), (0.2, 70), (0.4, 90), (0.5, 100)]


def test_a_film_of_nothing_but_damage_gives_no_picture(tmp_path: Path) -> None:
    assert seen(make_film(tmp_path / "film.mov", [(0.0, grey(50))], JPEG, break_packets={0})) == []


def test_a_picture_that_comes_late_is_due_from_the_beginning(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mkv", [(3.0, grey(50)), (4.0, grey(100))], tone_seconds=5.0)
    assert seen(path) == [(0.0, 50), (4.0, 100)]


def test_times_that_begin_anew_within_a_file_go_on(tmp_path: Path) -> None:
    first = make_video(tmp_path / "first.ts", seconds=1.0)
    both = tmp_path / "both.ts"
    both.write_bytes(first.read_bytes() * 2)
    with Film(both, SIZE) as film:
        dues = [each.due_s for each in film.pictures()]
    assert len(dues) == 60
    assert np.diff(dues) == pytest.approx(1 / 30, abs=0.01)


def test_a_file_without_a_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=48_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 9600), np.int16), "s16", "stereo")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
    with pytest.raises(FilmError, match="no picture"):
        Film(path, SIZE)


def test_a_film_of_enormous_pictures_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_film(tmp_path / "film.mkv", [(0.0, grey(50))])
    monkeypatch.setattr("effects.files.film.MOST_PIXELS", 64 * 48 - 1)
    with pytest.raises(FilmError, match="64x48"):
        Film(path, SIZE)


def test_a_picture_far_larger_than_the_film_says_is_left_out(tmp_path: Path) -> None:
    """Else one of 9000 x 9000 would be decoded, after a head that promised 64 x 48."""
    path = tmp_path / "grows.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
        packets = [*stream.encode(grey(50)), *stream.encode(None)]
        packets += mjpeg_of(np.full((9000, 9000), 90, np.uint8)) + mjpeg_of(np.full((48, 64), 90, np.uint8))
        for number, packet in enumerate(packets):
            packet.stream, packet.time_base = stream, Fraction(1, 10)
            packet.pts = packet.dts = number
            container.mux(packet)
    assert seen(path) == [(0.0, 50), (0.2, 90)]


def mjpeg_of(picture: npt.NDArray[np.uint8]) -> "list[av.Packet[av.VideoStream]]":
    encoder = av.CodecContext.create("mjpeg", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.height, encoder.width = picture.shape
    encoder.pix_fmt, encoder.time_base = "yuvj420p", Fraction(1, 10)
    frame = av.VideoFrame.from_ndarray(picture, "gray").reformat(format="yuvj420p")
    return [*encoder.encode(frame), *encoder.encode(None)]


def test_a_film_with_a_title_in_another_encoding_is_played(tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    with av.open(str(path), "w") as container:
        container.metadata["title"] = "TITLE OF FILM"
        stream = container.add_stream("ffv1", rate=10)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "bgr0"
        container.mux([*stream.encode(grey(50).reformat(format="bgr0")), *stream.encode(None)])
    content = path.read_bytes()
    assert b"TITLE OF FILM" in content
    path.write_bytes(content.replace(b"TITLE OF FILM", "直播间的影片 ".encode("gbk")))
    assert [level for _, level in seen(path)] == [50]


def test_of_pictures_in_an_unknown_codec_the_codec_is_named_as_the_reason(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mkv", [(0.0, grey(50))])
    path.write_bytes(path.read_bytes().replace(b"V_FFV1", b"V_XXXX"))
    with pytest.raises(FilmError, match="codec"):
        Film(path, SIZE)
