"""Files that are written whole or not at all, by the backend and by the studio."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

READABLE: Final = 0o666  # less what the user's umask takes


def write_whole(path: Path, content: bytes, mode: int = READABLE) -> None:
    """Write a file; a full disk, a crash or a power cut leaves the file that was there before.

    Args:
        path: its folder exists.
        content: all of it.
        mode: who may read it, from the first byte on: `private_files.OWNER_ONLY` for what is secret.

    Raises:
        OSError: it could not be written.
    """
    draft = path.with_name(f"{path.name}.new")
    try:
        draft.unlink(missing_ok=True)  # of a crash, perhaps with other rights
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
