import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from effects.files.film import Film, FilmPicture
from effects.files.stills import read_still
from studio.engine.media import MasterClock, Picture, Sound
from studio.engine.messages.values import SourceState
from studio.engine.scene.slates import Slate, SlateProvider
from studio.engine.sources import media_file
from studio.engine.sources.file_sound import FileSound
from studio.engine.sources.media_file import MediaFile
from studio.engine.sources.source import SourceError
from studio.engine.sources.supervisor import SourceReport, VideoSupervisor
from studio.engine.sources.time_code import read_time_code
from studio.engine.sources.watchdog import CONTENT_POLICY
from studio.project.project import Canvas
from tests.studio.engine.sources.waiting import failure_of, first_frame, until
from tests.support.media_file import CODE_HEIGHT, Look, grey, make_film, make_music, make_video
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


class VirtualTime:
    """A clock that the test moves, and a file that is played by it."""

    def __init__(self, path: Path) -> None:
        self.now = 100.0
        self.source = MediaFile(path, CANVAS, MasterClock(lambda: self.now))
        self.reports: list[SourceReport] = []
        self.supervisor = VideoSupervisor(
            lambda: self.source,
            CONTENT_POLICY,
            MasterClock(lambda: self.now),
            self.reports.append,
            slates={slate: SlateProvider(np.zeros((180, 320, 3), np.uint8)) for slate in Slate},
        )

    def begin(self) -> None:
        """Play until the first picture is there and the decoder waits for its time."""
        self.supervisor.start()
        until(lambda: self.source._waiting or None)
        self.await_decoder()
        self.now += 0.1

    def await_decoder(self) -> None:
        until(lambda: self.source._busy_since is None or None)

    def pass_by(self, seconds: float, *, awaits_decoder: bool = True) -> list[int]:
        """Let time pass, as the compose thread and the engine do; return how bright each picture was."""
        levels = []
        for _ in range(round(seconds * 10)):
            if awaits_decoder:
                self.await_decoder()
            self.now += 0.1
            frame = self.supervisor.newest(self.now)
            assert frame is not None
            levels.append(int(frame.image[20, 20, 1]))
            self.supervisor.tick()
        return levels

    def states(self) -> list[SourceState]:
        return [report.state for report in self.reports]


@pytest.fixture
def playing_in_virtual_time(tmp_path: Path) -> Iterator[Callable[[Path], VirtualTime]]:
    started: list[VirtualTime] = []

    def play(path: Path) -> VirtualTime:
        started.append(VirtualTime(path))
        started[-1].begin()
        return started[-1]

    yield play
    for each in started:
        each.supervisor.stop()


Play = Callable[[Path], VirtualTime]


def test_a_film_of_one_picture_in_five_seconds_is_never_lost_and_sounds_all_the_time(
    tmp_path: Path, playing_in_virtual_time: Play
) -> None:
    path = make_film(tmp_path / "slides.mkv", [(0.0, grey(60)), (5.0, grey(120))], tone_seconds=9.0)
    film = playing_in_virtual_time(path)
    assert set(film.pass_by(4.6)) == {60}
    assert film.states() == [SourceState.OPENING, SourceState.RUNNING]
    assert film.source.sound is not None
    assert film.source.sound.heard_at == pytest.approx(film.now)


def test_a_held_picture_is_given_as_of_now_so_that_effects_go_on(
    tmp_path: Path, playing_in_virtual_time: Play
) -> None:
    film = playing_in_virtual_time(make_film(tmp_path / "slides.mkv", [(0.0, grey(60)), (5.0, grey(120))]))
    film.pass_by(2.0)
    frame = film.source.newest(film.now)
    assert frame is not None
    assert frame.captured_at == film.now


def test_a_file_whose_decoder_is_stuck_is_noticed(
    tmp_path: Path, playing_in_virtual_time: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = threading.Event()
    pictures = Film.pictures

    def never_ending(film: Film) -> Iterator[FilmPicture]:
        yield next(pictures(film))
        stuck.wait()

    monkeypatch.setattr(Film, "pictures", never_ending)
    path = make_film(tmp_path / "film.mkv", [(0.0, grey(60)), (5.0, grey(120))])
    film = VirtualTime(path)
    film.supervisor.start()
    until(lambda: film.source._waiting or None)
    film.pass_by(3.0, awaits_decoder=False)
    assert film.states() == [SourceState.OPENING, SourceState.RUNNING, SourceState.STALLED]
    stuck.set()
    film.supervisor.stop()


def test_a_picture_that_begins_late_is_shown_from_the_beginning(
    tmp_path: Path, playing_in_virtual_time: Play
) -> None:
    path = make_film(tmp_path / "late.mkv", [(8.0, grey(60))], tone_seconds=9.0)
    film = playing_in_virtual_time(path)
    assert set(film.pass_by(7.0)) == {60}
    assert film.states() == [SourceState.OPENING, SourceState.RUNNING]


def test_the_last_picture_stands_while_the_sound_goes_on(tmp_path: Path) -> None:
    path = make_film(tmp_path / "ended.mkv", [(0.0, grey(60)), (0.1, grey(120))], tone_seconds=1.0)
    with playing(path) as source:
        first = first_frame(source)
        begins = {round(first.captured_at, 3)}
        while CLOCK.now() < first.captured_at + 1.6:
            frame = source.newest(CLOCK.now())
            assert frame is not None
            if abs(int(frame.image[0, 0, 1]) - 60) < 5:
                begins.add(round(frame.captured_at, 3))
            time.sleep(0.01)
    rounds = sorted(begins)
    assert rounds[-1] - rounds[0] == pytest.approx(1.0, abs=0.2)  # a round is as long as its sound


@pytest.mark.parametrize("ending", [".png", ".jpg", ".webp"])
def test_a_still_is_decoded_once_and_held(
    tmp_path: Path, playing_in_virtual_time: Play, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    path = tmp_path / f"still{ending}"
    path.write_bytes(cv2.imencode(ending, np.full((180, 320, 3), 90, np.uint8))[1].tobytes())
    reads: list[int] = []

    def read(content: bytes, enough: tuple[int, int]) -> Picture:
        reads.append(len(content))
        return read_still(content, enough)

    monkeypatch.setattr(media_file, "read_still", read)
    film = playing_in_virtual_time(path)
    levels = film.pass_by(60.0)
    assert set(levels) == {90}
    assert len(reads) == 1
    assert film.states() == [SourceState.OPENING, SourceState.RUNNING]
    assert film.source.sound is None


def test_a_film_of_a_single_picture_is_decoded_once_and_held(
    tmp_path: Path, playing_in_virtual_time: Play
) -> None:
    film = playing_in_virtual_time(make_film(tmp_path / "one.mkv", [(0.0, grey(70))]))
    assert set(film.pass_by(20.0)) == {70}
    assert film.source._pictures == 1


def test_the_cover_of_a_piece_of_music_is_its_picture(tmp_path: Path) -> None:
    path = make_music(tmp_path / "song.flac", grey(80), seconds=0.6)
    with playing(path) as source:
        first = first_frame(source)
        assert source.sound is not None
        begin = CLOCK.now()
        heard: list[Sound | None] = []
        while CLOCK.now() < begin + 1.6:
            frame = source.newest(CLOCK.now())
            assert frame is not None
            assert int(frame.image[0, 0, 1]) == 80
            at = first.captured_at + len(heard) * 0.02
            if at + source.sound.delay <= CLOCK.now():
                heard.append(source.sound.pull(960, at))
            time.sleep(0.004)
        assert source._pictures == 1
    loud = [bool(np.abs(each).max() > 0.1) for each in heard if each is not None]
    assert np.mean(loud[5:]) > 0.8  # on and on, though a round is short


def test_damage_within_a_film_is_passed_over_while_it_plays(tmp_path: Path) -> None:
    pictures = [(number / 10, grey(50 + number * 20)) for number in range(5)]
    look = Look("mjpeg", "yuvj420p")
    path = make_film(tmp_path / "film.mov", pictures, look, break_packets={2})
    with playing(path) as source:
        first_frame(source)
        levels = set()
        end = CLOCK.now() + 1.0
        while CLOCK.now() < end:
            frame = source.newest(CLOCK.now())
            assert frame is not None
            levels.add(round(int(frame.image[0, 0, 1]) / 10) * 10)
            time.sleep(0.004)
        assert source.failure is None
    assert levels == {50, 70, 110, 130}


def test_a_film_whose_sound_cannot_be_decoded_plays_without(
    tmp_path: Path, playing_in_virtual_time: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FileSound, "pieces", lambda _: iter(()))
    film = playing_in_virtual_time(make_film(tmp_path / "one.mkv", [(0.0, grey(70))], tone_seconds=1.0))
    assert set(film.pass_by(5.0)) == {70}
    assert film.source.sound is None
    assert film.source._pictures == 1


def test_a_picture_too_large_to_load_is_refused_for_that_reason(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\x0d" + head + struct.pack(">I", zlib.crc32(head)) + bytes(40))
    with playing(path) as source:
        failure = failure_of(source)
    assert failure.code == "file_too_large"
    assert "Make them smaller" in failure.detail


def test_a_film_of_enormous_pictures_is_refused_for_that_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("effects.files.film.MOST_PIXELS", 1000)
    with playing(make_film(tmp_path / "film.mkv", [(0.0, grey(70))])) as source:
        assert failure_of(source).code == "file_too_large"


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
    assert told.value.code == "file_missing"
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
    assert failure.code == "file_without_picture"
    assert "sound only" in failure.detail
