from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from tests.widgets.conftest import Record
from widgets.staff.rights import RightsBoxes, right_meaning, right_name, rights_text


def test_every_right_has_a_name_and_a_meaning_of_its_own() -> None:
    assert len({right_name(right) for right in AssistantRight}) == len(AssistantRight)
    assert len({right_meaning(right) for right in AssistantRight}) == len(AssistantRight)


def test_rights_are_named_one_after_the_other() -> None:
    assert rights_text([AssistantRight.PRODUCTS, AssistantRight.CHAT]) == "Products, Chat"
    assert rights_text([]) == "none"


def test_what_is_checked_is_what_is_given(qtbot: QtBot, record: Record) -> None:
    boxes = RightsBoxes([AssistantRight.CHAT])
    qtbot.addWidget(boxes)
    changed = record(boxes.changed)
    boxes.boxes[AssistantRight.PRODUCTS].click()

    assert boxes.rights == [AssistantRight.PRODUCTS, AssistantRight.CHAT]
    assert len(changed) == 1
