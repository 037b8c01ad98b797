from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backend.contract.pictures import Picture
from backend.contract.products import MOST_PICTURES
from tests.widgets.common.test_picture_well import png
from tests.widgets.conftest import Record
from widgets.shop.picture_gallery import PictureGallery

SHOWN = [Picture(name, f"/media/{name}", f"/media/{name}") for name in ("a", "b", "c")]


@pytest.fixture
def gallery(qtbot: QtBot) -> PictureGallery:
    made = PictureGallery()
    qtbot.addWidget(made)
    made.show_pictures(SHOWN, {})
    return made


def test_a_picked_picture_comes_to_the_end_and_the_well_is_free_again(gallery: PictureGallery) -> None:
    gallery.well.take(png())
    assert gallery.pictures == ("a", "b", "c", png())
    assert gallery.well.content == b""


def test_several_pictures_dropped_at_once_come_up_to_the_first_that_is_none(
    gallery: PictureGallery, record: Record, tmp_path: Path
) -> None:
    failed = record(gallery.failed)
    data = QMimeData()
    contents = {"1.png": png(8), "2.png": png(9), "3.png": b"<html>", "4.png": png(10)}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in contents])

    assert gallery.well.take_from(data)

    assert gallery.pictures == ("a", "b", "c", png(8), png(9))
    assert failed[-1] == ("This is no PNG, JPEG or WebP picture of at most 12 MB.",)


def test_a_picture_that_is_not_there_yet_has_a_place_and_is_shown_when_it_comes(
    gallery: PictureGallery,
) -> None:
    second = gallery.list.item(1)
    before = second.icon().cacheKey()
    assert not second.icon().isNull()
    picture = QPixmap(8, 8)
    picture.fill(Qt.GlobalColor.red)

    gallery.show_picture("/media/b", picture)

    assert second.icon().cacheKey() != before
    assert second.icon().pixmap(8, 8).toImage().pixelColor(4, 4) == Qt.GlobalColor.red


def test_delete_takes_the_current_picture_out(gallery: PictureGallery) -> None:
    gallery.list.setCurrentRow(1)
    QTest.keyClick(gallery.list, Qt.Key.Key_Delete)
    assert gallery.pictures == ("a", "c")


def test_alt_and_an_arrow_move_the_current_picture(gallery: PictureGallery) -> None:
    gallery.list.setCurrentRow(2)
    QTest.keyClick(gallery.list, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(gallery.list, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(gallery.list, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert gallery.pictures == ("c", "a", "b")


def test_more_pictures_than_a_product_may_have_are_refused(gallery: PictureGallery, record: Record) -> None:
    failed = record(gallery.failed)
    for side in range(1, MOST_PICTURES):
        gallery.well.take(png(side))
    assert failed[-1] == ("A product has at most 12 pictures.",)
    assert len(gallery.pictures) == MOST_PICTURES
