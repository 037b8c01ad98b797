"""The host's settings, saved between starts in one file; what is of the stage is in the project's."""

import errno
import logging
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import msgspec
from PySide6.QtCore import QObject, Signal

from backend.contract.private_files import OWNER_ONLY
from backend.contract.whole_files import write_whole
from studio.engine.layer_values import Layers
from studio.engine.messages.values import Bitrate
from widgets.settings.settings_values import MAX_KBPS, MIN_KBPS, BackendPlace, RecordingChoices

log = logging.getLogger("livestall.settings")

FILE_NAME: Final = "studio.json"
ASIDE: Final = ".broken"
Kbps = Annotated[int, msgspec.Meta(ge=MIN_KBPS, le=MAX_KBPS)]


class SettingsProblem(StrEnum):
    """Why the settings cannot be read or written."""

    DAMAGED = "damaged"
    DISK_FULL = "disk_full"
    NOT_READ = "not_read"
    NOT_KEPT = "not_kept"


class SettingsError(Exception):
    """The settings cannot be read or written; the message says why in English, for the log.

    Args:
        problem: what happened; `studio.texts.settings_problem` words it for the host.
        path: the file.
        detail: what the system or the parser says.
    """

    def __init__(self, problem: SettingsProblem, path: Path, detail: str) -> None:
        super().__init__(f"the settings in {path}: {problem.value}: {detail}")
        self.problem = problem
        self.path = path
        self.detail = detail


class Remote(msgspec.Struct, frozen=True):
    """A backend that runs elsewhere."""

    url: str = ""
    room: str = ""
    token: str = ""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All that is saved.

    Attributes:
        language: `zh_CN`, `en`, or empty for the system's.
        has_chosen_source: the host has chosen picture or sound, so nothing else stands in for it.
        sends_layers: two smaller pictures are sent besides, for viewers on weak lines.
        port: of the backend that runs here; 0 takes a free one.
        geometry, layout: the window and its docks, as Qt packs them, in base64.
        has_order_sound, has_fault_sound: whether a new order, and a new fault, makes a sound.
        orders_layout, products_layout: these windows, as they pack themselves.
    """

    language: str = ""
    floor_kbps: Kbps = 400
    ceiling_kbps: Kbps = 2500
    sends_layers: bool = True
    encoder: str = ""
    has_chosen_source: bool = False
    backend_place: BackendPlace = BackendPlace.HERE
    is_open_to_lan: bool = False
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8787
    remote: Remote = Remote()
    geometry: str = ""
    layout: str = ""
    has_order_sound: bool = True
    has_fault_sound: bool = True
    orders_layout: str = ""
    products_layout: str = ""
    recording: RecordingChoices = RecordingChoices()

    @property
    def bitrate(self) -> Bitrate:
        """Between which bounds the bitrate adapts."""
        return Bitrate(self.floor_kbps, max(self.floor_kbps, self.ceiling_kbps))

    @property
    def layers(self) -> Layers:
        """In how many sizes the picture is sent."""
        return Layers.THREE if self.sends_layers else Layers.ONE


class SettingsStore:
    """The file with the settings in the data folder, readable by this user only: it may hold a token."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME

    def peek(self) -> Settings | None:
        """Return what `load` would; None where it would raise, and the file is left as it is."""
        try:
            return self._read()
        except (msgspec.MsgspecError, UnicodeDecodeError, OSError):
            return None

    def _read(self) -> Settings:
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Settings)
        except FileNotFoundError:
            return Settings()

    def load(self) -> Settings:
        """Return what was saved, or the defaults at the first start.

        Raises:
            SettingsError: the file is damaged; it is set aside, so that the next load gives the defaults.
        """
        try:
            return self._read()
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            self._set_aside(self.path.with_suffix(ASIDE))
            raise SettingsError(SettingsProblem.DAMAGED, self.path, str(error)) from error
        except OSError as error:
            raise _system_error(SettingsProblem.NOT_READ, self.path, error) from error

    def save(self, settings: Settings) -> None:
        """Write the settings.

        Raises:
            SettingsError: the disk is full, or the folder cannot be written; the file is as it was.
        """
        content = msgspec.json.format(msgspec.json.encode(settings), indent=2)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path, content, OWNER_ONLY)
        except OSError as error:
            raise _system_error(SettingsProblem.NOT_KEPT, self.path, error) from error

    def _set_aside(self, aside: Path) -> None:
        try:
            self.path.replace(aside)
        except OSError as error:
            log.warning("could not set the damaged settings aside: %s", error)


class SavedSettings(QObject):
    """The settings as they are now; every change goes to disk at once.

    Attributes:
        failed: emitted with the `SettingsError` of a change that was not saved; it counts until the end.
        now: what counts.
        problem: why they could not be read at the start, when that is so: the defaults count then.
    """

    failed = Signal(object)

    def __init__(self, store: SettingsStore) -> None:
        super().__init__()
        self._store = store
        self.problem: SettingsError | None = None
        try:
            self.now = store.load()
        except SettingsError as error:
            log.warning("%s", error)
            self.now, self.problem = Settings(), error

    def change(self, **changes: object) -> None:
        """Change some settings, by their names."""
        self.replace(msgspec.structs.replace(self.now, **changes))

    def replace(self, settings: Settings) -> None:
        """Change all settings."""
        self.now = settings
        try:
            self._store.save(settings)
        except SettingsError as error:
            log.warning("%s", error)
            self.failed.emit(error)


def _system_error(problem: SettingsProblem, path: Path, error: OSError) -> SettingsError:
    is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return SettingsError(
        SettingsProblem.DISK_FULL if is_full else problem, path, error.strerror or str(error)
    )
