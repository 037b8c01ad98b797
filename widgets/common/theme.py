"""The studio's look: one dictionary of tokens colours palette, style sheet and all that is painted."""

from pathlib import Path
from string import Template
from typing import Final

import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from widgets.common.wheel import StudioStyle

RESOURCES: Final = Path(__file__).parents[2] / "resources"

TOKENS: Final[dict[str, str]] = {
    "bg": "#121418",
    "panel": "#1a1d23",
    "raised": "#252932",
    "hover": "#2e333e",
    "line": "#2f343f",
    "text": "#e8ebf1",
    "dim": "#a1a9b8",
    "faint": "#5d6575",
    "accent": "#ff4d6a",
    "accent_hover": "#ff6880",
    "focus": "#5b93ff",
    "selection": "#2a3854",
    "ok": "#2fca8c",
    "warn": "#ffb224",
    "bad": "#ff5a52",
    "canvas": "#0b0c0f",
}

ICON_SIZE: Final = QSize(16, 16)
FONT_FAMILIES: Final = ("Noto Sans CJK SC", "Microsoft YaHei UI", "PingFang SC", "Noto Sans", "sans-serif")


def color(token: str, alpha: float = 1.0) -> QColor:
    """The colour of a token, with its opacity from 0 to 1."""
    found = QColor(TOKENS[token])
    found.setAlphaF(alpha)
    return found


def icon(name: str, tint: str = "text", disabled_tint: str = "faint") -> QIcon:
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
        (roles.BrightText, "bad"),
        (roles.ToolTipBase, "raised"),
        (roles.ToolTipText, "text"),
        (roles.PlaceholderText, "faint"),
        (roles.Highlight, "selection"),
        (roles.HighlightedText, "text"),
        (roles.Link, "focus"),
        (roles.LinkVisited, "focus"),
        (roles.Light, "hover"),
        (roles.Midlight, "raised"),
        (roles.Mid, "line"),
        (roles.Dark, "canvas"),
        (roles.Shadow, "canvas"),
    ):
        made.setColor(role, color(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, color("faint"))
    return made


def tabular(font: QFont) -> QFont:
    """The same font with digits of one width, so that running numbers do not dance."""
    made = QFont(font)
    made.setFeature(QFont.Tag.fromString("tnum") or QFont.Tag(), 1)
    return made


def apply_theme(application: QApplication) -> None:
    """Give the application its look: style, palette, font and style sheet."""
    application.setStyle(StudioStyle())
    application.setPalette(palette())
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(13)
    application.setFont(font)
    application.setStyleSheet(style_sheet())
