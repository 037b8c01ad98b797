"""Settings under a name: those we give, and those a host saves."""

from collections.abc import Mapping
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
