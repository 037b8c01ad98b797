import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from studio import i18n
from studio.i18n import CHINESE, ENGLISH, FOLDER, Language, compile_translations, language_of
from studio.window.main_window import MainWindow
from widgets.common.file_dialogs import Place, ask_to_open


@pytest.fixture
def language(qapp: QApplication, tmp_path: Path) -> Iterator[Language]:
    made = Language(qapp, tmp_path / "cache")
    yield made
    made.choose(ENGLISH)
    QLocale.setDefault(QLocale(ENGLISH))


def test_the_whole_window_changes_its_language_while_it_runs(
    qtbot: QtBot, language: Language, window: MainWindow
) -> None:
    language.choose(CHINESE)
    qtbot.waitUntil(lambda: window.docks["products"].windowTitle() == "商品")
    assert window.controls.go_live_button.text() == "开始直播"
    assert window.menus.menus["file"].title() == "文件(&F)"

    language.choose(ENGLISH)
    qtbot.waitUntil(lambda: window.docks["products"].windowTitle() == "Products")
    assert window.controls.go_live_button.text() == "Go live"


def test_the_font_of_all_text_goes_with_the_language(qapp: QApplication, language: Language) -> None:
    proportional = QFont.Tag.fromString("pwid")
    assert proportional is not None
    values = []
    for chosen in (CHINESE, ENGLISH):
        language.choose(chosen)
        values.append(qapp.font().featureValue(proportional))

    assert values == [0, 1]


def test_qts_own_dialogs_speak_it_too(language: Language) -> None:
    language.choose(CHINESE)

    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_a_dialog_for_files_leaves_no_field_in_english(qtbot: QtBot, language: Language) -> None:
    language.choose(CHINESE)
    window = QWidget()
    qtbot.addWidget(window)

    dialog = ask_to_open(window, "图片", Place.PicturesLocation, ["图片 (*.png)"])

    assert dialog.labelText(QFileDialog.DialogLabel.LookIn) == "查找范围："
    assert dialog.labelText(QFileDialog.DialogLabel.FileType) == "文件类型："


@pytest.mark.parametrize(
    ("locale", "expected"), [("zh_CN", CHINESE), ("zh_TW", CHINESE), ("en_GB", ENGLISH), ("de_DE", ENGLISH)]
)
def test_who_speaks_chinese_gets_chinese_and_all_others_english(locale: str, expected: str) -> None:
    assert language_of(QLocale(locale)) == expected


@pytest.mark.parametrize("choice", ["", "xx"])
def test_without_a_choice_the_systems_language_counts(language: Language, choice: str) -> None:
    language.choose(choice)

    assert language.current == language_of(QLocale.system())


def test_translations_are_made_once(tmp_path: Path) -> None:
    assert compile_translations(tmp_path) == [tmp_path / "livestall_zh_CN.qm"]
    assert compile_translations(tmp_path) == []


def test_a_program_folder_that_cannot_be_written_is_no_hindrance(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = tmp_path / "program"
    sources.mkdir()
    for source in FOLDER.glob("*.ts"):
        shutil.copy(source, sources)
    monkeypatch.setattr(i18n, "FOLDER", sources)
    # A folder stands where the file should go: as unwritable to root as to anybody.
    (sources / "livestall_zh_CN.qm").mkdir()
    language = Language(qapp, tmp_path / "cache")
    language.choose(CHINESE)
    try:
        assert QCoreApplication.translate("LiveControls", "Go live") == "开始直播"
    finally:
        language.choose(ENGLISH)


def test_no_text_of_the_studio_speaks_of_its_processes() -> None:
    file = (FOLDER / "livestall_zh_CN.ts").read_text(encoding="utf-8")
    sources = re.findall("<source>(.*?)</source>", file, re.DOTALL)
    translations = re.findall("<translation[^>]*>(.*?)</translation>", file, re.DOTALL)

    assert sources
    assert [text for text in sources if re.search("backend|engine", text, re.IGNORECASE)] == []
    assert [text for text in translations if re.search("后端|引擎", text)] == []
