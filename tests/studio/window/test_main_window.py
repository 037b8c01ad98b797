import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QSlider,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backend.contract.cards import HideCard, ShowCard
from studio.engine.messages import Devices
from studio.window.hotkeys import Hotkey
from studio.window.main_window import MainWindow
from studio.window.room_window import Layout
from tests.widgets.products import SHELF
from widgets.common.stage import Stage
from widgets.live.alarms import Action, Alarm
from widgets.live.studio_stats import StudioStats
from widgets.settings.about_dialog import AboutDialog
from widgets.settings.hotkeys_dialog import HotkeysDialog
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.settings_values import SettingsValues


def places(window: MainWindow) -> dict[str, tuple[Qt.DockWidgetArea, bool, bool]]:
    return {
        name: (window.dockWidgetArea(dock), dock.isFloating(), dock.isHidden())
        for name, dock in window.docks.items()
    }


def controls(root: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QSlider)
    found: list[QWidget] = []
    for kind in kinds:
        found += root.findChildren(kind)
    # Parts of Qt's own widgets: the clear button of a line, the arrows of a tab bar, the line of a spin box.
    foreign = (QLineEdit, QTabBar)
    return [
        item
        for item in found
        if not isinstance(item.parent(), foreign) and not item.objectName().startswith("qt_")
    ]


def test_everything_to_press_or_fill_has_a_name(window: MainWindow) -> None:
    window.toasts.show_toast("hello")
    window.alarms.raise_alarm(Alarm("a", "b", actions=(Action("c", "Do it"),)))

    assert [
        item for item in controls(window) if not item.accessibleName() and not getattr(item, "text", str)()
    ] == []


def test_every_button_has_a_tooltip(window: MainWindow) -> None:
    window.alarms.raise_alarm(Alarm("a", "b", actions=(Action("c", "Do it"),)))

    assert [
        item
        for item in window.findChildren(QAbstractButton)
        if item in controls(window) and not item.toolTip()
    ] == []


def test_every_field_of_the_settings_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    dialog = SettingsDialog(SettingsValues(), Devices(), window)
    dialog.open()

    assert [
        item for item in controls(dialog) if not item.accessibleName() and not getattr(item, "text", str)()
    ] == []
    dialog.reject()


def test_every_control_can_be_reached_by_the_keyboard(window: MainWindow) -> None:
    window.controls.show_stage(Stage.LIVE)
    buttons = [button for button in window.controls.findChildren(QAbstractButton) if button.isVisible()]

    assert buttons
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_docks_stay_where_they_were_put(qtbot: QtBot, window: MainWindow) -> None:
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, window.docks["sources"])
    window.docks["stats"].hide()
    window.docks["mixer"].setFloating(True)
    kept = window.layout_state()
    other = MainWindow(QIcon())
    qtbot.addWidget(other, before_close_func=lambda _widget: other.close_for_good())
    assert places(other) != places(window)
    other.restore_layout(kept)

    assert places(other) == places(window)


def test_a_layout_that_cannot_be_read_leaves_the_default(window: MainWindow) -> None:
    before = places(window)
    window.restore_layout(Layout("bm9uc2Vuc2U=", "bm9uc2Vuc2U="))

    assert places(window) == before


def test_the_layout_can_be_reset(window: MainWindow) -> None:
    before = places(window)
    window.docks["controls"].setFloating(True)
    window.docks["products"].hide()
    window.reset_layout()

    assert places(window) == before


def test_locked_docks_do_not_move(window: MainWindow) -> None:
    window.menus.lock_action.trigger()
    assert not any(dock.features() for dock in window.docks.values())
    window.menus.lock_action.trigger()

    assert all(dock.features() for dock in window.docks.values())


def test_closing_is_a_wish_until_it_is_meant(window: MainWindow) -> None:
    wishes: list[None] = []
    window.close_wanted.connect(lambda: wishes.append(None))
    window.close()
    assert window.isVisible()
    window.close_for_good()

    assert len(wishes) == 1
    assert not window.isVisible()


def test_hotkeys_reach_the_panels(window: MainWindow) -> None:
    commands: list[object] = []
    window.products.command.connect(commands.append)
    window.products.show_catalog(SHELF)
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    window.menus.actions[Hotkey.HIDE_CARD].trigger()

    assert commands == [ShowCard("p2"), HideCard()]


def test_searching_shows_the_products_again(window: MainWindow) -> None:
    window.docks["products"].hide()
    window.menus.actions[Hotkey.SEARCH].trigger()

    assert window.docks["products"].isVisible()


@pytest.mark.parametrize(("hotkey", "kind"), [(Hotkey.HELP, HotkeysDialog)])
def test_the_hotkeys_are_listed(window: MainWindow, hotkey: Hotkey, kind: type[QDialog]) -> None:
    window.menus.actions[hotkey].trigger()
    (dialog,) = window.findChildren(kind)
    assert dialog.isVisible()
    dialog.reject()


def test_about_opens_and_closes(window: MainWindow) -> None:
    window.menus.about_wanted.emit()
    (dialog,) = window.findChildren(AboutDialog)
    assert dialog.isVisible()
    dialog.close_button.click()
    assert not dialog.isVisible()


def test_full_screen_goes_both_ways(window: MainWindow) -> None:
    window.menus.actions[Hotkey.FULL_SCREEN].trigger()
    assert window.isFullScreen()
    window.menus.actions[Hotkey.FULL_SCREEN].trigger()
    assert not window.isFullScreen()


def test_a_minimised_window_comes_forward(window: MainWindow) -> None:
    window.showMinimized()
    window.come_forward()

    assert not window.isMinimized()
    assert window.isVisible()


@pytest.mark.parametrize(("width", "height"), [(1280, 680), (1600, 860)])
def test_everything_fits_a_small_screen(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)

    assert (window.width(), window.height()) == (width, height)
    assert window.preview.height() > 300


def test_a_small_screen_fits_large_numbers_too(window: MainWindow) -> None:
    numbers = StudioStats(
        fps=30,
        late=12_345,
        encoded_late=12_345,
        sent=12_345,
        dropped=12_345,
        bitrate_kbps=2500,
        bitrate_reason="loss",
        rtt_ms=1234,
        loss=0.123,
        skew_ms=-1234,
        is_publishing=True,
        studio_cpu=123,
        engine_cpu=234,
        backend_cpu=123,
    )
    window.stats.show_stats(numbers)
    window.status.show_stats(numbers)
    QApplication.processEvents()

    assert window.stats.minimumSizeHint().width() <= window.numbers.minimumSizeHint().width()
    assert window.minimumSizeHint().width() <= 1280


def test_the_first_layout_does_not_make_the_window_grow(window: MainWindow) -> None:
    window.resize(1440, 800)
    window.reset_layout()
    QApplication.processEvents()

    assert (window.width(), window.height()) == (1440, 800)
    tabs = {
        name: [other.objectName() for other in window.tabifiedDockWidgets(dock)]
        for name, dock in window.docks.items()
        if name in {"sources", "stats", "chat", "products", "mixer", "controls"}
    }
    assert tabs == {
        "sources": ["effects"],
        "stats": ["numbers"],
        "chat": ["audience"],
        "products": ["run", "campaigns"],
        "mixer": [],
        "controls": [],
    }


def test_the_orders_button_has_room_for_all_it_says(window: MainWindow) -> None:
    window.show()
    window.show_waiting_cases(12)
    QTest.qWait(0)
    button = window.orders_button
    assert button.width() >= button.sizeHint().width()
    assert window.menuBar().rect().contains(button.geometry())
