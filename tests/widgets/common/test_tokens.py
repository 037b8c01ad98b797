import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from widgets.common.theme import TOKENS
from widgets.common.tokens import LEAST_CONTRAST, dress


def luminance(color: str) -> float:
    """Relative luminance of sRGB by WCAG 2.2."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("fore", "back", "least"), LEAST_CONTRAST)
def test_two_tokens_that_meet_have_the_contrast_they_need(fore: str, back: str, least: float) -> None:
    low, high = sorted((luminance(TOKENS[fore]), luminance(TOKENS[back])))
    assert (high + 0.05) / (low + 0.05) >= least


def test_a_dressed_window_has_no_token_without_a_value(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    dress(window)

    assert "$" not in window.styleSheet()
    assert TOKENS["panel"] in window.styleSheet()
