import os
from pathlib import Path

import cv2
import msgspec
import numpy as np
import pytest

from studio.engine.messages.recording import Chapter
from studio.engine.record import library
from studio.engine.record.chapters import Note, note_path
from tests.studio.engine.record.show import FPS, Show, play
from tests.studio.engine.record.test_recording import begin, record


def recorded(folder: Path, show: Show | None = None) -> Path:
    """Ten seconds: Start, and Tea from the fourth second on."""
    recording, show = begin(folder), show or Show()
    record(recording, show, 4)
    recording.add_chapter("Tea", show.now)
    record(recording, show, 6)
    recording.close()
    return folder / "show.mp4"


def broken_off(folder: Path) -> Path:
    """A copy of a recording that is being written, with the note of a process that is gone."""
    recording, show = begin(folder / "at work"), Show()
    record(recording, show, 5)
    path = folder / "lost.mp4"
    path.write_bytes((folder / "at work" / "show.mp4").read_bytes())
    note = Note((Chapter(0, "Start"), Chapter(2000, "Tea")), pid=0)
    note_path(path).write_bytes(msgspec.json.encode(note))
    recording.close()
    return path


def test_recordings_are_listed_from_the_newest(tmp_path: Path) -> None:
    for number, name in enumerate(("a.mp4", "b.mp4", "c.mp4", "notes.txt")):
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (number, number))
    assert [path.name for path in library.find(tmp_path, 2)] == ["c.mp4", "b.mp4"]


def test_a_folder_that_is_not_there_holds_no_recordings(tmp_path: Path) -> None:
    assert library.find(tmp_path / "gone", 10) == []


def test_a_recording_tells_its_length_chapters_and_shows_a_picture(tmp_path: Path) -> None:
    info = library.read(recorded(tmp_path))
    assert info.seconds == pytest.approx(10, abs=0.1)
    assert [chapter.title for chapter in info.chapters] == ["Start", "Tea"]
    picture = cv2.imdecode(np.frombuffer(info.thumbnail, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (96, 57, 3)


def test_a_part_is_copied_from_the_keyframe_before_it_without_encoding(tmp_path: Path) -> None:
    path = recorded(tmp_path, Show(is_bright=lambda at: at >= 4.5))
    library.export(path, 2.7, 7.0, tmp_path / "part.mp4")
    part = play(tmp_path / "part.mp4")
    assert part.codecs == ["h264", "aac"]
    assert part.seconds == pytest.approx(5.0, abs=0.1)  # the keyframe is at 2.0
    assert len(part.picture_times) == 5 * FPS
    assert part.picture_times[0] == pytest.approx(0.0, abs=0.03)
    assert part.bright_pictures_from == pytest.approx(2.5, abs=0.05)
    assert part.tone_from == pytest.approx(part.bright_pictures_from, abs=0.05)
    assert [title for _, title in part.chapters] == ["Start", "Tea"]
    assert part.chapters[1][0] == pytest.approx(2.0, abs=0.05)


def test_a_part_up_to_the_end_has_all_of_it(tmp_path: Path) -> None:
    path = recorded(tmp_path)
    library.export(path, 8.0, 1e9, tmp_path / "part.mp4")
    assert play(tmp_path / "part.mp4").seconds == pytest.approx(2.0, abs=0.1)


def test_a_part_of_nothing_leaves_no_file(tmp_path: Path) -> None:
    path = recorded(tmp_path)
    with pytest.raises(ValueError, match="before it begins"):
        library.export(path, 5.0, 5.0, tmp_path / "part.mp4")
    assert not (tmp_path / "part.mp4").exists()


def test_a_recording_is_never_written_over_by_a_part_of_itself(tmp_path: Path) -> None:
    path = recorded(tmp_path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match="own recording"):
        library.export(path, 1.0, 5.0, path)
    assert path.read_bytes() == before


def test_what_was_broken_off_becomes_whole_with_its_chapters(tmp_path: Path) -> None:
    path = broken_off(tmp_path)
    assert library.is_unfinished(path)
    library.mend(path)
    assert not library.is_unfinished(path)
    played = play(path)
    assert 3.0 < played.seconds < 5.1
    assert [title for _, title in played.chapters] == ["Start", "Tea"]
    assert sorted(each.name for each in tmp_path.glob("lost*")) == ["lost.mp4"]


def test_what_is_being_written_is_left_alone(tmp_path: Path) -> None:
    recording = begin(tmp_path)
    record(recording, Show(), 2)
    assert library.is_growing(tmp_path / "show.mp4")
    assert not library.is_unfinished(tmp_path / "show.mp4")
    recording.close()
    assert not library.is_growing(tmp_path / "show.mp4")
