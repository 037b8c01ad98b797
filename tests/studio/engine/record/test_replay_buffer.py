from pathlib import Path

import pytest

from studio.engine.media import AudioBlock
from studio.engine.messages.recording import SaveReplay
from studio.engine.record.interleaver import time_of
from studio.engine.record.replay_buffer import REPLAY_SECONDS, ReplayBuffer
from tests.studio.engine.record.show import FPS, Show, play


def kept(show: Show, seconds: float) -> ReplayBuffer:
    buffer = ReplayBuffer()
    for item in show.play(seconds):
        buffer.add(item)
    return buffer


def test_the_last_thirty_seconds_are_kept_and_no_more() -> None:
    show = Show()
    items = kept(show, 40).items()
    assert not isinstance(items[0], AudioBlock)
    assert items[0].is_keyframe
    length = time_of(items[-1]) - time_of(items[0])
    assert REPLAY_SECONDS <= length <= REPLAY_SECONDS + 2


def test_a_short_show_is_kept_from_its_first_keyframe() -> None:
    assert len([each for each in kept(Show(), 3).items() if not isinstance(each, AudioBlock)]) > 2.8 * FPS


def test_a_replay_is_a_file_like_a_recording(tmp_path: Path) -> None:
    path = kept(Show(), 5).save(SaveReplay(str(tmp_path), "12-00 replay", "Tea"), FPS)
    assert path == tmp_path / "12-00 replay.mp4"
    played = play(path)
    assert played.codecs == ["h264", "aac"]
    assert played.seconds == pytest.approx(5, abs=0.2)
    assert played.chapters == [(0.0, "Tea")]


def test_without_pictures_there_is_no_replay(tmp_path: Path) -> None:
    assert ReplayBuffer().save(SaveReplay(str(tmp_path), "replay"), FPS) is None
    assert list(tmp_path.iterdir()) == []
