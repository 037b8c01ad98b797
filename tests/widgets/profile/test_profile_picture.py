import pytest
from pytestqt.qtbot import QtBot

from backend.contract.pictures import Picture
from tests.widgets.common.test_picture_well import png
from tests.widgets.conftest import Record
from widgets.common.foreign_picture import foreign_picture
from widgets.profile.profile_picture import AVATAR, ProfilePicture

OLD = Picture("old.webp", "/old.webp", "/old-320.webp")


@pytest.fixture
def part(qtbot: QtBot) -> ProfilePicture:
    made = ProfilePicture("Avatar", "Square", AVATAR)
    qtbot.addWidget(made)
    return made


def test_a_picture_of_the_room_is_kept_by_its_name_until_another_is_chosen(
    part: ProfilePicture, record: Record
) -> None:
    changed = record(part.changed)
    part.show_picture(OLD)
    look = foreign_picture(png())
    assert look is not None
    part.show_look("another.webp", look)
    assert (part.picture, part.shown, changed) == ("old.webp", None, [])
    part.show_look("old.webp", look)
    assert part.shown is look
    part.well.take(png(9))
    assert (part.picture, len(changed)) == (png(9), 2)
    part.show_look("old.webp", look)  # came late
    assert part.shown is not look


def test_a_picture_that_was_taken_away_is_none(part: ProfilePicture, record: Record) -> None:
    changed = record(part.changed)
    part.show_picture(OLD)
    assert not part.clear_button.isHidden()
    part.clear_button.click()
    assert (part.picture, part.shown, len(changed)) == ("", None, 1)
    assert part.clear_button.isHidden()


def test_what_is_no_picture_is_refused_in_words_and_the_old_one_stays(
    part: ProfilePicture, record: Record
) -> None:
    failed = record(part.failed)
    part.show_picture(OLD)
    part.well.take(b"<svg onload=x>")
    assert part.picture == "old.webp"
    assert len(failed) == 1
