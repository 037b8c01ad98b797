import numpy as np
from typing_extensions import override

from studio.engine.media import MasterClock, VideoFrame
from studio.engine.sources.borrowed import BorrowedSound
from studio.engine.sources.media_file import MediaSound
from studio.engine.sources.source import AudioSource, VideoSource


class File(VideoSource):
    """A video source with sound, or without."""

    def __init__(self, sound: AudioSource | None) -> None:
        self._sound = sound

    @override
    def open(self) -> None:
        pass

    @override
    def newest(self, at: float) -> VideoFrame | None:
        return None

    @property
    @override
    def sound(self) -> AudioSource | None:
        return self._sound


def test_the_sound_of_the_picture_is_played() -> None:
    sound = MediaSound(MasterClock(lambda: 9.0))
    sound.timeline.write(np.full((960, 2), 0.5, np.float32), 9.0)
    borrowed = BorrowedSound(lambda: File(sound))
    pulled = borrowed.pull(960, 9.0)
    assert pulled is not None
    assert (pulled == 0.5).all()
    assert borrowed.heard_at == 9.0
    assert borrowed.failure is None


def test_a_picture_without_sound_is_told_with_a_remedy() -> None:
    borrowed = BorrowedSound(lambda: File(None))
    assert borrowed.pull(960, 9.0) is None
    assert borrowed.failure is not None
    assert borrowed.failure.code == "no_sound"
    assert "Choose a microphone" in borrowed.failure.detail


def test_while_no_picture_is_open_there_is_silence_and_no_complaint() -> None:
    borrowed = BorrowedSound(lambda: None)
    assert borrowed.pull(960, 9.0) is None
    assert borrowed.failure is None
    assert borrowed.heard_at is None
