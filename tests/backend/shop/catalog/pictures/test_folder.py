import os
from pathlib import Path

import pytest

from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.pictures.names import picture_of
from backend.shop.catalog.pictures.reencoding import EncodedPicture

RED = EncodedPicture(b"red", b"small red", 4, 4)
BLUE = EncodedPicture(b"blue", b"small blue", 4, 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "products"


def grow_old(folder: Path) -> None:
    for path in folder.iterdir():
        os.utime(path, (0, 0))


def test_a_picture_is_named_by_its_content_and_kept_once(folder: Path) -> None:
    pictures = PictureFolder(folder)
    name = pictures.save(RED)
    assert pictures.save(RED) == name != pictures.save(BLUE)
    assert len(list(folder.iterdir())) == 4
    shown = picture_of(name)
    assert (folder / Path(shown.path).name).read_bytes() == b"red"
    assert (folder / Path(shown.thumbnail).name).read_bytes() == b"small red"


def test_only_what_was_uploaded_is_there_and_can_be_deleted(folder: Path) -> None:
    pictures = PictureFolder(folder)
    name = pictures.save(RED)
    (folder / "logo.svg").write_text("<svg/>")
    assert pictures.has(name)
    assert not any(map(pictures.has, ("logo.svg", "../products/logo.svg", "", name.upper())))
    assert not pictures.delete("logo.svg")
    assert pictures.delete(name)
    assert not pictures.delete(name)
    assert [path.name for path in folder.iterdir()] == ["logo.svg"]


def test_what_is_unused_for_a_day_is_deleted_with_what_a_crash_left(folder: Path) -> None:
    pictures = PictureFolder(folder)
    red, blue = pictures.save(RED), pictures.save(BLUE)
    (folder / "logo.svg").write_text("<svg/>")
    (folder / f"{red}.new").write_bytes(b"re")
    assert pictures.delete_unused(set()) == []
    grow_old(folder)
    assert pictures.delete_unused({blue}) == [red]
    assert pictures.has(blue)
    assert len(list(folder.iterdir())) == 3


def test_a_folder_that_is_not_there_yet_has_nothing_to_delete(folder: Path) -> None:
    assert PictureFolder(folder).delete_unused(set()) == []


def test_a_picture_of_the_demo_is_its_own_thumbnail() -> None:
    demo = picture_of("tea.svg")
    assert demo.path == demo.thumbnail == "/media/products/tea.svg"


def test_pictures_of_the_program_are_there_and_stay(tmp_path: Path) -> None:
    bundled = tmp_path / "bundled"
    bundled.mkdir()
    (bundled / "tea.svg").write_text("<svg/>")
    pictures = PictureFolder(tmp_path / "products", bundled)
    assert pictures.has("tea.svg")
    assert not pictures.has("../bundled/tea.svg")
    assert not pictures.delete("tea.svg")
