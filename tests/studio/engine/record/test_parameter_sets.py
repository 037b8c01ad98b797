from studio.engine.publish.encoder import H264Encoder
from studio.engine.record.parameter_sets import parameter_sets
from tests.studio.engine.record.show import FPS, Show


def keyframe(size: tuple[int, int] = (96, 160), kbps: int = 300) -> bytes:
    show = Show(size, encoder=H264Encoder("libx264", FPS, kbps, 20_000))
    return next(item.data for item in show.play(0.1) if not hasattr(item, "samples"))


def test_keyframes_of_one_size_have_the_same_parameters_at_any_bitrate() -> None:
    assert parameter_sets(keyframe(kbps=100)) == parameter_sets(keyframe(kbps=15_000))


def test_another_size_has_other_parameters() -> None:
    assert parameter_sets(keyframe()) != parameter_sets(keyframe((160, 96)))
