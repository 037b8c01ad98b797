"""A moment as it stands in lists: this computer's time, the same in every language."""

from PySide6.QtCore import QDateTime, QLocale


def moment_text(at_ms: int) -> str:
    """The date and the minute of a moment in milliseconds since 1970."""
    return QLocale.c().toString(QDateTime.fromMSecsSinceEpoch(at_ms), "yyyy-MM-dd HH:mm")
