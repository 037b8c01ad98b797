import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.pictures import Picture
from backend.contract.profile import MAX_NOTICE, MAX_TITLE, RoomProfile, SetRoomProfile
from tests.widgets.common.test_picture_well import png
from tests.widgets.conftest import Record
from widgets.profile.profile_dialog import ProfileDialog, ProfileDraft

FACE = Picture("face.webp", "/face.webp", "/face-320.webp")
PROFILE = RoomProfile("青禾生活", "今晚包邮", FACE, None, 7)


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(owner: QWidget) -> ProfileDialog:
    made = ProfileDialog(owner, PROFILE)
    made.show()
    return made


def test_the_form_shows_the_profile_and_its_preview(dialog: ProfileDialog) -> None:
    assert (dialog.title.text(), dialog.notice.toPlainText()) == ("青禾生活", "今晚包邮")
    assert (dialog.preview.title, dialog.preview.notice) == ("青禾生活", "今晚包邮")
    assert dialog.draft == ProfileDraft(7, "青禾生活", "今晚包邮", "face.webp", "")
    assert not dialog.is_changed


def test_what_is_written_is_previewed_and_saved_with_the_version_that_was_seen(
    dialog: ProfileDialog, record: Record
) -> None:
    wanted = record(dialog.save_wanted)
    dialog.title.setText(" 青禾  茶馆 ")
    dialog.notice.setPlainText("第一行\n第二行")
    dialog.avatar.take_away()
    dialog.cover.well.take(png())
    assert (dialog.preview.title, dialog.preview.notice) == ("青禾 茶馆", "第一行 第二行")
    assert dialog.preview.cover is not None
    dialog.save_button.click()
    assert wanted == [(ProfileDraft(7, "青禾 茶馆", "第一行 第二行", "", png()),)]
    assert not dialog.save_button.isEnabled()
    assert dialog.title.isReadOnly()


def test_texts_that_are_too_long_are_counted_and_cannot_be_saved(dialog: ProfileDialog) -> None:
    dialog.title.setText("长" * MAX_TITLE)
    dialog.notice.setPlainText("长" * MAX_NOTICE)
    assert dialog.save_button.isEnabled()
    dialog.title.setText("长" * (MAX_TITLE + 1))
    assert not dialog.save_button.isEnabled()
    dialog.title.setText("")
    dialog.notice.setPlainText("长" * (MAX_NOTICE + 1))
    assert not dialog.save_button.isEnabled()


def test_a_refused_profile_keeps_what_was_written_and_says_why(dialog: ProfileDialog) -> None:
    dialog.title.setText("加微信")
    dialog.save_button.click()
    command = SetRoomProfile(7, "加微信", "今晚包邮", "face.webp")
    dialog.send(command)
    dialog.give_back("The text holds a blocked word.")
    assert dialog.problem.text() == "The text holds a blocked word."
    assert (dialog.title.text(), dialog.save_button.isEnabled()) == ("加微信", True)
    dialog.send(command)
    dialog.close_for(command)
    assert dialog.isHidden()


def test_saving_what_is_there_already_asks_nobody(dialog: ProfileDialog, record: Record) -> None:
    wanted = record(dialog.save_wanted)
    dialog.save_button.click()
    assert not wanted
    assert dialog.isHidden()


def test_a_file_that_is_no_picture_is_refused_in_the_form(dialog: ProfileDialog) -> None:
    dialog.cover.well.take(b"GIF-no")
    assert dialog.problem.text().startswith("This is no PNG")
    dialog.cover.well.take(png())
    assert dialog.problem.isHidden()
