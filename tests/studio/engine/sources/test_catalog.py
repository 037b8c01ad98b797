import pytest

from studio.engine.media import MasterClock
from studio.engine.messages import AudioKind, AudioSpec, Canvas, VideoKind, VideoSpec
from studio.engine.sources.catalog import SourceCatalog, policy_of
from studio.engine.sources.grab import X11Grab
from studio.engine.sources.qt_capture import QtScreen, QtWindow

CLOCK = MasterClock()


@pytest.mark.parametrize("kind", list(VideoKind))
def test_every_kind_of_video_has_a_source_and_a_policy(kind: VideoKind) -> None:
    assert SourceCatalog(CLOCK, ":0").make_video(VideoSpec(kind, "x"), Canvas()).failure is None
    assert policy_of(kind).minds_freezing is (kind is VideoKind.CAMERA)


@pytest.mark.parametrize("kind", [kind for kind in AudioKind if kind is not AudioKind.NONE])
def test_every_kind_of_audio_has_a_source(kind: AudioKind) -> None:
    assert SourceCatalog(CLOCK, None).make_audio(AudioSpec(kind), lambda: None).delay >= 0


def test_silence_is_no_source() -> None:
    with pytest.raises(ValueError, match="expected a kind that sounds"):
        SourceCatalog(CLOCK, None).make_audio(AudioSpec(AudioKind.NONE), lambda: None)


def test_screens_and_windows_are_captured_by_ffmpeg_on_x11_and_by_qt_elsewhere() -> None:
    screen, window = VideoSpec(VideoKind.SCREEN), VideoSpec(VideoKind.WINDOW, "0x1")
    assert isinstance(SourceCatalog(CLOCK, ":0").make_video(screen, Canvas()), X11Grab)
    assert isinstance(SourceCatalog(CLOCK, ":0").make_video(window, Canvas()), X11Grab)
    assert isinstance(SourceCatalog(CLOCK, None).make_video(screen, Canvas()), QtScreen)
    assert isinstance(SourceCatalog(CLOCK, None).make_video(window, Canvas()), QtWindow)
