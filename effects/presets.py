"""Settings under a name: those we give, and those a host saves."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from effects.params import Settings, Value


class Preset(msgspec.Struct, frozen=True):
    """Settings under a name; `label` is the English text of ours, the host's own words for theirs."""

    name: str
    label: str
    settings: Settings


def _preset(name: str, label: str, filters: dict[str, dict[str, Value]]) -> Preset:
    return Preset(name, label, Settings(filters))


GIVEN: Final = (
    _preset("none", "None", {}),
    _preset(
        "natural",
        "Natural",
        {
            "beauty": {"smooth": 40.0, "whiten": 15.0, "rosy": 10.0, "sharpen": 10.0},
            "reshape": {"slim": 15.0, "eyes": 10.0},
            "color": {"look": "natural", "intensity": 60.0},
        },
    ),
    _preset(
        "radiant",
        "Radiant",
        {
            "beauty": {"smooth": 65.0, "whiten": 40.0, "rosy": 25.0, "sharpen": 20.0},
            "reshape": {"slim": 35.0, "eyes": 25.0, "nose": 15.0},
            "make_up": {"lips": 35.0, "blush": 25.0},
            "color": {"look": "bright", "intensity": 70.0},
        },
    ),
)
"""What comes with the program; the background stays: a preset changes the host, not the room."""


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
        part = self._path.with_suffix(".part")
        part.write_bytes(msgspec.json.format(msgspec.json.encode(presets)))
        os.replace(part, self._path)
        return presets


def with_preset(settings: Settings, preset: Preset, touched: Mapping[str, object]) -> Settings:
    """Return the settings with a preset's in place of those of the filters it may touch; the rest stays.

    Args:
        settings: those before.
        preset: what is chosen.
        touched: the filters a preset speaks for, by name: those it does not mention go back to their
        defaults.
    """
    kept = {name: values for name, values in settings.filters.items() if name not in touched}
    return Settings({**kept, **preset.settings.filters}, settings.timing)
