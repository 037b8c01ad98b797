"""The folder of uploaded pictures: each file is named by what is in it."""

import re
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final

from backend.contract.whole_files import write_whole
from backend.shop.catalog.pictures.names import is_uploaded, name_of, thumbnail_name
from backend.shop.catalog.pictures.reencoding import EncodedPicture

_DAY_S: Final = 86_400
_DRAFT: Final = re.compile(r"[0-9a-f]{40}(-\d+)?\.webp\.new")


class PictureFolder:
    """Keeps pictures as files. Its methods block.

    Args:
        folder: where product pictures are served from; it is made when it is needed.
        bundled: the folder of those that come with the program; None for none.
    """

    def __init__(self, folder: Path, bundled: Path | None = None) -> None:
        self._folder = folder
        self._bundled = frozenset(path.name for path in bundled.iterdir()) if bundled else frozenset()

    def has(self, name: str) -> bool:
        """Return whether a product may show a picture: it was uploaded, or comes with the program."""
        return name in self._bundled or self._has_uploaded(name)

    def _has_uploaded(self, name: str) -> bool:
        return is_uploaded(name) and (self._folder / name).is_file()

    def save(self, picture: EncodedPicture) -> str:
        """Keep a picture, and return its name; the same one again is kept once.

        Raises:
            OSError: the folder cannot be written.
        """
        name = name_of(picture.content)
        self._folder.mkdir(parents=True, exist_ok=True)
        # The picture last: where it is there, its thumbnail is too.
        write_whole(self._folder / thumbnail_name(name), picture.thumbnail)
        write_whole(self._folder / name, picture.content)
        return name

    def delete(self, name: str) -> bool:
        """Delete an uploaded picture, and return whether there was one."""
        if not self._has_uploaded(name):
            return False
        (self._folder / name).unlink()
        (self._folder / thumbnail_name(name)).unlink(missing_ok=True)
        return True

    def delete_unused(self, used: Collection[str]) -> list[str]:
        """Delete those older than a day that are not among these; a newer one may be about to be used."""
        if not self._folder.is_dir():
            return []
        oldest_s = time.time() - _DAY_S
        old = [path for path in self._folder.iterdir() if path.stat().st_mtime < oldest_s]
        for draft in old:
            if _DRAFT.fullmatch(draft.name):
                draft.unlink()
        unused = [path.name for path in old if is_uploaded(path.name) and path.name not in used]
        return [name for name in sorted(unused) if self.delete(name)]
