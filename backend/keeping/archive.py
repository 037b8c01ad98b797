"""The archive of a backup: a zip file with a manifest of what is in it, written whole or not at all."""

import hashlib
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import msgspec

from backend.contract.private_files import make_private
from backend.keeping.errors import KeepingError
from backend.keeping.progress import Progress

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
MAX_MANIFEST: Final = 64 * 1024 * 1024
_CHUNK: Final = 1024 * 1024
# What zipfile raises of bytes that are not as they were.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)


class KeptFile(msgspec.Struct, frozen=True):
    """A file of the archive.

    Attributes:
        sha256: 64 hexadecimal digits.
    """

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What an archive says of itself.

    Attributes:
        schema: the newest migration that its database has seen.
        taken_at_ms: when the database was as it is in there.
        files: by their names in the archive.
    """

    format: int
    schema: str
    taken_at_ms: int
    has_secrets: bool
    files: dict[str, KeptFile]


class ArchiveWriter:
    """Adds files to an archive that is being written."""

    def __init__(self, zipped: zipfile.ZipFile, progress: Progress) -> None:
        self._zipped = zipped
        self._progress = progress
        self._files: dict[str, KeptFile] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now."""
        digest, size, total = hashlib.sha256(), 0, path.stat().st_size
        with path.open("rb") as source, self._zipped.open(name, "w", force_zip64=True) as target:
            while chunk := source.read(_CHUNK):
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                self._progress.reached(f"writing {name}", size, total)
        self._files[name] = KeptFile(size, digest.hexdigest())

    def finish(self, *, schema: str, taken_at_ms: int, has_secrets: bool) -> Manifest:
        """Write the manifest, without which no archive is whole."""
        manifest = Manifest(FORMAT, schema, taken_at_ms, has_secrets, self._files)
        self._zipped.writestr(MANIFEST, msgspec.json.encode(manifest))
        return manifest


@contextmanager
def writing(path: Path, progress: Progress) -> Iterator[ArchiveWriter]:
    """Write an archive beside its place, and move it there when all of it is on the disk.

    Raises:
        OSError: it could not be written; what was there before is still there.
    """
    draft = path.with_name(f"{path.name}.new")
    try:
        draft.unlink(missing_ok=True)  # of a crash
        make_private(draft)
        with draft.open("r+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
                yield ArchiveWriter(zipped, progress)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


class Archive:
    """An archive that is read.

    Attributes:
        manifest: what it says of itself.
    """

    def __init__(self, path: Path, zipped: zipfile.ZipFile) -> None:
        self._path = path
        self._zipped = zipped
        self.manifest = self._read_manifest()

    def unpack(self, name: str, target: Path, progress: Progress) -> None:
        """Write one of its files to a place, and check that it is what the manifest says.

        Raises:
            KeepingError: it is not.
            OSError: it could not be written.
        """
        expected, digest, size = self.manifest.files[name], hashlib.sha256(), 0
        make_private(target)
        with target.open("wb") as file:
            for chunk in self._chunks(name):
                size += len(chunk)
                if size > expected.size:
                    break
                file.write(chunk)
                digest.update(chunk)
                progress.reached(f"unpacking {name}", size, expected.size)
            file.flush()
            os.fsync(file.fileno())
        if (size, digest.hexdigest()) != (expected.size, expected.sha256):
            raise self._damaged(f"{name} is not what was written")

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self._zipped.open(name) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except KeyError:
            raise self._damaged(f"{name} is missing") from None
        except _BROKEN as error:
            raise self._damaged(f"{name}: {error}") from error

    def _read_manifest(self) -> Manifest:
        try:
            if self._zipped.getinfo(MANIFEST).file_size > MAX_MANIFEST:
                raise self._damaged("its manifest is too large")
            manifest = msgspec.json.decode(self._zipped.read(MANIFEST), type=Manifest)
        except KeyError:
            raise KeepingError(f"{self._path} is no backup of Livestall: it has no manifest.") from None
        except (*_BROKEN, msgspec.DecodeError) as error:
            raise self._damaged(f"its manifest cannot be read: {error}") from error
        if manifest.format != FORMAT:
            raise KeepingError(
                f"{self._path} was written by a newer version of Livestall (format {manifest.format}). "
                "Update this one."
            )
        return manifest

    def _damaged(self, what: str) -> KeepingError:
        return KeepingError(f"The backup {self._path} is damaged: {what}. Take another backup.")


@contextmanager
def reading(path: Path) -> Iterator[Archive]:
    """Open an archive.

    Raises:
        KeepingError: it is none, or damaged.
    """
    try:
        zipped = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise KeepingError(f"There is no file {path}. Check the name.") from None
    except PermissionError as error:
        raise KeepingError(f"{path} cannot be read: {error.strerror}.") from error
    except _BROKEN:
        raise KeepingError(
            f"{path} is no whole backup: it is another kind of file, or was cut off. Take another backup."
        ) from None
    with zipped:
        yield Archive(path, zipped)
