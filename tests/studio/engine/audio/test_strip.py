import msgspec
import numpy as np
import pytest
from typing_extensions import override

from studio.engine.audio.meter import SILENCE_DB
from studio.engine.audio.strip import Strip
from studio.engine.media import Sound
from studio.project.project import SoundFilter
from studio.project.project import Strip as WantedStrip
from tests.studio.engine.audio.desk import SETTLED_BLOCKS, Constant, Desk, Impulse, Sides, strip_of

MIC = WantedStrip("mic")
LOOK_AHEAD = 0.005


def test_the_fader_works_in_db() -> None:
    strip = strip_of(Constant(0.1))
    desk = Desk(strip)
    strip.set_wanted(WantedStrip("mic", gain_db=6.0206))
    assert desk.level() == pytest.approx(0.2, rel=1e-2)


@pytest.mark.parametrize(
    "wanted",
    [
        WantedStrip("mic", is_muted=True),
        WantedStrip("mic", gain_db=-30.0),
        WantedStrip("mic", pan=1.0),
        WantedStrip("mic", filters=(SoundFilter("gain", {"gain_db": -20.0}),)),
        WantedStrip("mic", offset_ms=200.0),
        WantedStrip("mic", is_mono=True),
    ],
)
def test_no_setting_clicks_when_it_changes(wanted: WantedStrip) -> None:
    strip = strip_of(Constant(0.5))
    desk = Desk(strip)
    list(desk.blocks(SETTLED_BLOCKS))
    strip.set_wanted(wanted)
    samples = np.concatenate([block.samples for block in desk.blocks(12)]).astype(int)
    assert np.abs(np.diff(samples, axis=0)).max() < 40


def test_mute_silences_and_unmute_brings_back() -> None:
    strip = strip_of(Constant(0.5))
    desk = Desk(strip)
    strip.mute()
    assert desk.level() == 0
    strip.set_wanted(MIC)
    assert desk.level() == pytest.approx(0.5, rel=1e-3)


def test_filters_come_before_the_fader_in_the_order_of_the_project() -> None:
    louder, limiter = SoundFilter("gain", {"gain_db": 12.0}), SoundFilter("limiter", {"ceiling_db": -12.0})
    strip = strip_of(Constant(0.2))
    desk = Desk(strip)
    strip.set_wanted(WantedStrip("mic", filters=(louder, limiter), gain_db=6.0))
    assert desk.level() == pytest.approx(10 ** (-6 / 20), rel=2e-2)
    strip.set_wanted(WantedStrip("mic", filters=(limiter, louder), gain_db=-6.0))
    assert desk.level() == pytest.approx(0.2 * 10 ** (6 / 20), rel=2e-2)


def test_a_filter_that_is_off_or_unknown_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    off = SoundFilter("gain", {"gain_db": 12.0}, is_on=False)
    strip = Strip(WantedStrip("mic", filters=(off, SoundFilter("reverb"))), Constant(0.2))
    assert Desk(strip).level() == pytest.approx(0.2, rel=1e-2)
    assert "reverb" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    ("pan", "expected"), [(0.0, (0.2, 0.4)), (-1.0, (0.2, 0.0)), (1.0, (0.0, 0.4)), (0.5, (0.1, 0.4))]
)
def test_pan_takes_away_from_the_other_side(pan: float, expected: tuple[float, float]) -> None:
    assert Desk(strip_of(Sides(0.2, 0.4), pan=pan)).sides() == pytest.approx(expected, abs=1e-3)


def test_mono_sounds_the_same_on_both_sides() -> None:
    assert Desk(strip_of(Sides(0.2, 0.4), is_mono=True)).sides() == pytest.approx((0.3, 0.3), abs=1e-3)


@pytest.mark.parametrize("offset_ms", [-100.0, 0.0, 100.0, 300.0])
def test_sound_is_sent_by_its_offset_later_than_it_was_heard(offset_ms: float) -> None:
    desk = Desk(strip_of(Impulse(100.6), offset_ms=offset_ms))
    loud = next(block for block in desk.blocks(80) if block.samples.any())
    place = int(np.abs(loud.samples[:, 0].astype(int)).argmax())
    assert loud.captured_at + place / 48_000 == pytest.approx(100.6 + offset_ms / 1000, abs=1.5 / 48_000)


def test_filters_do_not_move_the_sound_in_time() -> None:
    filters = tuple(SoundFilter(name) for name in ("noise_suppression", "limiter", "high_pass"))
    desk = Desk(Strip(WantedStrip("mic", filters=filters), Impulse(100.6)))
    blocks = list(desk.blocks(60))
    samples = np.concatenate([block.samples for block in blocks])[:, 0].astype(int)
    at = blocks[0].captured_at + int(np.abs(samples).argmax()) / 48_000
    assert at == pytest.approx(100.6, abs=1.5 / 48_000)


def test_what_a_muted_strip_holds_back_is_measured() -> None:
    strip = strip_of(Constant(0.5))
    desk = Desk(strip)
    list(desk.blocks(9))
    assert desk.meters[-1].unheard_db == SILENCE_DB
    strip.mute()
    list(desk.blocks(9))
    assert desk.meters[-1].rms_db == SILENCE_DB
    assert desk.meters[-1].unheard_db == pytest.approx(-6.02, abs=0.01)
    strip.set_wanted(MIC)
    list(desk.blocks(9))
    assert desk.meters[-1].unheard_db == SILENCE_DB


def test_a_source_at_full_scale_is_told_however_low_its_fader_is() -> None:
    provider = Constant(0.5)
    desk = Desk(Strip(WantedStrip("mic", gain_db=-40.0), provider))
    told = []
    for level in (0.5, 1.0, 0.5):
        provider.level = level
        list(desk.blocks(3))
        told.append(desk.meters[-1].is_clipped)
    assert told == [False, True, False]


def test_a_strip_tells_of_itself_by_its_id() -> None:
    wanted = msgspec.structs.replace(MIC, id="music")
    desk = Desk(Strip(wanted, Constant(0.1)))
    list(desk.blocks(3))
    assert desk.meters[-1].strip_id == "music"


def test_a_source_that_gives_nothing_for_a_while_is_silent() -> None:
    class Broken(Constant):
        @override
        def pull(self, count: int, at: float) -> Sound | None:
            return None if 100.2 < at < 100.4 else super().pull(count, at)

    desk = Desk(strip_of(Broken(0.5)))
    levels = [float(np.abs(block.samples).max()) for block in desk.blocks(40)]
    assert min(levels[10:20]) == 0
    assert levels[-1] > 0
