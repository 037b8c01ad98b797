"""The web player's files, served from memory: compressed once, kept by browsers until they change."""

import gzip
import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from backend.http.room_page import PLAIN_HEAD

IMMUTABLE: Final = "public, max-age=31536000, immutable"
HASH_PLACEHOLDER: Final = b"{{hash}}"
HEAD_PLACEHOLDER: Final = b"{{head}}"
# Of a room there is one for each name it is asked for by.
MOST_PAGES: Final = 64
PAGE: Final = "index.html"
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_COMPRESSED_ALREADY: Final = frozenset({".png", ".webp", ".woff2"})
_EMPTY_PAGE: Final = (
    "<!doctype html><title>Livestall</title><p>The player's files are missing. 播放器文件缺失。".encode()
)


class StaticFile:
    """One file, with its compressed form where that is smaller."""

    def __init__(self, body: bytes, suffix: str, cache_control: str) -> None:
        self._body = body
        self._media_type = _TYPES[suffix]
        self._cache_control = cache_control
        self._etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        self._gzipped = None if suffix in _COMPRESSED_ALREADY else _gzip(body)

    def respond(self, request: Request, status: int = 200) -> Response:
        """Answer, compressed where the client takes it; 304 where it has it already (RFC 9110 §13.1.2)."""
        headers = {"Cache-Control": self._cache_control, "ETag": self._etag, "Vary": "Accept-Encoding"}
        if status == 200 and self._etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body = self._body
        if self._gzipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
            body = self._gzipped
            headers["Content-Encoding"] = "gzip"
        return Response(body, status, headers, self._media_type)


class PlayerFiles:
    """All files of the player, read once.

    Attributes:
        version: a hash over all of them; modules live under `/player/<version>/`.
        page: `index.html` of no room, with `{{hash}}` replaced by the version.
    """

    def __init__(self, folder: Path) -> None:
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _served(folder)}
        self.version = _version(found)
        self._page = found.pop(PAGE, _EMPTY_PAGE).replace(HASH_PLACEHOLDER, self.version.encode())
        # Compressed once as long as the head stays the same.
        self.page_with = lru_cache(MOST_PAGES)(self._page_with)
        self.page = self.page_with(PLAIN_HEAD)
        self._assets = {name: StaticFile(body, Path(name).suffix, IMMUTABLE) for name, body in found.items()}

    def _page_with(self, head: str) -> StaticFile:
        """Return `index.html` with these elements in its head."""
        return StaticFile(self._page.replace(HEAD_PLACEHOLDER, head.encode()), ".html", "no-cache")

    def asset(self, version: str, name: str) -> StaticFile | None:
        """Return a module, style or picture of this version; None where there is none."""
        return self._assets.get(name) if version == self.version else None


def _served(folder: Path) -> list[Path]:
    # A list of kinds, so that the type checker's own files beside the modules stay at home.
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "node_modules"]
        found += [Path(parent, name) for name in names if Path(name).suffix in _TYPES]
    return found


def _version(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, body in sorted(files.items()):
        digest.update(f"{name}\0{len(body)}\0".encode())
        digest.update(body)
    return digest.hexdigest()[:16]


def _gzip(body: bytes) -> bytes | None:
    compressed = gzip.compress(body, compresslevel=9, mtime=0)
    return compressed if len(compressed) < len(body) else None
