import pytest

from studio.engine.media import MasterClock
from studio.engine.sources.borrowed import BorrowedSound
from studio.engine.sources.catalog import SourceCatalog, policy_of
from studio.engine.sources.grab import X11Grab
from studio.engine.sources.qt_capture import QtScreen, QtWindow
from studio.project.project import SOUNDS, Canvas, Source, SourceKind

CLOCK = MasterClock()


@pytest.mark.parametrize("kind", sorted(set(SourceKind) - SOUNDS))
def test_every_kind_of_video_has_a_source_and_a_policy(kind: SourceKind) -> None:
    source = Source("s", kind, settings={"file": "x", "window": "x"})
    assert SourceCatalog(CLOCK, ":0").make_video(source, Canvas()).failure is None
    assert policy_of(kind).minds_freezing is (kind is SourceKind.CAMERA)


@pytest.mark.parametrize("kind", sorted(SourceKind))
def test_every_kind_of_source_has_a_sound_if_only_that_of_its_picture(kind: SourceKind) -> None:
    sound = SourceCatalog(CLOCK, None).make_audio(Source("s", kind), lambda: None)
    assert isinstance(sound, BorrowedSound) is (kind not in SOUNDS)
    assert sound.delay >= 0


@pytest.mark.parametrize("kind", sorted(SOUNDS))
def test_a_sound_has_no_picture(kind: SourceKind) -> None:
    with pytest.raises(ValueError, match="expected a kind that gives pictures"):
        SourceCatalog(CLOCK, None).make_video(Source("s", kind), Canvas())


def test_screens_and_windows_are_captured_by_ffmpeg_on_x11_and_by_qt_elsewhere() -> None:
    screen = Source("s", SourceKind.SCREEN)
    window = Source("w", SourceKind.WINDOW, settings={"window": "0x1"})
    assert isinstance(SourceCatalog(CLOCK, ":0").make_video(screen, Canvas()), X11Grab)
    assert isinstance(SourceCatalog(CLOCK, ":0").make_video(window, Canvas()), X11Grab)
    assert isinstance(SourceCatalog(CLOCK, None).make_video(screen, Canvas()), QtScreen)
    assert isinstance(SourceCatalog(CLOCK, None).make_video(window, Canvas()), QtWindow)
