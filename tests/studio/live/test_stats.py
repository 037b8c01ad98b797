import os

import pytest
from pytestqt.qtbot import QtBot

from studio.engine.layer_values import LayerStats
from studio.engine.messages.events import PublishChanged, StatsMeasured
from studio.engine.messages.values import BitrateReason, PublishState
from studio.live.stats import CpuSampler, StatsCollector
from widgets.live.studio_stats import StudioStats

LAYERS = (LayerStats("h", 720, 1280, 30, 2300.0), LayerStats("l", 180, 320, 15, 100.0))
ENGINE = StatsMeasured(
    fps=29.9,
    late=1,
    encoded_late=2,
    sent=3,
    dropped=4,
    bitrate_kbps=2400.0,
    target_kbps=2500,
    reason=BitrateReason.REMB,
    rtt_ms=12.0,
    loss=0.01,
    skew_ms=5.0,
    layers=LAYERS,
    cpu=40.0,
)


@pytest.fixture
def collector() -> StatsCollector:
    made = StatsCollector(os.getpid)
    made.set_target_fps(25)
    return made


def measured(collector: StatsCollector) -> StudioStats:
    told: list[StudioStats] = []
    collector.measured.connect(told.append)
    collector.measure()
    return told[-1]


def test_the_stats_put_engine_and_processes_together(collector: StatsCollector) -> None:
    collector.on_engine(ENGINE)
    collector.on_engine(PublishChanged(PublishState.CONNECTED))
    stats = measured(collector)

    assert (stats.fps, stats.target_fps, stats.dropped, stats.bitrate_reason) == (29.9, 25, 4, "remb")
    assert (stats.rtt_ms, stats.engine_cpu, stats.is_publishing) == (12.0, 40.0, True)
    assert stats.layers == LAYERS
    assert stats.studio_cpu is not None
    assert stats.backend_cpu is not None


def test_off_air_there_is_no_round_trip_and_no_layer(collector: StatsCollector) -> None:
    collector.on_engine(ENGINE)
    stats = measured(collector)

    assert (stats.is_publishing, stats.rtt_ms, stats.layers) == (False, None, ())


def test_the_numbers_of_a_dead_engine_are_forgotten(collector: StatsCollector) -> None:
    collector.on_engine(ENGINE)
    collector.on_engine(PublishChanged(PublishState.CONNECTED))
    collector.on_engine_crashed()
    stats = measured(collector)

    assert (stats.fps, stats.engine_cpu, stats.is_publishing) == (0.0, None, False)


def test_the_stats_come_by_themselves_also_while_the_engine_is_silent(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.live.stats.INTERVAL_MS", 10)
    collector = StatsCollector(lambda: None)
    with qtbot.waitSignals([collector.measured, collector.measured]):
        collector.start()
    collector.stop()


def test_the_cpu_of_this_process_is_measured() -> None:
    sampler = CpuSampler()
    sampler.sample(os.getpid(), with_children=False)
    sum(number * number for number in range(1_000_000))
    busy = sampler.sample(os.getpid(), with_children=False)

    assert busy is not None
    assert busy > 10


def test_a_process_that_is_gone_has_no_cpu() -> None:
    assert CpuSampler().sample(2**22 + 1, with_children=True) is None
    assert CpuSampler().sample(None, with_children=True) is None
