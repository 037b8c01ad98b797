import msgspec
import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backend.contract.insights import Activity, LiveStats
from tests.widgets.live.test_stats_panel import LIVE
from widgets.common.stage import Stage
from widgets.live.live_bar import LiveBar
from widgets.live.orders_button import OrdersButton
from widgets.live.studio_stats import StudioStats

TOTAL = Activity(1, 2, 3, 4, 5, orders=326, gmv_minor=4_826_000)
SALES = LiveStats(0, 1284, 1300, 9, TOTAL, TOTAL, currency="CNY")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window without a layout, which would ask for room."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def bar(window: QWidget) -> LiveBar:
    made = LiveBar(OrdersButton(), lambda: 161_000)
    made.setParent(window)
    made.resize(1300, 48)
    window.show()
    made.show()
    return made


def test_each_stage_has_its_own_word(bar: LiveBar) -> None:
    words = []
    for stage in Stage:
        bar.show_stage(stage)
        words.append(bar.pill.text())

    assert len(set(words)) == len(words)


def test_time_viewers_and_sales_are_shown_while_live(bar: LiveBar) -> None:
    bar.show_stage(Stage.LIVE)
    bar.show_progress(2537, 8231)
    bar.show_sales(SALES)
    assert (bar.time.text, bar.viewers.text) == ("00:42:17", "8,231")
    assert (bar.orders.text, bar.sales.text) == ("326", "¥48,260.00")

    bar.show_stage(Stage.READY)
    bar.show_progress(None, None)
    assert not any(figure.isVisible() for figure in (bar.time, bar.viewers, bar.orders, bar.sales))


def test_sales_of_a_session_that_is_over_are_not_shown(bar: LiveBar) -> None:
    bar.show_stage(Stage.READY)
    bar.show_sales(SALES)

    assert not bar.orders.isVisible()


def test_before_the_first_order_no_money_is_said(bar: LiveBar) -> None:
    bar.show_stage(Stage.LIVE)
    bar.show_sales(msgspec.structs.replace(SALES, currency=""))

    assert not bar.sales.isVisible()


@pytest.mark.parametrize(
    ("stats", "word", "tone"),
    [
        (StudioStats(fps=30), "Smooth", "ok"),
        (LIVE, "Strained", "warn"),
        (StudioStats(fps=30, loss=0.2), "Poor", "bad"),
    ],
)
def test_health_is_one_word_in_its_colour(bar: LiveBar, stats: StudioStats, word: str, tone: str) -> None:
    bar.health.show_stats(stats)

    assert bar.health.word.text() == word
    assert bar.health.word.property("tone") == tone
    assert bar.health.stats.values["loss"].text() == f"{stats.loss:.1%}"


def test_a_click_on_health_opens_all_figures(bar: LiveBar) -> None:
    bar.health.show_stats(LIVE)
    bar.health.click()
    assert bar.health.stats.isVisible()
    bar.health.popup.hide()


def test_the_bar_knows_what_ends_with_the_broadcast(bar: LiveBar) -> None:
    bar.show_progress(2537, 8231)
    assert bar.at_stake() == "8,231 are watching, the flash sale has 02:41 left."
    bar.show_progress(None, None)
    assert bar.at_stake() == "The flash sale has 02:41 left."


def test_without_a_picture_nothing_is_said_of_health(bar: LiveBar) -> None:
    bar.health.show_stats(StudioStats())

    assert not bar.health.isVisible()


def test_words_go_before_numbers_where_room_is_short(bar: LiveBar) -> None:
    bar.orders_button.show_new(3)
    bar.show_stage(Stage.LIVE)
    bar.show_progress(2537, 8231)
    bar.show_sales(SALES)
    bar.health.show_stats(LIVE)
    QApplication.processEvents()
    assert bar.viewers.word.isVisible()
    assert bar.orders_button.text() == "Orders · 3 new"
    bar.resize(760, 48)
    QApplication.processEvents()

    assert not bar.viewers.word.isVisible()
    assert not bar.health.details.isVisible()
    assert bar.orders_button.text() == "3"
    assert (bar.viewers.text, bar.sales.text) == ("8,231", "¥48,260.00")
    assert bar.controls.end_button.geometry().right() <= bar.controls.width()
    assert bar.controls.geometry().right() <= bar.width()


def test_the_bar_makes_room_when_the_figures_of_health_come(bar: LiveBar) -> None:
    bar.show_stage(Stage.LIVE)
    bar.show_progress(2537, 8231)
    bar.show_sales(SALES)
    bar.resize(bar.layout().minimumSize().width() + 20, 48)  # type: ignore[union-attr]
    QApplication.processEvents()
    bar.health.show_stats(LIVE)
    QApplication.processEvents()

    assert bar.health.isVisible()
    assert bar.layout().minimumSize().width() <= bar.width()  # type: ignore[union-attr]
    assert bar.health.width() >= bar.health.minimumSizeHint().width()


def test_the_link_opens_in_a_popup(bar: LiveBar) -> None:
    bar.show_link("http://192.168.1.20:8787/r/main")
    bar.share_button.click()
    assert bar.share.isVisible()
    assert bar.share.link.text() == "http://192.168.1.20:8787/r/main?from=host"
    bar.share.hide()
