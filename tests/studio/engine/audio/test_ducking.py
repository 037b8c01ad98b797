from math import log10

import pytest

from studio.engine.audio.ducking import ATTACK_S, HOLD_S, RELEASE_S, SPEECH_DB, Ducker
from studio.engine.media import BLOCK_SECONDS

SPEECH = SPEECH_DB + 10
PAUSE = SPEECH_DB - 10


def seconds_until(ducker: Ducker, speech_db: float, ducked_db: float) -> float:
    """How long this must be heard until music is down by so many dB of 12."""
    for blocks in range(1, 1000):
        ducker.follow(speech_db)
        if -20 * log10(ducker.amplitude(12.0)) == pytest.approx(ducked_db, abs=0.01):
            return blocks * BLOCK_SECONDS
    raise AssertionError("never")


def test_music_is_down_after_the_attack() -> None:
    assert seconds_until(Ducker(), SPEECH, 12.0) == pytest.approx(ATTACK_S, abs=BLOCK_SECONDS)


def test_music_waits_for_the_next_word_and_comes_back_after_the_release() -> None:
    ducker = Ducker()
    seconds_until(ducker, SPEECH, 12.0)
    assert seconds_until(ducker, PAUSE, 0.0) == pytest.approx(HOLD_S + RELEASE_S, abs=2 * BLOCK_SECONDS)


def test_pauses_between_words_are_no_reason_to_come_back() -> None:
    ducker = Ducker()
    for _ in range(20):
        for level in [SPEECH] * 10 + [PAUSE] * 20:
            ducker.follow(level)
    assert ducker.amplitude(12.0) == pytest.approx(10 ** (-12 / 20), rel=1e-3)


def test_no_step_is_larger_than_the_attack_allows() -> None:
    ducker, before = Ducker(), 1.0
    for level in [SPEECH] * 20 + [PAUSE] * 100:
        ducker.follow(level)
        now = ducker.amplitude(12.0)
        assert abs(now - before) < 0.3
        before = now
