import multiprocessing
import os
import resource
import signal
from contextlib import suppress
from pathlib import Path

import av.error
import numpy as np
import pytest

from studio.engine.messages.recording import StartRecording
from studio.engine.record import library
from studio.engine.record.chapters import is_being_written, note_path, read_note
from studio.engine.record.recording import Recording
from tests.studio.engine.record.show import FPS, Show, play


def begin(folder: Path, split_bytes: int = 0, split_seconds: float = 0.0) -> Recording:
    return Recording(StartRecording(str(folder), "show", "Start", split_bytes, split_seconds), FPS)


def record(recording: Recording, show: Show, seconds: float) -> None:
    for item in show.play(seconds):
        recording.take(item)


def test_a_recording_holds_pictures_and_sound_for_every_player(tmp_path: Path) -> None:
    recording = begin(tmp_path)
    record(recording, Show(), 6)
    recording.close()
    played = play(tmp_path / "show.mp4")
    assert played.codecs == ["h264", "aac"]
    assert played.size == (96, 160)
    assert len(played.picture_times) == 6 * FPS
    assert played.seconds == pytest.approx(6.0, abs=0.1)
    assert len(played.sound) / 48_000 == pytest.approx(6.0, abs=0.1)
    assert recording.seconds == pytest.approx(6.0, abs=0.01)


def test_lips_are_in_sync_in_the_file(tmp_path: Path) -> None:
    recording = begin(tmp_path)
    record(recording, Show(is_bright=lambda at: at >= 2.5), 4)
    recording.close()
    played = play(tmp_path / "show.mp4")
    assert played.bright_pictures_from == pytest.approx(2.5, abs=0.06)
    assert played.tone_from == pytest.approx(played.bright_pictures_from, abs=0.04)


def test_a_pause_leaves_no_gap_and_lips_stay_in_sync(tmp_path: Path) -> None:
    recording, show = begin(tmp_path), Show(is_bright=lambda at: at < 2 or at >= 6)
    record(recording, show, 1.5)
    recording.pause(show.now)
    record(recording, show, 2.7)
    recording.resume(show.now)
    show.encoder.request_keyframe()
    record(recording, show, 3.8)
    recording.close()
    played = play(tmp_path / "show.mp4")
    assert played.seconds == pytest.approx(1.5 + 3.8, abs=0.15)
    steps = np.diff(played.picture_times)
    assert steps.max() < 0.05
    dark = [t for t, shade in zip(played.picture_times, played.shades, strict=True) if shade < 128]
    assert dark[0] == pytest.approx(1.5, abs=0.1)  # what was dark in the pause itself is not there
    assert len(dark) / FPS == pytest.approx(1.8, abs=0.1)
    assert played.longest_silence == pytest.approx(len(dark) / FPS, abs=0.06)


def test_sound_has_no_hole_where_a_pause_was(tmp_path: Path) -> None:
    recording, show = begin(tmp_path), Show()
    for _ in range(3):
        record(recording, show, 1.013)
        recording.pause(show.now)
        record(recording, show, 0.711)
        recording.resume(show.now)
        show.encoder.request_keyframe()
    record(recording, show, 1)
    recording.close()
    played = play(tmp_path / "show.mp4")
    assert played.longest_silence < 0.03
    assert len(played.sound) / 48_000 == pytest.approx(played.seconds, abs=0.1)


def test_a_long_recording_is_split_by_time_and_loses_nothing(tmp_path: Path) -> None:
    recording, show = begin(tmp_path, split_seconds=2.0), Show()
    record(recording, show, 7)
    recording.close()
    files = [play(tmp_path / name) for name in ("show.mp4", "show (2).mp4", "show (3).mp4", "show (4).mp4")]
    assert sum(len(each.picture_times) for each in files) == 7 * FPS
    assert [round(each.seconds) for each in files] == [2, 2, 2, 1]
    assert sum(len(each.sound) for each in files) / 48_000 == pytest.approx(7.0, abs=0.2)
    assert recording.seconds == pytest.approx(7.0, abs=0.01)


def test_a_large_recording_is_split_by_size(tmp_path: Path) -> None:
    recording = begin(tmp_path, split_bytes=60_000)
    record(recording, Show(), 9)
    recording.close()
    sizes = [path.stat().st_size for path in tmp_path.glob("*.mp4")]
    assert len(sizes) > 1
    assert recording.size_bytes == sum(sizes)


def test_another_size_of_pictures_begins_another_file(tmp_path: Path) -> None:
    recording, show = begin(tmp_path), Show()
    record(recording, show, 2)
    show.size = (160, 96)
    record(recording, show, 2)
    recording.close()
    assert play(tmp_path / "show.mp4").size == (96, 160)
    assert play(tmp_path / "show (2).mp4").size == (160, 96)


def test_another_bitrate_goes_on_in_the_same_file(tmp_path: Path) -> None:
    recording, show = begin(tmp_path), Show()
    record(recording, show, 2.5)
    show.encoder.set_target(60)  # so far that the encoder is opened again
    record(recording, show, 2.5)
    recording.close()
    assert [path.name for path in tmp_path.glob("*.mp4")] == ["show.mp4"]
    assert len(play(tmp_path / "show.mp4").picture_times) == 5 * FPS


def test_chapters_stand_where_they_were_added(tmp_path: Path) -> None:
    recording, show = begin(tmp_path), Show()
    record(recording, show, 2)
    recording.add_chapter("龙井茶礼盒", show.now)
    record(recording, show, 3)
    recording.add_chapter("Flash sale", show.now)
    record(recording, show, 1)
    recording.close()
    chapters = play(tmp_path / "show.mp4").chapters
    assert [title for _, title in chapters] == ["Start", "龙井茶礼盒", "Flash sale"]
    assert [at for at, _ in chapters] == pytest.approx([0, 2, 5], abs=0.05)


def test_two_chapters_of_one_moment_are_the_later_one(tmp_path: Path) -> None:
    recording, show = begin(tmp_path), Show()
    record(recording, show, 1)
    for title in ("hidden", "shown"):
        recording.add_chapter(title, show.now)
    record(recording, show, 1)
    recording.close()
    assert [title for _, title in play(tmp_path / "show.mp4").chapters] == ["Start", "shown"]


def test_a_chapter_goes_on_in_the_next_file(tmp_path: Path) -> None:
    recording, show = begin(tmp_path, split_seconds=2.0), Show()
    record(recording, show, 1)
    recording.add_chapter("Tea", show.now)
    record(recording, show, 3)
    recording.close()
    assert play(tmp_path / "show (2).mp4").chapters == [(0.0, "Tea")]


def test_a_chapter_in_a_pause_begins_where_recording_goes_on(tmp_path: Path) -> None:
    recording, show = begin(tmp_path), Show()
    record(recording, show, 2)
    recording.pause(show.now)
    record(recording, show, 3)
    recording.add_chapter("Tea", show.now)
    record(recording, show, 1)
    recording.resume(show.now)
    record(recording, show, 4)
    recording.close()
    at, title = play(tmp_path / "show.mp4").chapters[1]
    assert title == "Tea"
    assert at == pytest.approx(2.0, abs=0.05)


def test_a_file_of_the_same_name_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "show.mp4").write_bytes(b"of yesterday")
    recording = begin(tmp_path)
    record(recording, Show(), 1)
    recording.close()
    assert (tmp_path / "show.mp4").read_bytes() == b"of yesterday"
    assert play(tmp_path / "show (2).mp4").picture_times


def test_sound_that_was_missed_becomes_silence_of_the_same_length(tmp_path: Path) -> None:
    recording, show = begin(tmp_path), Show()
    record(recording, show, 1)
    for item in show.play(1):
        if not hasattr(item, "samples"):
            recording.take(item)
    record(recording, show, 1)
    recording.close()
    played = play(tmp_path / "show.mp4")
    assert played.longest_silence == pytest.approx(1.0, abs=0.05)
    assert len(played.sound) / 48_000 == pytest.approx(3.0, abs=0.1)


def test_a_recording_without_a_picture_leaves_no_file(tmp_path: Path) -> None:
    begin(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


def _record_and_die(folder: Path, seconds: float) -> None:
    recording, show = begin(folder), Show()
    record(recording, show, 2)
    recording.add_chapter("Tea", show.now)
    record(recording, show, seconds - 2)
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_killed_recording_can_be_played_to_within_two_seconds(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_record_and_die, args=(tmp_path, 7.3))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    path = tmp_path / "show.mp4"
    played = play(path)
    assert 5.3 < played.seconds < 7.4
    assert len(played.picture_times) > 5.3 * FPS
    note = read_note(path)
    assert note is not None
    assert [chapter.title for chapter in note.chapters] == ["Start", "Tea"]
    assert not is_being_written(note)


def _record_with_little_room(folder: Path) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (80_000, 80_000))
    recording, show = begin(folder), Show(is_bright=lambda at: round(at * FPS) % 2 == 0)
    try:
        record(recording, show, 20)
    except (OSError, av.error.FFmpegError):
        with suppress(OSError, av.error.FFmpegError):
            recording.close()
        os._exit(3)


def test_a_disk_that_takes_no_more_is_an_error_and_what_was_written_can_be_played(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_record_with_little_room, args=(tmp_path,))
    process.start()
    process.join(60)
    assert process.exitcode == 3
    assert note_path(tmp_path / "show.mp4").exists()
    library.mend(tmp_path / "show.mp4")  # as it is when there is room
    played = play(tmp_path / "show.mp4")
    assert played.seconds > 0.9
    assert len(played.picture_times) > 0.9 * FPS


def test_a_note_stands_beside_a_file_while_it_is_written(tmp_path: Path) -> None:
    recording = begin(tmp_path)
    record(recording, Show(), 1)
    note = read_note(tmp_path / "show.mp4")
    assert note is not None
    assert is_being_written(note)
    recording.close()
    assert not note_path(tmp_path / "show.mp4").exists()
