"""The look of the shop's windows as data: the colours' least contrast, sizes, palette, style sheet."""

from string import Template
from typing import Final

import qtawesome
from PySide6.QtGui import QFont, QIcon, QPalette
from PySide6.QtWidgets import QWidget

from widgets.common.theme import RESOURCES, TOKENS, color, tabular

LEAST_CONTRAST: Final = (
    ("text", "panel", 7.0),
    ("text", "bg", 7.0),
    ("faint", "bg", 4.5),
    ("faint", "canvas", 4.5),
    ("disabled", "bg", 3.0),
    ("accent", "bg", 3.0),
    ("accent", "raised", 4.5),
    ("accent", "selection", 4.5),
    ("text", "accent_hover", 4.5),
    ("text", "live_fill", 4.5),
    ("live_fill", "panel", 3.0),
    ("bg", "warn", 7.0),
    ("bg", "fault", 7.0),
    ("canvas", "accent", 4.5),
    ("live", "raised", 4.5),
    ("live", "live_soft", 4.5),
    ("ok", "raised", 4.5),
    ("warn", "raised", 4.5),
    ("fault", "raised", 4.5),
    ("dim", "warn_soft", 4.5),
    ("dim", "fault_soft", 4.5),
    ("text", "hover", 7.0),
    ("text", "raised", 7.0),
    ("dim", "panel", 7.0),
    ("dim", "bg", 7.0),
    ("dim", "raised", 4.5),
    ("faint", "panel", 4.5),
    ("faint", "raised", 4.5),
    ("edge", "panel", 3.0),
    ("edge", "raised", 3.0),
    ("edge", "bg", 3.0),
    ("disabled", "panel", 3.0),
    ("accent", "panel", 4.5),
    ("text", "accent_fill", 4.5),
    ("text", "selection", 7.0),
    ("dim", "selection", 4.5),
    ("warn", "selection", 4.5),
    ("live", "panel", 4.5),
    ("ok", "panel", 4.5),
    ("warn", "panel", 4.5),
    ("warn", "warn_soft", 4.5),
    ("fault", "panel", 4.5),
    ("fault", "fault_soft", 4.5),
    ("text", "fault_soft", 7.0),
    ("campaign", "panel", 4.5),
)
"""Foreground, background, and the contrast (WCAG 2.2) that the pair has at least."""

SMALL: Final = 12
BODY: Final = 13
ROW: Final = 48


def icon(name: str, tint: str = "text") -> QIcon:
    """An icon of Font Awesome 5, such as `fa5s.truck`, in the colour of a token."""
    colors = {"color": TOKENS[tint], "color_disabled": TOKENS["disabled"]}
    # A little smaller than its square, so that it stands apart from the words beside it.
    return QIcon(qtawesome.icon(name, scale_factor=0.82, **colors))


def sized(font: QFont, pixels: int) -> QFont:
    """The same font at a size, its digits of one width."""
    made = tabular(font)
    made.setPixelSize(pixels)
    return made


def bold(font: QFont, pixels: int = BODY) -> QFont:
    """The same font at a size, bold, its digits of one width."""
    made = sized(font, pixels)
    made.setBold(True)
    return made


def dress(window: QWidget) -> None:
    """Give a window of the shop its look; the dialogs above it follow."""
    template = Template((RESOURCES / "styles" / "shop.qss").read_text(encoding="utf-8"))
    window.setPalette(_palette(window.palette()))
    window.setStyleSheet(template.substitute(icons=(RESOURCES / "icons").as_posix(), **TOKENS))


def _palette(before: QPalette) -> QPalette:
    made, roles = QPalette(before), QPalette.ColorRole
    for role, token in (
        (roles.Window, "bg"),
        (roles.WindowText, "text"),
        (roles.Base, "panel"),
        (roles.Text, "text"),
        (roles.Button, "raised"),
        (roles.ButtonText, "text"),
        (roles.PlaceholderText, "faint"),
        (roles.Highlight, "selection"),
        (roles.HighlightedText, "text"),
        (roles.Link, "accent"),
    ):
        made.setColor(role, color(token))
    return made
