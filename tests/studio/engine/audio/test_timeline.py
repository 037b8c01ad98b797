import numpy as np

from studio.engine.audio.timeline import Timeline


def sound(value: float, count: int = 480) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    return np.full((count, 2), value, np.float32)


def test_sound_comes_out_at_its_time() -> None:
    timeline = Timeline()
    timeline.write(sound(0.5), 10.0)
    pulled = timeline.pull(960, 9.995)
    assert np.all(pulled[:240] == 0)
    assert np.all(pulled[240:720] == 0.5)
    assert np.all(pulled[720:] == 0)


def test_what_was_pulled_is_wiped() -> None:
    timeline = Timeline()
    timeline.write(sound(0.5), 10.0)
    timeline.pull(480, 10.0)
    assert not timeline.pull(480, 14.0).any()  # four seconds later the ring is at the same place


def test_what_nobody_pulled_is_not_heard_a_round_later() -> None:
    timeline = Timeline()
    timeline.write(sound(0.5, 4800), 10.0)
    timeline.write(sound(0.25), 14.5)
    assert not timeline.pull(4800, 14.0).any()
    assert timeline.pull(480, 14.5).all()
    assert timeline.written_to == 14.51
