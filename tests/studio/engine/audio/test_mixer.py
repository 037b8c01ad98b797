from collections.abc import Iterator

import numpy as np
import pytest

from studio.engine.audio.meter import SILENCE_DB
from studio.engine.audio.mixer import Mixer, Strip
from studio.engine.latest import AudioFeed
from studio.engine.media import BLOCK_SECONDS, AudioBlock, MasterClock, Sound
from studio.engine.messages.events import MeterMeasured

LOOK_AHEAD = 0.005
"""By so much the limiter holds back what was mixed, in seconds."""


class Constant:
    """Sounds the same for ever."""

    def __init__(self, level: float, delay: float = 0.0) -> None:
        self.level = level
        self.delay = delay
        self.pulled: list[float] = []

    def pull(self, count: int, at: float) -> Sound | None:
        self.pulled.append(at)
        return np.full((count, 2), self.level, np.float32)


class Impulse:
    """Silent but for one sample."""

    delay = 0.0

    def __init__(self, heard_at: float) -> None:
        self.heard_at = heard_at

    def pull(self, count: int, at: float) -> Sound | None:
        place = round((self.heard_at - at) * 48_000)
        sound = np.zeros((count, 2), np.float32)
        if 0 <= place < count:
            sound[place] = 0.5
        return sound


class Nothing:
    """Has no sound now."""

    delay = 0.0

    def pull(self, count: int, at: float) -> Sound | None:
        return None


class Double:
    """A filter."""

    def process(self, sound: Sound) -> Sound:
        doubled: Sound = sound * 2
        return doubled


class Desk:
    """A mixer on a clock that the test moves."""

    def __init__(self, *strips: Strip) -> None:
        self.now = 100.0
        self.feed = AudioFeed()
        self.reader = self.feed.reader()
        self.meters: list[MeterMeasured] = []
        self.mixer = Mixer(MasterClock(lambda: self.now), self.feed, strips, self.meters.append)

    def blocks(self, count: int) -> Iterator[AudioBlock]:
        for _ in range(count):
            self.now = self.mixer.due
            self.mixer.mix(self.now)
            block = self.reader.wait(0)
            assert block is not None
            yield block

    def level(self) -> float:
        """The level after the fader has settled."""
        return float(list(self.blocks(2))[-1].samples[-1, 0]) / 32767


def test_blocks_follow_on_each_other_without_a_gap() -> None:
    desk = Desk(Strip(Constant(0.1)))
    stamps = [block.captured_at for block in desk.blocks(500)]
    assert np.diff(stamps) == pytest.approx(BLOCK_SECONDS, abs=1e-9)
    assert stamps[-1] == pytest.approx(100.0 + 499 * BLOCK_SECONDS - LOOK_AHEAD, abs=1e-4)


def test_blocks_are_20_ms_of_stereo() -> None:
    block = next(Desk(Strip(Constant(0.1))).blocks(1))
    assert block.samples.shape == (960, 2)
    assert block.samples.dtype == np.int16


def test_strips_add_up() -> None:
    assert Desk(Strip(Constant(0.25)), Strip(Constant(0.5))).level() == pytest.approx(0.75, abs=1e-3)


def test_strips_together_are_limited_to_1_db_below_full_scale() -> None:
    desk = Desk(*(Strip(Constant(0.75)) for _ in range(4)))
    loudest = max(int(np.abs(block.samples).max()) for block in desk.blocks(20))
    assert 20 * np.log10(loudest / 32767) == pytest.approx(-1.0, abs=0.01)


def test_a_block_is_stamped_with_the_moment_its_sound_was_heard() -> None:
    desk = Desk(Strip(Impulse(100.1)))
    blocks = list(desk.blocks(20))
    loud = next(block for block in blocks if block.samples.any())
    place = int(np.abs(loud.samples[:, 0].astype(int)).argmax())
    assert loud.captured_at + place / 48_000 == pytest.approx(100.1, abs=1.5 / 48_000)


def test_all_strips_are_read_for_one_moment_when_the_slowest_is_ready() -> None:
    quick, slow = Constant(0.1, delay=0.02), Constant(0.1, delay=0.05)
    desk = Desk(Strip(quick), Strip(slow))
    block = next(desk.blocks(1))
    assert quick.pulled == slow.pulled == [pytest.approx(block.captured_at + LOOK_AHEAD)]
    assert desk.now == pytest.approx(block.captured_at + LOOK_AHEAD + 0.05)


def test_a_slower_source_makes_blocks_late_but_leaves_none_out() -> None:
    strip = Strip(Constant(0.1, delay=0.02))
    desk = Desk(strip)
    stamps = [block.captured_at for block in desk.blocks(3)]
    strip.provider = Constant(0.1, delay=0.2)
    stamps += [block.captured_at for block in desk.blocks(3)]
    strip.provider = Constant(0.1, delay=0.02)
    stamps += [block.captured_at for block in desk.blocks(3)]
    assert np.diff(stamps) == pytest.approx(BLOCK_SECONDS, abs=1e-9)


def test_after_a_long_hold_up_the_missed_blocks_are_left_out() -> None:
    desk = Desk(Strip(Constant(0.1)))
    next(desk.blocks(1))
    desk.now += 2.0
    desk.mixer.mix(desk.now)
    block = desk.reader.wait(0)
    assert block is not None
    assert desk.now - block.captured_at < 2 * BLOCK_SECONDS


def test_the_fader_works_in_db_within_its_bounds() -> None:
    strip = Strip(Constant(0.1))
    desk = Desk(strip)
    strip.set_gain(6.0206)
    assert desk.level() == pytest.approx(0.2, rel=1e-2)
    strip.set_gain(1000.0)
    assert desk.level() == pytest.approx(0.1 * 10 ** (12 / 20), rel=1e-2)


def test_a_fader_moves_without_a_click() -> None:
    strip = Strip(Constant(0.5))
    desk = Desk(strip)
    list(desk.blocks(2))
    strip.mute()
    samples = np.concatenate([block.samples for block in desk.blocks(2)])[:, 0].astype(int)
    assert samples[-1] == 0
    assert np.abs(np.diff(samples)).max() < 40


def test_mute_silences_and_unmute_brings_back() -> None:
    strip = Strip(Constant(0.5))
    desk = Desk(strip)
    strip.mute()
    assert desk.level() == 0
    strip.unmute()
    assert desk.level() == pytest.approx(0.5, rel=1e-3)


def test_filters_come_before_the_fader() -> None:
    strip = Strip(Constant(0.1), filters=(Double(), Double()))
    assert Desk(strip).level() == pytest.approx(0.4, rel=1e-2)


@pytest.mark.parametrize("strip", [Strip(), Strip(Nothing())])
def test_a_strip_without_sound_is_silent_and_time_goes_on(strip: Strip) -> None:
    desk = Desk(strip)
    assert desk.level() == 0
    assert not any(block.samples.any() for block in desk.blocks(10))


def test_while_silenced_nothing_is_heard_but_the_meter_goes_on() -> None:
    desk = Desk(Strip(Constant(0.5)))
    desk.mixer.silence()
    assert desk.level() == 0
    list(desk.blocks(3))
    assert desk.meters[-1].peak_db == pytest.approx(-6.02, abs=0.01)
    desk.mixer.sound()
    assert desk.level() == pytest.approx(0.5, rel=1e-3)


def test_the_meter_is_read_about_fifteen_times_a_second_after_the_fader() -> None:
    strip = Strip(Constant(0.5))
    desk = Desk(strip)
    list(desk.blocks(50))
    assert 14 <= len(desk.meters) <= 17
    strip.mute()
    list(desk.blocks(6))
    assert desk.meters[-1].peak_db == SILENCE_DB


def test_what_a_muted_strip_holds_back_is_measured() -> None:
    strip = Strip(Constant(0.5))
    desk = Desk(strip)
    list(desk.blocks(9))
    assert desk.meters[-1].unheard_db == SILENCE_DB
    strip.mute()
    list(desk.blocks(9))
    assert desk.meters[-1].rms_db == SILENCE_DB
    assert desk.meters[-1].unheard_db == pytest.approx(-6.02, abs=0.01)
    strip.unmute()
    list(desk.blocks(9))
    assert desk.meters[-1].unheard_db == SILENCE_DB
