"""The look of the shop's windows as data: colours with their least contrast, sizes, palette, style sheet."""

from string import Template
from typing import Final

import qtawesome
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QWidget

from widgets.common.theme import RESOURCES, tabular

COLORS: Final[dict[str, str]] = {
    # Surfaces, from deep to near.
    "canvas": "#08090b",
    "bg": "#0f1115",
    "panel": "#171a1f",
    "raised": "#21252c",
    "hover": "#2b303a",
    "line": "#313742",  # only separates: what must be seen to be used has `edge`
    "edge": "#747d8d",
    # Words.
    "text": "#eceff4",
    "dim": "#b0b8c5",
    "faint": "#8d96a5",
    "disabled": "#6f7886",
    # Primary action, selection, focus.
    "accent": "#74acff",
    "accent_fill": "#2a62cb",
    "accent_hover": "#3872dd",
    "selection": "#1d3257",
    # On air, end, destroy: nothing else is red.
    "live": "#ff7d86",
    "live_fill": "#cf2637",
    "live_soft": "#38191d",
    # States.
    "ok": "#3ecf8e",
    "ok_soft": "#14301f",
    "warn": "#ffc145",
    "warn_soft": "#332710",
    "fault": "#ff935c",
    "fault_soft": "#3a2114",
    "campaign": "#c79bff",
}

LEAST_CONTRAST: Final = (
    ("text", "panel", 7.0),
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


def color(token: str) -> QColor:
    """The colour of a token."""
    return QColor(COLORS[token])


def icon(name: str, tint: str = "text") -> QIcon:
    """An icon of Font Awesome 5, such as `fa5s.truck`, in the colour of a token."""
    colors = {"color": COLORS[tint], "color_disabled": COLORS["disabled"]}
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
    window.setStyleSheet(template.substitute(icons=(RESOURCES / "icons").as_posix(), **COLORS))


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
