"""Pictures of products and gifts, from folders."""

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from backend.http.problems import problem

PICTURE_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,80}(?P<kind>\.svg|\.png|\.jpg|\.webp)")
# Delivery here, not looked up: what a machine thinks of a suffix differs from machine to machine.
PICTURE_TYPES: Final = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
}
# A drawing may not run scripts when it is opened by itself.
PICTURE_HEADERS: Final = {
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}


async def serve_picture(request: Request, folders: Sequence[Path]) -> Response:
    """Serve the picture that the path names, from the first folder that has it."""
    name = request.path_params["name"]
    if matched := PICTURE_NAME.fullmatch(name):
        found = await asyncio.to_thread(_find, name, folders)
        if found is not None:
            return FileResponse(found, headers=PICTURE_HEADERS, media_type=PICTURE_TYPES[matched["kind"]])
    return problem(404, "not_found", f"There is no picture {name!r}.")


def _find(name: str, folders: Sequence[Path]) -> Path | None:
    return next((folder / name for folder in folders if (folder / name).is_file()), None)
