"""The texts that sound filters declare in English, listed for the translations: Qt finds them nowhere else.

A test compares this one with what the filters and a strip's own form declare.
"""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

TEXTS: Final = (
    QT_TRANSLATE_NOOP("Sound", "Gain"),
    QT_TRANSLATE_NOOP("Sound", "High-pass"),
    QT_TRANSLATE_NOOP("Sound", "Frequency"),
    QT_TRANSLATE_NOOP("Sound", "Noise suppression"),
    QT_TRANSLATE_NOOP("Sound", "Reduction"),
    QT_TRANSLATE_NOOP("Sound", "Noise floor"),
    QT_TRANSLATE_NOOP("Sound", "Gate"),
    QT_TRANSLATE_NOOP("Sound", "Threshold"),
    QT_TRANSLATE_NOOP("Sound", "Attack"),
    QT_TRANSLATE_NOOP("Sound", "Release"),
    QT_TRANSLATE_NOOP("Sound", "Compressor"),
    QT_TRANSLATE_NOOP("Sound", "Ratio"),
    QT_TRANSLATE_NOOP("Sound", "Make-up gain"),
    QT_TRANSLATE_NOOP("Sound", "Equalizer"),
    QT_TRANSLATE_NOOP("Sound", "Bass"),
    QT_TRANSLATE_NOOP("Sound", "Middle"),
    QT_TRANSLATE_NOOP("Sound", "Middle frequency"),
    QT_TRANSLATE_NOOP("Sound", "Treble"),
    QT_TRANSLATE_NOOP("Sound", "Limiter"),
    QT_TRANSLATE_NOOP("Sound", "Ceiling"),
    QT_TRANSLATE_NOOP("Sound", "Pan: left or right"),
    QT_TRANSLATE_NOOP("Sound", "Mono: the same on both sides"),
    QT_TRANSLATE_NOOP("Sound", "Sync offset: later or earlier than the picture"),
)

_translate: Final = QCoreApplication.translate


def sound_text(english: str) -> str:
    """Return a declared text in the host's language; one that is not declared as it is."""
    return _translate("Sound", english)
