"""The studio's look: one dictionary of tokens colours palette, style sheet and all that is painted."""

from pathlib import Path
from string import Template
from typing import Final

import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from widgets.common.studio_style import StudioStyle

RESOURCES: Final = Path(__file__).parents[2] / "resources"

TOKENS: Final[dict[str, str]] = {
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
    "accent_hover": "#2f68d2",
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

ICON_SIZE: Final = QSize(16, 16)
FONT_FAMILIES: Final = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "Noto Sans", "sans-serif")


def color(token: str, alpha: float = 1.0) -> QColor:
    """The colour of a token, with its opacity from 0 to 1."""
    found = QColor(TOKENS[token])
    found.setAlphaF(alpha)
    return found


def icon(name: str, tint: str = "text", disabled_tint: str = "disabled") -> QIcon:
    """An icon of Font Awesome 5, such as `fa5s.camera`, in the colour of a token."""
    return QIcon(qtawesome.icon(name, color=TOKENS[tint], color_disabled=TOKENS[disabled_tint]))


def style_sheet() -> str:
    """The style sheet of the whole application."""
    template = Template((RESOURCES / "styles" / "studio.qss").read_text(encoding="utf-8"))
    return template.substitute(icons=(RESOURCES / "icons").as_posix(), **TOKENS)


def palette() -> QPalette:
    """The dark palette; said in full, because Qt's own dark scheme does nothing on X11 without a desktop."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, token in (
        (roles.Window, "bg"),
        (roles.WindowText, "text"),
        (roles.Base, "panel"),
        (roles.AlternateBase, "raised"),
        (roles.Text, "text"),
        (roles.Button, "raised"),
        (roles.ButtonText, "text"),
        (roles.BrightText, "fault"),
        (roles.ToolTipBase, "raised"),
        (roles.ToolTipText, "text"),
        (roles.PlaceholderText, "faint"),
        (roles.Highlight, "selection"),
        (roles.HighlightedText, "text"),
        (roles.Link, "accent"),
        (roles.LinkVisited, "accent"),
        (roles.Light, "hover"),
        (roles.Midlight, "raised"),
        (roles.Mid, "line"),
        (roles.Dark, "canvas"),
        (roles.Shadow, "canvas"),
    ):
        made.setColor(role, color(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, color("disabled"))
    return made


def text_font(*, is_latin: bool) -> QFont:
    """The font of all text; `is_latin` for a language that wants no wide quotation marks."""
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(13)
    # The first families are Chinese ones, in which “ and ” are as wide as a character. Said for either
    # language: a new font is a copy of the application's.
    font.setFeature(QFont.Tag.fromString("pwid") or QFont.Tag(), int(is_latin))
    return font


def tabular(font: QFont) -> QFont:
    """The same font with digits of one width, so that running numbers do not dance."""
    made = QFont(font)
    made.setFeature(QFont.Tag.fromString("tnum") or QFont.Tag(), 1)
    return made


def apply_theme(application: QApplication) -> None:
    """Give the application its look: style, palette, font and style sheet."""
    application.setStyle(StudioStyle())
    application.setPalette(palette())
    application.setFont(text_font(is_latin=True))
    application.setStyleSheet(style_sheet())
