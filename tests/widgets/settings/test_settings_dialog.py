from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.engine.messages.values import Devices
from tests.widgets.conftest import Record
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.settings_values import SettingsValues
from widgets.settings.shop_page import ShopPage

VALUES = SettingsValues(fps=25, port=9001)


@pytest.fixture
def dialog(qtbot: QtBot) -> SettingsDialog:
    made = SettingsDialog(VALUES, Devices())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.open()
    return made


def test_saving_gives_back_what_was_shown_and_changed(dialog: SettingsDialog, record: Record) -> None:
    chosen = record(dialog.values_chosen)
    dialog.network.port.setValue(9002)
    dialog.save_button.click()

    assert chosen == [(replace(VALUES, port=9002),)]
    assert not dialog.isVisible()


def test_cancelling_gives_back_nothing(dialog: SettingsDialog, record: Record) -> None:
    chosen = record(dialog.values_chosen)
    dialog.network.port.setValue(9002)
    dialog.cancel_button.click()

    assert chosen == []


def test_what_is_wrong_is_told_on_its_page_and_nothing_is_lost(
    dialog: SettingsDialog, record: Record
) -> None:
    chosen = record(dialog.values_chosen)
    dialog.bitrate.floor.setValue(5000)
    dialog.save_button.click()

    assert chosen == []
    assert dialog.isVisible()
    assert dialog.bitrate.isVisible()
    assert "Lower it" in dialog.error.text()


def test_every_page_can_be_reached(dialog: SettingsDialog) -> None:
    for number, page in enumerate(dialog.pages):
        dialog.list.setCurrentRow(number)
        assert page.isVisible()


def test_only_one_button_saves_a_page_that_the_shop_keeps(dialog: SettingsDialog) -> None:
    dialog.list.setCurrentRow(dialog.pages.index(dialog.shipping))
    assert not dialog.save_button.isVisible()
    assert dialog.cancel_button.text() == "Close"
    dialog.network.port.setValue(9002)
    dialog.list.setCurrentRow(dialog.pages.index(dialog.selling))
    assert dialog.save_button.isVisible()
    dialog.list.setCurrentRow(dialog.pages.index(dialog.network))

    assert dialog.save_button.isVisible()
    assert dialog.cancel_button.text() == "Cancel"


@pytest.mark.parametrize("height", [560, 900])
def test_the_buttons_of_a_page_that_the_shop_keeps_are_never_scrolled_away(
    dialog: SettingsDialog, height: int
) -> None:
    dialog.show()
    dialog.resize(840, height)
    for number, page in enumerate(dialog.pages):
        if isinstance(page, ShopPage):
            dialog.list.setCurrentRow(number)
            QApplication.processEvents()
            button = page.save_button
            seen = button.visibleRegion().boundingRect()
            assert seen.size() == button.size(), page
