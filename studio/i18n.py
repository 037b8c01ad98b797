"""The interface's language: Chinese or English, switched while the program runs."""

import logging
import subprocess
import sys
from pathlib import Path
from typing import Final

import PySide6
from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from widgets.common.theme import text_font

log = logging.getLogger("livestall.i18n")

FOLDER: Final = Path(__file__).parents[1] / "resources" / "translations"
CHINESE: Final = "zh_CN"
ENGLISH: Final = "en"
LANGUAGES: Final = (CHINESE, ENGLISH)


def source_file(language: str) -> Path:
    """The translations of a language, as people edit them."""
    return FOLDER / f"livestall_{language}.ts"


def compile_translations(target: Path = FOLDER) -> list[Path]:
    """Make Qt's binary form of every translation that is newer than it; return what was made.

    Raises:
        subprocess.CalledProcessError: lrelease does not like a file.
    """
    made = []
    for source in sorted(FOLDER.glob("*.ts")):
        binary = target / source.with_suffix(".qm").name
        if binary.is_file() and binary.stat().st_mtime >= source.stat().st_mtime:
            continue
        target.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: another studio may be reading the old one.
        draft = binary.with_suffix(".new")
        subprocess.run([_tool("lrelease"), "-silent", str(source), "-qm", str(draft)], check=True)
        draft.replace(binary)
        made.append(binary)
    return made


def _tool(name: str) -> str:
    # PySide6's own wrappers are scripts of the environment, which need not be on the path.
    folder = Path(PySide6.__file__).parent
    return str(folder / (f"{name}.exe" if sys.platform == "win32" else name))


def language_of(locale: QLocale) -> str:
    """The language for who uses this locale: Chinese where it is spoken, else English."""
    return CHINESE if locale.language() is QLocale.Language.Chinese else ENGLISH


class Language:
    """Gives the application its language; English is in the source and needs no translator.

    Args:
        cache: where translations are made when the program's own folder cannot be written.
    """

    def __init__(self, application: QApplication, cache: Path) -> None:
        self._application = application
        self._cache = cache
        self._installed: list[QTranslator] = []
        self._current = ENGLISH

    @property
    def current(self) -> str:
        """`zh_CN` or `en`."""
        return self._current

    def choose(self, language: str) -> None:
        """Speak this language from now on: `zh_CN`, `en`, or empty for the system's."""
        wanted = language if language in LANGUAGES else language_of(QLocale.system())
        if wanted == self._current:
            return
        self._current = wanted
        QLocale.setDefault(QLocale(wanted))
        self._application.setFont(text_font(is_latin=wanted == ENGLISH))
        if wanted == ENGLISH:
            while self._installed:
                self._application.removeTranslator(self._installed.pop())
            return
        for name, folder in (
            (f"qtbase_{wanted}", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))),
            (f"livestall_{wanted}", self._folder()),
        ):
            translator = QTranslator(self._application)
            if translator.load(name, str(folder)):
                self._installed.append(translator)
                self._application.installTranslator(translator)
            else:
                log.warning("no translation %s in %s", name, folder)

    def _folder(self) -> Path:
        for folder in (FOLDER, self._cache):
            try:
                compile_translations(folder)
            except (OSError, subprocess.CalledProcessError) as error:
                log.warning("could not make the translations in %s: %s", folder, error)
            else:
                return folder
        return FOLDER
