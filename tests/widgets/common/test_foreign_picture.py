"""Pictures of a server: known formats, small, and no file of this machine in them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPixmap

from widgets.common.foreign_picture import SIDE, foreign_picture

pytestmark = pytest.mark.usefixtures("qtbot")
RESOURCES = Path(__file__).parents[3] / "resources"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '


def encoded(form: str, width: int, height: int) -> bytes:
    picture = QPixmap(width, height)
    picture.fill("red")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert picture.save(buffer, form)
    return bytes(buffer.data().data())


def svg(inner: str, size: int = 100, before: str = "") -> bytes:
    return f'{before}{HEAD}width="{size}" height="{size}">{inner}</svg>'.encode()


@pytest.mark.parametrize("form", ["PNG", "JPG", "WEBP"])
def test_a_photograph_is_kept_no_larger_than_a_list_shows(form: str) -> None:
    picture = foreign_picture(encoded(form, 2000, 1000))
    assert picture is not None
    assert (picture.width(), picture.height()) == (SIDE, SIDE // 2)


def test_a_small_picture_keeps_its_size() -> None:
    picture = foreign_picture(encoded("PNG", 40, 30))
    assert picture is not None
    assert (picture.width(), picture.height()) == (40, 30)


@pytest.mark.parametrize(
    "path",
    sorted(RESOURCES.glob("demo/products/*.svg")),
    ids=lambda path: path.stem,
)
def test_drawings_of_ours_are_shown(path: Path) -> None:
    assert foreign_picture(path.read_bytes()) is not None


def test_a_drawing_that_names_a_file_of_this_machine_is_not_shown(tmp_path: Path) -> None:
    secret = tmp_path / "red.png"
    secret.write_bytes(encoded("PNG", 50, 50))
    content = svg(f'<image xlink:href="{secret}" width="100" height="100"/>')
    taken = QPixmap()
    assert taken.loadFromData(content)
    assert taken.toImage().pixelColor(50, 50).name() == "#ff0000"  # what would happen otherwise
    assert foreign_picture(content) is None


@pytest.mark.parametrize(
    "content",
    [
        svg('<svg:image xmlns:svg="http://www.w3.org/2000/svg" href="/dev/zero"/>'),
        svg("", before='<?xml-stylesheet type="text/css" href="/dev/zero"?>'),
        svg("&i;", before='<!DOCTYPE svg [<!ENTITY i "<image href=&#34;/dev/zero&#34;/>">]>'),
        svg('<image href="/dev/zero"/>').decode().encode("utf-16"),
        svg('<use xlink:href="#a"/>' * 17),
        svg("<rect/>" * 3000),
        svg("<rect/>", size=60_000),
        b"<svg><rect>",
        b"<html/>",
        b"no picture",
        b"",
        b"\x89PNG\r\n\x1a\n broken",
        b"BM" + bytes(100),
    ],
)
def test_what_is_no_such_picture_is_not_shown(content: bytes) -> None:
    assert foreign_picture(content) is None
