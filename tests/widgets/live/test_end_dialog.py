import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from widgets.live.end_dialog import EndDialog, at_stake


@pytest.mark.parametrize(
    ("viewers", "sale_left_ms", "text"),
    [
        (None, None, ""),
        (0, None, ""),
        (1, None, "1 is watching."),
        (1284, None, "1,284 are watching."),
        (0, 161_900, "The flash sale has 02:41 left."),
        (None, 3_700_000, "The flash sale has 01:01:40 left."),
        (1, 61_000, "1 is watching, the flash sale has 01:01 left."),
        (1284, 161_000, "1,284 are watching, the flash sale has 02:41 left."),
    ],
)
def test_what_ends_with_the_broadcast_is_said(
    viewers: int | None, sale_left_ms: float | None, text: str
) -> None:
    assert at_stake(viewers, sale_left_ms) == text


def test_the_safe_answer_is_the_default(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = EndDialog(parent, "End the broadcast?", "", "End it", "Keep going")
    dialog.open()

    assert dialog.reject_button.isDefault()
    assert not dialog.accept_button.isDefault()
    dialog.reject()
