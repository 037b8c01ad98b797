from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from widgets.settings.recording_page import RecordingPage, usual_folder
from widgets.settings.settings_values import RecordingChoices, SettingsValues

CHOICES = RecordingChoices("/films", begins_with_live=True, split_minutes=30, split_megabytes=2000)


@pytest.fixture
def page(qtbot: QtBot) -> RecordingPage:
    made = RecordingPage(SettingsValues(recording=CHOICES))
    qtbot.addWidget(made)
    return made


def test_the_recording_page_gives_back_what_it_was_given(page: RecordingPage) -> None:
    assert page.applied_to(SettingsValues()).recording == CHOICES


def test_an_empty_folder_means_the_users_videos_and_the_page_says_which(page: RecordingPage) -> None:
    page.folder.clear()
    assert page.applied_to(SettingsValues()).recording.folder == ""
    assert Path(page.folder.placeholderText()) == usual_folder()
    assert usual_folder().name == "Livestall"


def test_a_number_of_nothing_reads_as_never(page: RecordingPage) -> None:
    page.minutes.setValue(0)
    page.megabytes.setValue(0)
    assert (page.minutes.text(), page.megabytes.text()) == ("Never", "Never")
    assert page.applied_to(SettingsValues()).recording.split_minutes == 0
