"""The rooms in which this computer helps, saved so that a code is typed once."""

import hashlib
import logging
from pathlib import Path
from typing import Final

import msgspec

from backend.contract.private_files import OWNER_ONLY
from backend.contract.whole_files import write_whole

log = logging.getLogger("livestall.assistant")

_SUFFIX: Final = ".json"


class Membership(msgspec.Struct, frozen=True):
    """An assistant's place in a room.

    Attributes:
        url: the backend's, without a slash at the end.
        name: by which the others know the assistant.
        token: proves the identity, and is as secret as a password.
    """

    url: str
    room: str
    name: str
    token: str


class Memberships:
    """One file a room in a folder, readable by this user alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def newest(self) -> Membership | None:
        """The room joined last; None before the first."""
        try:
            paths = sorted(self._folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)
        except OSError as error:
            log.warning("%s cannot be read: %s", self._folder, error)
            return None
        return next((found for path in reversed(paths) if (found := _read(path)) is not None), None)

    def of(self, url: str, room: str) -> Membership | None:
        """The place in this room; None where there is none."""
        return _read(self._path(url, room))

    def save(self, membership: Membership) -> None:
        """Save a place, as the newest.

        Raises:
            OSError: it cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(membership.url, membership.room)
        write_whole(path, msgspec.json.encode(membership), OWNER_ONLY)

    def forget(self, membership: Membership) -> None:
        """Delete what was saved of it."""
        try:
            self._path(membership.url, membership.room).unlink(missing_ok=True)
        except OSError as error:
            log.warning("a place that has ended cannot be forgotten: %s", error)

    def _path(self, url: str, room: str) -> Path:
        # A URL is no file name: it may be long, and has slashes.
        digest = hashlib.sha256(f"{url}\n{room}".encode()).hexdigest()[:24]
        return self._folder / f"{digest}{_SUFFIX}"


def _read(path: Path) -> Membership | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Membership)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("%s cannot be read: %s", path, error)
        return None
