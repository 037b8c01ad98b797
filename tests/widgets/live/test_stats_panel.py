from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from backend.contract.stream import LayerViewers, ViewerLines
from studio.engine.layer_values import LayerStats
from studio.engine.messages.values import BitrateReason
from widgets.common.text import rate
from widgets.live.stats_panel import StatsPanel
from widgets.live.studio_stats import StudioStats

LIVE = StudioStats(
    fps=29.9,
    late=3,
    encoded_late=1,
    sent=990,
    dropped=10,
    bitrate_kbps=2330,
    target_kbps=2500,
    bitrate_reason="remb",
    rtt_ms=23.4,
    loss=0.031,
    skew_ms=12,
    is_publishing=True,
    studio_cpu=8,
    engine_cpu=40,
    backend_cpu=4,
)


@pytest.fixture
def panel(qtbot: QtBot) -> StatsPanel:
    made = StatsPanel()
    qtbot.addWidget(made)
    return made


def test_the_stats_panel_shows_the_numbers_of_a_second(panel: StatsPanel) -> None:
    panel.show_stats(LIVE)

    assert panel.fps.text == "29.9 / 30"
    assert panel.bitrate.text == "2.33 Mb/s"
    assert panel.rtt.text == "23 ms"
    assert panel.cpu.text == "52%"
    assert {fact: value.text() for fact, value in panel.values.items()} == {
        "late": "3 frames",
        "encoded_late": "1 frame",
        "dropped": "10 frames (1.0%)",
        "loss": "3.1%",
        "skew": "+12 ms",
    }


def test_the_stats_panel_colours_trouble(panel: StatsPanel) -> None:
    panel.show_stats(LIVE)

    assert panel.values["dropped"].property("tone") == "warn"
    assert panel.values["loss"].property("tone") == "warn"
    assert not panel.values["skew"].property("tone")


def test_off_air_there_is_no_bitrate(panel: StatsPanel) -> None:
    panel.show_stats(StudioStats(fps=30))

    assert panel.bitrate.text == "off air"
    assert panel.rtt.text == "–"


def test_the_stats_panel_says_in_which_sizes_the_picture_goes_out(panel: StatsPanel) -> None:
    whole, small = LayerStats("h", 720, 1280, 30, 2330), LayerStats("l", 180, 320, 15, 108.4)
    panel.show_stats(replace(LIVE, layers=(whole, small)))
    assert panel.layers_text.text() == f"Sent: 720p30 {rate(2330)} · 180p15 {rate(108.4)}"
    assert not panel.layers_text.isHidden()
    panel.show_stats(replace(LIVE, layers=(whole,)))
    assert panel.layers_text.isHidden()


@pytest.mark.parametrize("reason", list(BitrateReason))
def test_every_reason_of_the_bitrate_is_told_in_words(panel: StatsPanel, reason: BitrateReason) -> None:
    assert panel.reason_text(reason.value) != reason.value
    assert " " in panel.reason_text(reason.value)


def test_the_stats_panel_says_how_many_viewers_do_not_get_all_and_why(panel: StatsPanel) -> None:
    panel.show_lines(None)
    assert panel.lines_text.isHidden()
    panel.show_lines(ViewerLines())
    assert panel.lines_text.isHidden()
    panel.show_lines(ViewerLines(1200))
    assert panel.lines_text.text() == "Receiving the picture: 1,200 · no trouble known"
    panel.show_lines(ViewerLines(1200, layers=[LayerViewers(720, 1188), LayerViewers(360, 12)]))
    assert panel.lines_text.text() == (
        "Receiving the picture: 1,200 · 720p: 1,188 · 360p: 12 · no trouble known"
    )
    panel.show_lines(ViewerLines(1200, own_line=7, uplink=2))
    assert panel.lines_text.text() == (
        "Receiving the picture: 1,200 · own line weak: 7 · lost between you and the server: 2"
    )
