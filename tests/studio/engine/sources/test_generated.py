import numpy as np
import pytest

from studio.engine.media import MasterClock
from studio.engine.sources.generated import TONE_HZ, DemoMusic, GeneratedSound, SteadyTone
from tests.support.sound import peak_frequency

CLOCK = MasterClock(lambda: 50.0)


def listen(
    source: GeneratedSound, begin: float, blocks: int
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    first = round(begin * 48_000)
    pulled = [source.pull(960, (first + number * 960) / 48_000) for number in range(blocks)]
    return np.concatenate([block for block in pulled if block is not None])[:, 0].astype(np.float64)


def test_the_tone_has_its_pitch_and_no_steps() -> None:
    tone = SteadyTone(CLOCK)
    tone.open()
    sound = listen(tone, 12_345.678, 100)
    assert peak_frequency(sound) == pytest.approx(TONE_HZ, abs=1)
    assert np.abs(np.diff(sound)).max() < 0.1 * 2 * np.pi * TONE_HZ / 48_000 * 1.01


@pytest.mark.parametrize("begin", [0.0, 3.9, 15.8])
def test_the_music_never_clicks_not_even_where_it_begins_anew(begin: float) -> None:
    music = DemoMusic(CLOCK)
    music.open()
    sound = listen(music, begin, 50)
    assert 0.02 < np.abs(sound).max() < 0.5
    assert np.abs(np.diff(sound)).max() < 0.05


def test_closed_it_is_silent() -> None:
    tone = SteadyTone(CLOCK)
    assert tone.pull(960, 1.0) is None
    tone.open()
    assert tone.pull(960, 1.0) is not None
    tone.close()
    assert tone.heard_at is None
