import pytest
from pytestqt.qtbot import QtBot

from backend.contract.legal import MOST_LETTERS, LegalName, LegalText
from tests.widgets.conftest import Record
from widgets.settings.legal_page import LegalPage, legal_name

LICENCE = LegalText(LegalName.LICENCE, "№ 1", 1_700_000_000_000)
TERMS = LegalText(LegalName.TERMS, "", None)


@pytest.fixture
def page(qtbot: QtBot) -> LegalPage:
    made = LegalPage()
    qtbot.addWidget(made)
    return made


def choose(page: LegalPage, name: LegalName) -> None:
    page.name.setCurrentIndex(page.name.findData(name.value))


def test_each_text_has_a_name_of_its_own() -> None:
    assert len({legal_name(name) for name in LegalName}) == len(LegalName)


def test_a_text_is_read_when_it_is_looked_at_and_once(page: LegalPage, record: Record) -> None:
    wanted = record(page.text_wanted)
    page.read()
    assert page.edit.isReadOnly()
    page.show_text(LICENCE)
    choose(page, LegalName.TERMS)
    choose(page, LegalName.LICENCE)
    assert wanted == [(LegalName.LICENCE,), (LegalName.TERMS,)]
    assert page.edit.toPlainText() == "№ 1"
    assert not page.edit.isReadOnly()


def test_a_text_that_is_not_written_says_what_viewers_see(page: LegalPage) -> None:
    choose(page, LegalName.TERMS)
    page.show_text(TERMS)
    assert "no link" in page.note.text()
    assert not page.publish_button.isEnabled()


def test_what_is_typed_is_published_and_then_counts(page: LegalPage, record: Record) -> None:
    page.show_text(LICENCE)
    wanted = record(page.publish_wanted)
    page.edit.setPlainText("№ 2")
    assert page.fault()
    page.publish_button.click()
    assert wanted == [(LegalName.LICENCE, "№ 2")]
    page.show_text(LegalText(LegalName.LICENCE, "№ 2", 1_700_000_000_001))
    assert page.fault() == ""
    assert not page.publish_button.isEnabled()


def test_what_is_typed_stays_while_another_text_is_looked_at(page: LegalPage) -> None:
    page.show_text(LICENCE)
    page.show_text(TERMS)
    page.edit.setPlainText("№ 2")
    choose(page, LegalName.TERMS)
    assert page.edit.toPlainText() == ""
    assert legal_name(LegalName.LICENCE) in page.fault()
    choose(page, LegalName.LICENCE)
    assert page.edit.toPlainText() == "№ 2"
    page.undo_button.click()
    assert page.edit.toPlainText() == "№ 1"
    assert page.fault() == ""


def test_a_problem_leaves_what_was_typed(page: LegalPage) -> None:
    page.show_text(LICENCE)
    page.edit.setPlainText("№ 2")
    page.publish_button.click()
    page.show_problem("No answer came.")
    assert page.note.text() == "No answer came."
    assert page.edit.toPlainText() == "№ 2"
    assert page.publish_button.isEnabled()


def test_a_text_that_is_too_long_is_not_published(page: LegalPage) -> None:
    page.show_text(LICENCE)
    page.edit.setPlainText("x" * (MOST_LETTERS + 1))
    assert not page.publish_button.isEnabled()
    page.edit.setPlainText("x" * MOST_LETTERS)
    assert page.publish_button.isEnabled()


def test_markup_is_shown_as_it_was_written(page: LegalPage) -> None:
    page.show_text(LegalText(LegalName.LICENCE, "<b>№</b> 1", 1))
    assert page.edit.toPlainText() == "<b>№</b> 1"
