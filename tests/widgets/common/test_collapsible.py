import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.common.collapsible import Collapsible


@pytest.fixture
def group(qtbot: QtBot) -> Collapsible:
    made = Collapsible(QLabel("content"))
    qtbot.addWidget(made)
    made.set_title("Beauty")
    made.show()
    return made


def test_a_collapsible_is_folded_until_its_heading_is_pressed(group: Collapsible, record: Record) -> None:
    unfolded = record(group.unfolded)
    assert not group.content.isVisible()

    QTest.keyClick(group.heading, Qt.Key.Key_Space)
    assert group.content.isVisible()
    assert unfolded == [()]

    group.heading.click()
    assert not group.content.isVisible()
    assert unfolded == [()]


def test_only_what_is_used_can_be_reset(group: Collapsible, record: Record) -> None:
    reset = record(group.reset_wanted)
    assert not group.reset_button.isVisible()
    assert not group.mark.isVisible()

    group.mark_used()
    assert group.mark.isVisible()
    group.reset_button.click()
    assert reset == [()]

    group.mark_unused()
    assert not group.reset_button.isVisible()


def test_its_buttons_say_what_they_are(group: Collapsible) -> None:
    assert group.heading.text() == group.heading.accessibleName() == "Beauty"
    assert group.reset_button.accessibleName() == "Reset “Beauty”"
