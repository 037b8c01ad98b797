import numpy as np
import pytest

from studio.engine.audio.strip import Strip
from studio.engine.media import BLOCK_SECONDS
from tests.studio.engine.audio.desk import Constant, Desk, Impulse, Nothing, Tone, microphone_of, strip_of

LOOK_AHEAD = 0.005
"""By so much the limiter holds back what was mixed, in seconds."""
FILTERS = 0.04
"""By so much each strip's filters hold back what they hear."""


def test_blocks_follow_on_each_other_without_a_gap() -> None:
    desk = Desk(strip_of(Constant(0.1)))
    stamps = [block.captured_at for block in desk.blocks(500)]
    assert np.diff(stamps) == pytest.approx(BLOCK_SECONDS, abs=1e-9)
    assert stamps[-1] == pytest.approx(100.0 + 499 * BLOCK_SECONDS - LOOK_AHEAD, abs=1e-4)


def test_blocks_are_20_ms_of_stereo() -> None:
    block = next(Desk(strip_of(Constant(0.1))).blocks(1))
    assert block.samples.shape == (960, 2)
    assert block.samples.dtype == np.int16


def test_strips_add_up() -> None:
    assert Desk(strip_of(Constant(0.25)), strip_of(Constant(0.5))).level() == pytest.approx(0.75, abs=1e-3)


def test_strips_together_are_limited_to_1_db_below_full_scale() -> None:
    desk = Desk(*(strip_of(Constant(0.75)) for _ in range(4)))
    loudest = max(int(np.abs(block.samples).max()) for block in desk.blocks(20))
    assert 20 * np.log10(loudest / 32767) == pytest.approx(-1.0, abs=0.01)


def test_a_block_is_stamped_with_the_moment_its_sound_was_heard() -> None:
    desk = Desk(strip_of(Impulse(100.1)))
    blocks = list(desk.blocks(20))
    loud = next(block for block in blocks if block.samples.any())
    place = int(np.abs(loud.samples[:, 0].astype(int)).argmax())
    assert loud.captured_at + place / 48_000 == pytest.approx(100.1, abs=1.5 / 48_000)


def test_all_strips_are_read_for_one_moment_when_the_slowest_is_ready() -> None:
    quick, slow = Constant(0.1, delay=0.02), Constant(0.1, delay=0.05)
    desk = Desk(strip_of(quick), strip_of(slow))
    block = next(desk.blocks(1))
    assert quick.pulled == slow.pulled == [pytest.approx(block.captured_at + LOOK_AHEAD + FILTERS)]
    assert desk.now == pytest.approx(block.captured_at + LOOK_AHEAD + FILTERS + 0.05)


def test_a_slower_source_makes_blocks_late_but_leaves_none_out() -> None:
    strip = strip_of(Constant(0.1, delay=0.02))
    desk = Desk(strip)
    stamps = [block.captured_at for block in desk.blocks(3)]
    strip.provider = Constant(0.1, delay=0.2)
    stamps += [block.captured_at for block in desk.blocks(3)]
    strip.provider = Constant(0.1, delay=0.02)
    stamps += [block.captured_at for block in desk.blocks(3)]
    assert np.diff(stamps) == pytest.approx(BLOCK_SECONDS, abs=1e-9)


def test_after_a_long_hold_up_the_missed_blocks_are_left_out() -> None:
    desk = Desk(strip_of(Constant(0.1)))
    next(desk.blocks(1))
    desk.now += 2.0
    desk.mixer.mix(desk.now)
    block = desk.reader.wait(0)
    assert block is not None
    assert desk.now - block.captured_at < 2 * BLOCK_SECONDS + FILTERS + LOOK_AHEAD


@pytest.mark.parametrize("strip", [strip_of(None), strip_of(Nothing())])
def test_a_strip_without_sound_is_silent_and_time_goes_on(strip: Strip) -> None:
    desk = Desk(strip)
    assert desk.level() == 0
    assert not any(block.samples.any() for block in desk.blocks(10))


def test_while_silenced_nothing_is_heard_but_the_meter_goes_on() -> None:
    desk = Desk(strip_of(Constant(0.5)))
    desk.mixer.silence()
    assert desk.level() == 0
    assert desk.meters[-1].peak_db == pytest.approx(-6.02, abs=0.01)
    assert desk.mixes[-1].peak_db == -100
    desk.mixer.sound()
    assert desk.level() == pytest.approx(0.5, rel=1e-3)


def test_the_meter_is_read_about_fifteen_times_a_second() -> None:
    desk = Desk(strip_of(Constant(0.5)))
    list(desk.blocks(50))
    assert 14 <= len(desk.meters) <= 17
    assert len(desk.mixes) == len(desk.meters)


def test_a_strip_that_leaves_fades_out() -> None:
    desk = Desk(strip_of(Constant(0.5)))
    list(desk.blocks(8))
    desk.mixer.set_strips(())
    samples = np.concatenate([block.samples for block in desk.blocks(3)])[:, 0].astype(int)
    assert samples[-1] == 0
    assert np.abs(np.diff(samples)).max() < 40


def test_music_goes_down_under_speech_and_comes_back() -> None:
    voice, music = Constant(0.0), strip_of(Constant(0.1), ducked_db=12.0)
    desk = Desk(music, microphone_of(voice))
    assert desk.level() == pytest.approx(0.1, rel=1e-2)
    voice.level = 0.05
    list(desk.blocks(10))
    assert desk.level() == pytest.approx(0.05 + 0.1 * 10 ** (-12 / 20), rel=2e-2)
    assert desk.meters[-2].ducked_db == pytest.approx(12.0, abs=0.1)
    voice.level = 0.0
    list(desk.blocks(90))
    assert desk.level() == pytest.approx(0.1, rel=1e-2)


def test_a_microphone_that_is_muted_ducks_nothing() -> None:
    desk = Desk(strip_of(Constant(0.1), ducked_db=12.0), microphone_of(Constant(0.5), is_muted=True))
    assert desk.level() == pytest.approx(0.1, rel=1e-2)


def test_microphones_are_not_ducked_under_each_other() -> None:
    desk = Desk(*(microphone_of(Constant(0.1), ducked_db=12.0) for _ in range(2)))
    assert desk.level() == pytest.approx(0.2, rel=1e-2)


def test_a_strip_that_is_ahead_of_its_moment_holds_up_nothing() -> None:
    desk = Desk(strip_of(Constant(0.1, delay=0.02), offset_ms=300.0))
    assert desk.mixer.due == pytest.approx(100.0)


def test_the_loudness_of_the_mix_is_measured_from_the_beginning_of_a_broadcast() -> None:
    desk = Desk(strip_of(Tone(0.1)))
    list(desk.blocks(60))
    assert desk.mixes[-1].momentary_lufs == pytest.approx(-20.0, abs=0.1)
    assert desk.mixes[-1].short_term_lufs == pytest.approx(-20.0, abs=0.5)
    assert desk.mixes[-1].integrated_lufs == pytest.approx(-20.0, abs=0.5)
    desk.mixer.restart_loudness()
    list(desk.blocks(3))
    assert desk.mixes[-1].integrated_lufs == -70.0
