import zipfile
from pathlib import Path

import msgspec
import pytest

from backend.keeping.archive import MANIFEST, reading, writing
from backend.keeping.errors import KeepingError
from backend.keeping.progress import Progress


def written(folder: Path, content: bytes = b"tea" * 1000) -> Path:
    """An archive of one file."""
    source, path = folder / "source", folder / "shop.zip"
    source.write_bytes(content)
    with writing(path, Progress()) as archive:
        archive.add("files/a", source)
        archive.finish(schema="now", taken_at_ms=7, has_secrets=False)
    return path


def unpacked(path: Path, target: Path) -> bytes:
    with reading(path) as archive:
        archive.unpack("files/a", target, Progress())
    return target.read_bytes()


def test_an_archive_gives_back_what_was_put_in_and_others_cannot_read_it(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert unpacked(path, tmp_path / "a") == b"tea" * 1000
    assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "a").stat().st_mode & 0o077 == 0


def test_an_archive_that_cannot_be_finished_leaves_the_one_before(tmp_path: Path) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    with pytest.raises(FileNotFoundError), writing(path, Progress()) as archive:
        archive.add("files/a", tmp_path / "gone")
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["shop.zip", "source"]


def test_each_byte_of_an_archive_that_is_changed_is_found_or_harmless(tmp_path: Path) -> None:
    path, target = written(tmp_path, bytes(range(256)) * 3), tmp_path / "a"
    whole = path.read_bytes()
    found = 0
    for place in range(0, len(whole), 3):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            assert unpacked(path, target) == bytes(range(256)) * 3
        except KeepingError:
            found += 1
    assert found > len(whole) // 6


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.99])
def test_an_archive_that_was_cut_off_is_told(tmp_path: Path, share: float) -> None:
    path = written(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(KeepingError, match="no whole backup"):
        unpacked(path, tmp_path / "a")


def test_what_is_no_archive_of_ours_is_told(tmp_path: Path) -> None:
    with pytest.raises(KeepingError, match="There is no file"):
        unpacked(tmp_path / "nowhere.zip", tmp_path / "a")
    strange = tmp_path / "strange.zip"
    with zipfile.ZipFile(strange, "w") as zipped:
        zipped.writestr("a", "b")
    with pytest.raises(KeepingError, match="no manifest"):
        unpacked(strange, tmp_path / "a")
    with zipfile.ZipFile(strange, "w") as zipped:
        manifest = {"format": 2, "schema": "", "taken_at_ms": 0, "has_secrets": False, "files": {}}
        zipped.writestr(MANIFEST, msgspec.json.encode(manifest))
    with pytest.raises(KeepingError, match="newer version"):
        unpacked(strange, tmp_path / "a")


def test_a_file_that_is_another_than_the_manifest_says_is_told(tmp_path: Path) -> None:
    path = written(tmp_path)
    with zipfile.ZipFile(path) as zipped:
        manifest = zipped.read(MANIFEST)
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("files/a", b"tea" * 1000 + b"!")
        zipped.writestr(MANIFEST, manifest)
    with pytest.raises(KeepingError, match="not what was written"):
        unpacked(path, tmp_path / "a")
