"""What all pages of the settings share that the shop keeps, on the page of privacy."""

import pytest
from pytestqt.qtbot import QtBot

from backend.contract.my_data import PrivacySettings
from tests.widgets.conftest import Record
from widgets.settings.privacy_page import PrivacyPage

KNOWN = PrivacySettings(1095)


@pytest.fixture
def page(qtbot: QtBot) -> PrivacyPage:
    made = PrivacyPage()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_page_of_the_shop_is_closed_until_it_was_read(page: PrivacyPage, record: Record) -> None:
    wanted = record(page.read_wanted)
    page.read()
    assert len(wanted) == 1
    assert not page.content.isEnabled()
    assert not page.fault()
    page.show_document(KNOWN)
    assert page.content.isEnabled()
    assert not page.save_button.isEnabled()


def test_a_page_of_the_shop_that_was_only_read_does_not_say_that_it_was_saved(page: PrivacyPage) -> None:
    page.read()
    page.show_document(KNOWN)
    assert not page.note.text()


def test_a_page_of_the_shop_can_ask_again_after_a_problem(page: PrivacyPage, record: Record) -> None:
    wanted = record(page.read_wanted)
    page.show_problem("The shop does not answer.")
    assert page.note.text() == "The shop does not answer."
    page.again_button.click()
    assert len(wanted) == 1
    page.show_document(KNOWN)
    assert not page.again_button.isVisible()


def test_what_is_typed_on_a_page_of_the_shop_is_saved_once_the_shop_says_so(
    page: PrivacyPage, record: Record
) -> None:
    wanted = record(page.save_wanted)
    page.show_document(KNOWN)
    page.days.setValue(2000)
    assert "Privacy" in page.fault()
    page.save_button.click()
    assert wanted == [(PrivacySettings(2000),)]
    assert not page.content.isEnabled()
    assert page.fault()
    page.show_document(PrivacySettings(2000))
    assert not page.fault()
    assert page.note.text() == "Saved in the shop."


def test_a_refusal_leaves_what_was_typed_on_a_page_of_the_shop(page: PrivacyPage) -> None:
    page.show_document(KNOWN)
    page.days.setValue(2000)
    page.save_button.click()
    page.show_problem("No.")
    assert (page.note.text(), page.days.value()) == ("No.", 2000)
    assert page.save_button.isEnabled()
    page.undo_button.click()
    assert page.days.value() == 1095
    assert not page.fault()
