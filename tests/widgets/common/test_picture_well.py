from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.common.picture_well import PictureWell


def png(side: int = 8) -> bytes:
    image, buffer = QImage(side, side, QImage.Format.Format_RGB32), QBuffer()
    image.fill(Qt.GlobalColor.red)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes where Qt takes a str
    return bytes(buffer.data().data())


@pytest.fixture
def well(qtbot: QtBot) -> PictureWell:
    made = PictureWell()
    qtbot.addWidget(made)
    return made


def test_a_dropped_file_is_taken_as_it_is(well: PictureWell, tmp_path: Path, record: Record) -> None:
    picked = record(well.picked)
    file = tmp_path / "tea.png"
    file.write_bytes(png())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    assert well.take_from(data)
    assert picked == [(png(),)]
    assert well.content == png()


def test_a_pasted_picture_is_taken(well: PictureWell, record: Record) -> None:
    picked = record(well.picked)
    QGuiApplication.clipboard().setImage(QImage.fromData(png()))
    QTest.keyClick(well, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(picked) == 1
    assert well.content.startswith(b"\x89PNG")


def test_what_is_no_picture_is_refused_with_the_reason_and_the_old_one_stays(
    well: PictureWell, tmp_path: Path, record: Record
) -> None:
    failed = record(well.failed)
    well.take(png())
    well.take(b"<html>")
    well.take_file(str(tmp_path / "missing.png"))
    assert [str(text) for (text,) in failed] == [
        "This is no PNG, JPEG or WebP picture of at most 12 MB.",
        "The file cannot be read: No such file or directory",
    ]
    assert well.content == png()
