"""Blocked words: found whatever their width, case, spaces and marks; their file may change at any time."""

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from backend.plain_text import key, key_seen, readings

log = logging.getLogger("livestall.room")

MAX_FILE_BYTES: Final = 4 * 1024 * 1024


class WordList:
    """Words to look for; one word costs as much as ten thousand."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._by_beginning: dict[str, list[str]] = {}
        keys = {(key(word), key_seen(word)) for word in words} - {("", "")}
        self._count = len({written for written, _seen in keys})
        for word in {form for forms in keys for form in forms} - {""}:
            self._by_beginning.setdefault(word[:2], []).append(word)

    def __len__(self) -> int:
        return self._count

    def is_in(self, text: str) -> bool:
        """Whether the text holds one of the words."""
        return any(map(self._is_in, readings(text)))

    def _is_in(self, searched: str) -> bool:
        return any(
            searched.startswith(word, place)
            for place in range(len(searched))
            for beginning in (searched[place : place + 2], searched[place])
            for word in self._by_beginning.get(beginning, ())
        )


class WordFile:
    """A text file of blocked words, one a line, `#` for remarks; None for no file.

    A file that cannot be read leaves the words as they are, with a line in the log.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._seen: tuple[int, int] | None = None
        self.words = WordList()

    def refresh(self) -> bool:
        """Read the file if it changed, and say whether it did. This blocks."""
        if self._path is None:
            return False
        try:
            status = self._path.stat()
            seen = (status.st_mtime_ns, status.st_size)
            if seen == self._seen:
                return False
            self._seen = seen
            self.words = WordList(_lines(self._path))
        except FileNotFoundError:
            was_there, self._seen, self.words = self._seen is not None, None, WordList()
            return was_there
        except (OSError, UnicodeDecodeError, ValueError) as error:
            log.warning("the blocked words in %s are not read (%s); save it as UTF-8 text", self._path, error)
            return False
        log.info("%d blocked words read from %s", len(self.words), self._path)
        return True


def _lines(path: Path) -> list[str]:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise ValueError(f"expected at most {MAX_FILE_BYTES} bytes")
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
