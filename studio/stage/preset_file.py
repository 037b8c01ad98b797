"""The presets a host saved, in a file of the data folder."""

from pathlib import Path

import msgspec

from backend.contract.whole_files import write_whole
from effects.presets import Preset


class PresetFile:
    """The presets a host saved, in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> tuple[Preset, ...]:
        """Return the saved presets, none where there is no file.

        Raises:
            msgspec.DecodeError: the file is not one of presets; it is left as it is.
        """
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return ()
        return msgspec.json.decode(content, type=tuple[Preset, ...])

    def save(self, preset: Preset) -> tuple[Preset, ...]:
        """Save a preset in place of one of the same name; return all. The file is whole at any moment."""
        kept = [each for each in self.read() if each.name != preset.name]
        return self._write((*kept, preset))

    def remove(self, name: str) -> tuple[Preset, ...]:
        """Remove a preset; return the rest."""
        return self._write(tuple(each for each in self.read() if each.name != name))

    def _write(self, presets: tuple[Preset, ...]) -> tuple[Preset, ...]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self._path, msgspec.json.format(msgspec.json.encode(presets)))
        return presets
