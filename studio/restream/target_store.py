"""The platforms that get the broadcast, too, in a file that only this user reads: it holds their keys."""

import logging
from pathlib import Path
from typing import Final

import msgspec

from backend.contract.private_files import OWNER_ONLY
from backend.contract.whole_files import write_whole
from widgets.restream.target import MAX_TARGETS, Target

log = logging.getLogger("livestall.restream")

FILE_NAME: Final = "restream.json"
ASIDE: Final = ".broken"


class TargetStore:
    """The file with the targets in the data folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME

    def load(self) -> tuple[Target, ...]:
        """Return what was saved; a damaged file is set aside, and there are none then."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=tuple[Target, ...])[:MAX_TARGETS]
        except FileNotFoundError:
            return ()
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            log.warning("%s is damaged and set aside: %s", self.path, error)
            self._set_aside()
        except OSError as error:
            log.warning("%s cannot be read: %s", self.path, error)
        return ()

    def save(self, targets: tuple[Target, ...]) -> None:
        """Write the targets.

        Raises:
            OSError: they could not be written; the file is as it was.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, msgspec.json.encode(targets), OWNER_ONLY)

    def _set_aside(self) -> None:
        try:
            self.path.replace(self.path.with_suffix(ASIDE))
        except OSError as error:
            log.warning("could not set it aside: %s", error)
