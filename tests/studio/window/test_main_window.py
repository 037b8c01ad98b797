import pytest
from PySide6.QtCore import QRect, Qt
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

from backend.contract.cards import Card, HideCard, ShowCard
from studio.engine.messages.values import Devices
from studio.window.hotkeys import Hotkey
from studio.window.main_window import MainWindow
from studio.window.room_window import Layout
from tests.widgets.live.test_live_bar import SALES
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


def test_docks_stay_where_they_were_put_by_hand(qtbot: QtBot, window: MainWindow) -> None:
    edit = window.menus.actions[Hotkey.EDIT_LAYOUT]
    edit.setChecked(True)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, window.docks["side"])
    window.docks["chat"].setFloating(True)
    edit.setChecked(False)
    kept = window.layout_state()
    other = MainWindow(QIcon())
    qtbot.addWidget(other, before_close_func=lambda _widget: other.close_for_good())
    assert places(other) != places(window)

    assert other.restore_layout(kept)
    assert places(other) == places(window)


def test_docks_that_nobody_moved_are_not_kept(window: MainWindow) -> None:
    edit = window.menus.actions[Hotkey.EDIT_LAYOUT]
    edit.setChecked(True)
    edit.setChecked(False)

    assert window.layout_state().docks == ""


def test_a_layout_that_cannot_be_read_leaves_the_default(window: MainWindow) -> None:
    before = places(window)

    assert not window.restore_layout(Layout("bm9uc2Vuc2U=", "bm9uc2Vuc2U="))
    assert places(window) == before


def test_the_layout_can_be_reset(window: MainWindow) -> None:
    before = places(window)
    edit = window.menus.actions[Hotkey.EDIT_LAYOUT]
    edit.setChecked(True)
    window.docks["chat"].setFloating(True)
    window.docks["products"].hide()
    window.reset_layout()

    assert not edit.isChecked()
    assert places(window) == before
    assert window.layout_state().docks == ""


def test_docks_move_only_while_the_layout_is_edited(window: MainWindow) -> None:
    assert not any(dock.features() for dock in window.docks.values())
    window.menus.actions[Hotkey.EDIT_LAYOUT].trigger()
    assert all(dock.features() for dock in window.docks.values())
    window.edit_button.click()

    assert not any(dock.features() for dock in window.docks.values())


def test_the_layout_is_locked_on_air(window: MainWindow) -> None:
    edit = window.menus.actions[Hotkey.EDIT_LAYOUT]
    edit.trigger()
    window.live_bar.show_stage(Stage.LIVE)
    assert not edit.isEnabled()
    assert not window.edit_button.isEnabled()
    assert not any(dock.features() for dock in window.docks.values())
    window.live_bar.show_stage(Stage.READY)

    assert edit.isEnabled()


def test_the_rail_opens_and_closes_pages_of_the_side_panel(window: MainWindow) -> None:
    window.resize(1366, 768)
    assert window.sources.isVisible()
    window.rail.buttons["run"].click()
    assert window.run.isVisible()
    assert not window.sources.isVisible()
    window.rail.buttons["run"].click()

    assert not window.run.isVisible()
    assert not window.rail.buttons["run"].isChecked()


def test_in_a_narrow_window_the_side_panel_lies_over_the_stage(window: MainWindow) -> None:
    window.resize(1024, 576)
    width = window.preview.width()
    assert not window.sources.isVisible()
    window.rail.buttons["sources"].click()
    QApplication.processEvents()
    assert window.sources.isVisible()
    assert window.preview.width() == width
    window.resize(1366, 768)

    assert window.sources.isVisible()
    assert window.docks["side"].isVisible()


def test_the_mixer_hides_for_a_taller_picture(window: MainWindow) -> None:
    window.menus.actions[Hotkey.HIDE_BAND].trigger()
    assert not window.mixer.isVisible()
    window.menus.actions[Hotkey.HIDE_BAND].trigger()
    assert window.mixer.isVisible()


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


SIZES = [(1024, 576), (1280, 720), (1366, 768), (1680, 900), (1920, 1080)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_stage_has_45_percent_of_the_width_whatever_page_is_open(
    window: MainWindow, width: int, height: int
) -> None:
    window.products.show_catalog(SHELF)
    window.resize(width, height)
    for page in window.rail.buttons:
        if not window.rail.buttons[page].isChecked():
            window.rail.buttons[page].click()
        QApplication.processEvents()

        assert (window.width(), window.height()) == (width, height)
        assert window.preview.width() >= 0.45 * width, page
        assert window.preview.height() > 300


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_going_live_moves_nothing(window: MainWindow, width: int, height: int) -> None:
    window.products.show_catalog(SHELF)
    window.resize(width, height)
    QApplication.processEvents()
    before = geometries(window)
    window.live_bar.show_stage(Stage.LIVE)
    window.live_bar.show_progress(5025, 1284)
    window.live_bar.health.show_stats(StudioStats(fps=30, bitrate_kbps=2500, is_publishing=True))
    window.live_bar.show_sales(SALES)
    window.show_new_orders(12)
    window.show_unread_messages(3)
    window.products.show_card(Card(SHELF[0], 0))
    QApplication.processEvents()

    assert geometries(window) == before
    assert window.live_bar.controls.end_button.visibleRegion().boundingRect().width() >= 60


def geometries(window: MainWindow) -> dict[str, QRect]:
    panels = {name: dock.geometry() for name, dock in window.docks.items()}
    return {**panels, "preview": window.preview.geometry(), "mixer": window.mixer.geometry()}


def test_the_first_layout_does_not_make_the_window_grow(window: MainWindow) -> None:
    window.resize(1440, 800)
    window.reset_layout()
    QApplication.processEvents()

    assert (window.width(), window.height()) == (1440, 800)
    assert set(window.docks) == {"side", "products", "chat"}


def test_the_orders_button_has_room_for_all_it_says(window: MainWindow) -> None:
    window.resize(1366, 768)
    window.show_waiting_cases(12)
    QApplication.processEvents()
    button = window.orders_button
    assert button.width() >= button.sizeHint().width()
    assert window.live_bar.rect().contains(button.geometry())
