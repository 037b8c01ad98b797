from studio.engine.messages import AudioKind, VideoKind
from widgets.stage.sources import Offer, PictureKind, SoundKind


def test_the_panels_know_every_source_that_the_engine_has() -> None:
    assert {kind.value for kind in PictureKind} == {kind.value for kind in VideoKind}
    assert {kind.value for kind in SoundKind} == {kind.value for kind in AudioKind}


def test_nothing_is_offered_before_the_engine_has_looked() -> None:
    assert Offer() == Offer((), (), (), ())
