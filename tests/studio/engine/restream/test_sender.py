import io
from pathlib import Path

import pytest

from studio.engine.record.interleaver import Item
from studio.engine.restream import wire
from studio.engine.restream.sender import Sender, without_address
from tests.studio.engine.record.show import FPS, Show, play


def test_what_was_taken_goes_out_from_the_first_keyframe_on(tmp_path: Path) -> None:
    answers, path = io.BytesIO(), tmp_path / "sent.flv"
    sender, show = Sender(wire.Open(str(path), FPS), answers), Show()
    for number, item in enumerate(show.play(4)):
        if number > 5:  # it comes in the middle of a broadcast
            sender.take(item)
    sender.close()
    played = play(path)
    assert played.codecs == ["h264", "aac"]
    assert 1.5 * FPS < len(played.picture_times) <= 2 * FPS
    assert answers.getvalue().startswith(wire.CONNECTED + wire.ALIVE)


def take_all(sender: Sender, items: list[Item]) -> None:
    for item in items:
        sender.take(item)


def test_another_size_of_the_picture_needs_another_connection(tmp_path: Path) -> None:
    sender, show = Sender(wire.Open(str(tmp_path / "sent.flv"), FPS), io.BytesIO()), Show()
    upright = list(show.play(1))
    show.size = (160, 96)
    wide = list(show.play(1))
    with pytest.raises(ValueError, match="size"):
        take_all(sender, [*upright, *wide])


def test_what_ffmpeg_says_is_told_without_the_address() -> None:
    said = "[Errno 5] Input/output error: 'rtmp://live.example.com/app/s3cret?sign=1'\nmore"
    assert "s3cret" not in without_address(said)
    assert without_address(said).startswith("[Errno 5] Input/output error")
