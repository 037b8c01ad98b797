import math
import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.widgets.every_window import DIALOGS, WINDOWS
from tests.widgets.pages import each_page
from widgets.common.theme import RESOURCES, TOKENS, color, icon, palette, style_sheet, tabular, text_font


def _contrast(one: QColor, other: QColor) -> float:
    """Contrast of two colours (WCAG 2.2)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(painted: QColor) -> float:
    channels = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (painted.redF(), painted.greenF(), painted.blueF())
    ]
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]


def _painted_contrast(widget: QWidget) -> float:
    """The contrast of painted words: of what most pixels have, with what differs most from it."""
    image = widget.window().grab(QRect(widget.mapTo(widget.window(), QPoint()), widget.size())).toImage()
    inner = image.rect().adjusted(4, 3, -4, -3)
    counts = Counter(
        image.pixel(x, y)
        for y in range(inner.top(), inner.bottom() + 1)
        for x in range(inner.left(), inner.right() + 1)
    )
    if not counts:
        return math.inf
    ground = QColor(counts.most_common(1)[0][0])
    return max(_contrast(QColor(pixel), ground) for pixel in counts)


def _worded(window: QWidget) -> list[QLabel | QAbstractButton]:
    """What stands on the screen and says something: disabled controls need no contrast (WCAG 2.2, 1.4.3)."""
    found: list[QLabel | QAbstractButton] = [
        *window.findChildren(QLabel),
        *window.findChildren(QAbstractButton),
    ]
    return [
        each
        for each in found
        if each.isVisible()
        and each.isEnabled()
        and each.text().strip()
        and each.visibleRegion().isEmpty() is False
    ]


@pytest.mark.parametrize("name", WINDOWS | DIALOGS)
def test_every_word_on_the_screen_can_be_read(name: str) -> None:
    parent = QWidget()
    window = (WINDOWS | DIALOGS)[name](parent)
    window.showNormal()
    window.resize(window.sizeHint().expandedTo(QSize(1280, 800)))
    weak = []
    for page in each_page(window):
        weak += [(page, each.text(), _painted_contrast(each)) for each in _worded(window)]
    getattr(window, "close_for_good", window.close)()

    assert [each for each in weak if each[2] < 4.5] == []


def test_every_colour_that_code_names_is_a_token() -> None:
    root = RESOURCES.parent
    named = {
        name
        for folder in ("widgets", "studio")
        for path in (root / folder).rglob("*.py")
        for name in re.findall(r'\bcolor\("(\w+)"', path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= set(TOKENS)


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
    assert palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == color("disabled")


def test_running_numbers_have_digits_of_one_width() -> None:
    metrics = QFontMetrics(tabular(QFont()))
    assert len({metrics.horizontalAdvance(digit * 8) for digit in "0123456789"}) == 1


def test_an_icon_has_a_face() -> None:
    assert not icon("fa5s.camera").pixmap(16, 16).isNull()


def test_a_colour_may_shine_through() -> None:
    assert color("accent", 0.5).alphaF() == pytest.approx(0.5, abs=0.01)


def test_quotation_marks_are_no_wider_than_drawn_in_a_language_of_latin_letters() -> None:
    tag = QFont.Tag.fromString("pwid")
    assert tag is not None
    assert [text_font(is_latin=is_latin).featureValue(tag) for is_latin in (True, False, True)] == [1, 0, 1]
