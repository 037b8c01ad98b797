"""What sources, scenes and their settings are called, in the host's language."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.project.choices import target_of
from studio.project.project import Source, SourceKind

KINDS: Final[dict[SourceKind, str]] = {
    SourceKind.CAMERA: str(QT_TRANSLATE_NOOP("Scenes", "Camera")),
    SourceKind.SCREEN: str(QT_TRANSLATE_NOOP("Scenes", "Screen")),
    SourceKind.WINDOW: str(QT_TRANSLATE_NOOP("Scenes", "Window")),
    SourceKind.MEDIA_FILE: str(QT_TRANSLATE_NOOP("Scenes", "Media file")),
    SourceKind.IMAGE: str(QT_TRANSLATE_NOOP("Scenes", "Image")),
    SourceKind.TEXT: str(QT_TRANSLATE_NOOP("Scenes", "Text")),
    SourceKind.COLOR: str(QT_TRANSLATE_NOOP("Scenes", "Solid color")),
    SourceKind.DEMO: str(QT_TRANSLATE_NOOP("Scenes", "Demo portrait")),
    SourceKind.TEST_PATTERN: str(QT_TRANSLATE_NOOP("Scenes", "Test pattern")),
}
ICONS: Final = {
    SourceKind.CAMERA: "fa5s.camera",
    SourceKind.SCREEN: "fa5s.desktop",
    SourceKind.WINDOW: "fa5s.window-maximize",
    SourceKind.MEDIA_FILE: "fa5s.film",
    SourceKind.IMAGE: "fa5s.image",
    SourceKind.TEXT: "fa5s.font",
    SourceKind.COLOR: "fa5s.palette",
    SourceKind.DEMO: "fa5s.user-astronaut",
    SourceKind.TEST_PATTERN: "fa5s.th",
}
LABELS: Final = (
    QT_TRANSLATE_NOOP("Scenes", "Align"),
    QT_TRANSLATE_NOOP("Scenes", "Bold"),
    QT_TRANSLATE_NOOP("Scenes", "Center"),
    QT_TRANSLATE_NOOP("Scenes", "Color"),
    QT_TRANSLATE_NOOP("Scenes", "Crop bottom (%)"),
    QT_TRANSLATE_NOOP("Scenes", "Crop left (%)"),
    QT_TRANSLATE_NOOP("Scenes", "Crop right (%)"),
    QT_TRANSLATE_NOOP("Scenes", "Crop top (%)"),
    QT_TRANSLATE_NOOP("Scenes", "Fill"),
    QT_TRANSLATE_NOOP("Scenes", "Fit"),
    QT_TRANSLATE_NOOP("Scenes", "Height (%)"),
    QT_TRANSLATE_NOOP("Scenes", "Left"),
    QT_TRANSLATE_NOOP("Scenes", "Line color"),
    QT_TRANSLATE_NOOP("Scenes", "Mirrored"),
    QT_TRANSLATE_NOOP("Scenes", "Opacity (%)"),
    QT_TRANSLATE_NOOP("Scenes", "Outline"),
    QT_TRANSLATE_NOOP("Scenes", "Panel"),
    QT_TRANSLATE_NOOP("Scenes", "Panel behind the text"),
    QT_TRANSLATE_NOOP("Scenes", "Right"),
    QT_TRANSLATE_NOOP("Scenes", "Rotation (°)"),
    QT_TRANSLATE_NOOP("Scenes", "Show all"),
    QT_TRANSLATE_NOOP("Scenes", "Stretch"),
    QT_TRANSLATE_NOOP("Scenes", "Upside down"),
    QT_TRANSLATE_NOOP("Scenes", "Width (%)"),
    QT_TRANSLATE_NOOP("Scenes", "X (%)"),
    QT_TRANSLATE_NOOP("Scenes", "Y (%)"),
)
"""The texts that kinds and places declare, beside those of the kinds themselves."""


_translate: Final = QCoreApplication.translate  # of texts that are listed above


def scene_text(label: str) -> str:
    """Return a declared English text in the host's language."""
    return _translate("Scenes", label)


def source_name(source: Source) -> str:
    """Return what a source is called: its name, else its file's or text's, else its kind's."""
    if source.name:
        return source.name
    if source.kind is SourceKind.TEXT and (words := str(source.settings.get("text", "")).split()):
        return " ".join(words)
    if source.kind in (SourceKind.MEDIA_FILE, SourceKind.IMAGE) and (path := target_of(source)):
        return Path(path).name
    return scene_text(KINDS.get(source.kind, source.kind.value))
