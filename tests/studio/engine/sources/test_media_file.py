import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest

from studio.engine.media import MasterClock
from studio.engine.messages import Canvas
from studio.engine.sources.media_file import MediaFile
from studio.engine.sources.source import SourceError
from studio.engine.sources.time_code import read_time_code
from tests.studio.engine.sources.waiting import failure_of, first_frame
from tests.support.media_file import CODE_HEIGHT, make_video
from tests.support.sound import peak_frequency

CANVAS = Canvas(width=320, height=180)
CLOCK = MasterClock()


@contextmanager
def playing(path: Path, canvas: Canvas = CANVAS) -> Iterator[MediaFile]:
    source = MediaFile(path, canvas, CLOCK)
    source.open()
    try:
        yield source
    finally:
        source.close()


def watch(source: MediaFile, seconds: float) -> list[tuple[float, int]]:
    """All pictures shown for so long: when each was due, and its number."""
    seen: list[tuple[float, int]] = []
    end = CLOCK.now() + seconds
    while CLOCK.now() < end:
        frame = source.newest(CLOCK.now())
        if frame is not None and (not seen or frame.captured_at > seen[-1][0]):
            number = read_time_code(frame.image, CODE_HEIGHT)
            assert number is not None
            seen.append((frame.captured_at, number))
        time.sleep(0.004)
    return seen


def test_pictures_come_at_their_time_and_begin_anew_after_the_last(tmp_path: Path) -> None:
    path = make_video(tmp_path / "loop.mp4", seconds=1.0)
    with playing(path) as source:
        seen = watch(source, 2.8)
    numbers = [number for _, number in seen]
    assert numbers[:3] == [0, 1, 2]
    assert numbers.count(0) >= 2
    assert set(numbers) == set(range(30))
    times = [at for at, _ in seen]
    assert np.median(np.diff(times)) == pytest.approx(1 / 30, abs=0.002)
    rounds = [at for at, number in seen if number == 0]
    assert np.diff(rounds) == pytest.approx(1.0, abs=0.04)


def test_sound_plays_with_the_picture_and_loops(tmp_path: Path) -> None:
    path = make_video(tmp_path / "tone.mp4", seconds=1.0, tone_hertz=440)
    with playing(path) as source:
        first = first_frame(source)
        assert source.sound is not None
        blocks = []
        for number in range(100):
            at = first.captured_at + number * 0.02
            time.sleep(max(0.0, at + source.sound.delay - CLOCK.now()))
            blocks.append(source.sound.pull(960, at))
    sound = np.concatenate([block for block in blocks if block is not None])[:, 0].astype(np.float64)
    assert len(sound) == 96_000
    assert peak_frequency(sound[-48_000:]) == pytest.approx(440, abs=3)
    loud = np.abs(sound.reshape(-1, 960)).max(axis=1) > 0.1
    assert loud.mean() > 0.9  # the codec fades in and out where the rounds join


def test_a_file_without_sound_says_so(tmp_path: Path) -> None:
    with playing(make_video(tmp_path / "silent.mp4")) as source:
        first_frame(source)
        assert source.sound is None


def test_large_pictures_are_made_as_small_as_the_canvas_needs(tmp_path: Path) -> None:
    path = make_video(tmp_path / "large.mp4", size=(1280, 720), seconds=0.5)
    with playing(path, Canvas(width=180, height=320)) as source:
        assert first_frame(source).image.shape == (320, 568, 3)


def test_a_missing_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as told:
        MediaFile(tmp_path / "none.mp4", CANVAS, CLOCK).open()
    assert told.value.code == "file_unreadable"
    assert "none.mp4" in told.value.detail


@pytest.mark.parametrize("content", [b"", b"this is no video at all", bytes(range(256)) * 400])
def test_a_file_that_is_no_media_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.mp4"
    path.write_bytes(content)
    with playing(path) as source:
        failure = failure_of(source)
    assert failure.code == "file_unreadable"
    assert "Choose a whole video file" in failure.detail


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        MediaFile(tmp_path, CANVAS, CLOCK).open()


def test_a_file_cut_short_plays_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = make_video(tmp_path / "whole.mpeg", seconds=2.0)
    cut = tmp_path / "cut.mpeg"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with playing(cut) as source:
        assert read_time_code(first_frame(source).image, CODE_HEIGHT) == 0


def test_a_sound_file_is_not_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=48_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 9600), np.int16), "s16", "stereo")
        frame.sample_rate = 48_000
        container.mux(stream.encode(frame))
    with playing(path) as source:
        failure = failure_of(source)
    assert failure.code == "file_unreadable"
    assert "holds no picture" in failure.detail
