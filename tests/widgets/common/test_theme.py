import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontMetrics, QPalette

from widgets.common.theme import RESOURCES, TOKENS, color, icon, palette, style_sheet, tabular


def _luminance(token: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (color(token).redF(), color(token).greenF(), color(token).blueF())
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def _contrast(one: str, other: str) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", ["bg", "panel", "raised", "selection"])
@pytest.mark.parametrize("text", ["text", "dim"])
def test_texts_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert _contrast(text, ground) >= 4.5


@pytest.mark.parametrize("text", ["ok", "warn", "bad"])
def test_warnings_can_be_read_on_a_panel(text: str) -> None:
    assert _contrast(text, "panel") >= 4.5


def test_every_colour_of_the_style_sheet_is_a_token() -> None:
    template = (RESOURCES / "styles" / "studio.qss").read_text(encoding="utf-8")
    assert set(re.findall(r"\$(\w+)", template)) <= {*TOKENS, "icons"}
    assert "$" not in style_sheet()


def test_every_picture_of_the_style_sheet_is_there() -> None:
    paths = re.findall(r"url\((.+?)\)", style_sheet())
    assert paths
    assert [path for path in paths if not Path(path).is_file()] == []


def test_the_palette_is_dark_whatever_the_system_says() -> None:
    assert palette().color(QPalette.ColorRole.Window) == color("bg")
    assert palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == color("faint")


def test_running_numbers_have_digits_of_one_width() -> None:
    metrics = QFontMetrics(tabular(QFont()))
    assert len({metrics.horizontalAdvance(digit * 8) for digit in "0123456789"}) == 1


def test_an_icon_has_a_face() -> None:
    assert not icon("fa5s.camera").pixmap(16, 16).isNull()


def test_a_colour_may_shine_through() -> None:
    assert color("accent", 0.5).alphaF() == pytest.approx(0.5, abs=0.01)
