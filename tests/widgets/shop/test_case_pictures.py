from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from tests.widgets.cases import case
from tests.widgets.conftest import Record
from tests.widgets.orders import NOON_MS, order
from widgets.shop.case_card import CaseCard
from widgets.shop.case_pictures import SIDE, CasePictures, LargePicture, large_path, small_path

NAMES = ["a" * 40 + ".webp", "b" * 40 + ".webp"]


def red(side: int = 40) -> QPixmap:
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.red)
    return picture


def test_a_case_card_shows_the_buyers_pictures_and_asks_for_one_large_by_a_click(
    qtbot: QtBot, record: Record
) -> None:
    one = case(pictures=NAMES)
    tall = red(40).scaled(40, 90)
    known = {small_path(one, NAMES[0]): tall}
    card = CaseCard(one, order(1), known.get, NOON_MS)
    qtbot.addWidget(card)
    wanted = record(card.picture_wanted)
    pictures = card.findChild(CasePictures)
    assert isinstance(pictures, CasePictures)
    # What has not come yet has its place, and a tall one is shown as its middle.
    shown = [button.icon().pixmap(SIDE, SIDE).toImage() for button in pictures.buttons]
    assert {(image.width(), image.height()) for image in shown} == {(SIDE, SIDE)}
    assert [image.pixelColor(1, 1).alpha() for image in shown] == [255, 0]
    pictures.buttons[1].click()
    assert wanted == [(large_path(one, NAMES[1]),)]


def test_a_case_card_without_pictures_has_no_row_for_them(qtbot: QtBot) -> None:
    card = CaseCard(case(), order(1), lambda _path: None, NOON_MS)
    qtbot.addWidget(card)
    assert card.findChild(CasePictures) is None


def test_a_large_picture_fits_the_screen_and_a_small_one_stays_as_it_is(qtbot: QtBot) -> None:
    parent = CasePictures(case(), lambda _path: None)
    qtbot.addWidget(parent)
    for side in (40, 4000):
        window = LargePicture(red(side), parent)
        qtbot.addWidget(window)
        shown = window.shown.pixmap()
        assert shown.width() == shown.height() <= max(window.screen().availableSize().toTuple())
        assert (shown.width() == side) is (side == 40)
