from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.widgets.gifts.test_gift_box import GIFTS
from widgets.gifts.gift_names import GiftNames


def test_a_gift_is_called_as_the_room_says_and_by_its_id_before_that_is_known(qtbot: QtBot) -> None:
    parent = QObject()
    names = GiftNames(parent)
    assert (names.name("rose"), names.is_large("rocket")) == ("rose", False)
    names.learn(GIFTS)
    assert (names.name("rose"), names.is_large("rose"), names.is_large("rocket")) == ("Rose", False, True)
