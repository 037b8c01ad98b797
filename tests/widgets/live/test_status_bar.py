import pytest
from pytestqt.qtbot import QtBot

from tests.widgets.live.test_stats_panel import LIVE
from widgets.common.stage import Stage
from widgets.live.status_bar import StudioStatusBar
from widgets.live.studio_stats import StudioStats


@pytest.fixture
def bar(qtbot: QtBot) -> StudioStatusBar:
    made = StudioStatusBar()
    qtbot.addWidget(made)
    return made


def test_the_status_bar_shows_what_the_host_glances_at(bar: StudioStatusBar) -> None:
    bar.show_live(Stage.LIVE, 2537)
    bar.show_stats(LIVE)

    assert {name: cell.text() for name, cell in bar.cells.items()} == {
        "live": "● Live 00:42:17",
        "fps": "29.9 fps",
        "late": "Late 4",
        "dropped": "Dropped 10 (1.0%)",
        "bitrate": "2.33 Mb/s",
        "rtt": "RTT 23 ms",
        "cpu": "CPU  Window 8% · Picture 40% · Server 4%",
    }


def test_a_process_that_is_not_here_is_left_out(bar: StudioStatusBar) -> None:
    bar.show_stats(StudioStats(studio_cpu=3))

    assert bar.cells["cpu"].text() == "CPU  Window 3%"
    assert bar.cells["rtt"].text() == "RTT –"
    assert bar.cells["bitrate"].text() == "Off air"


@pytest.mark.parametrize("stage", [Stage.READY, Stage.OFFLINE, Stage.LEFT_OPEN])
def test_no_time_runs_while_not_live(bar: StudioStatusBar, stage: Stage) -> None:
    bar.show_live(stage, None)

    assert bar.cells["live"].text() == "○ Not live"


def test_the_status_bar_colours_trouble(bar: StudioStatusBar) -> None:
    bar.show_stats(LIVE)

    assert bar.cells["dropped"].property("tone") == "warn"
