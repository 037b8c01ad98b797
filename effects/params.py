"""What a filter lets people set: declared parameters, of which panels build their forms, and checked values.

Everything here is a plain message, so that the engine can declare its filters to the studio over the pipe. It
imports no OpenCV: panels use it.
"""

import math
import re
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

import msgspec
from typing_extensions import override

Value = float | bool | str
"""A slider's number, a toggle's state, or the text of a choice, colour (`#rrggbb`), path, device or text."""


_COLOR: Final = re.compile("#[0-9a-fA-F]{6}")


class ParameterError(ValueError):
    """A parameter or value that does not fit; the text says what was expected and what came."""


class FaultKind(Enum):
    """Why a file chosen for a filter cannot be used; panels have words for each."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    NOT_A_PICTURE = "not_a_picture"
    NOT_A_VIDEO = "not_a_video"
    NOT_A_LOOK = "not_a_look"
    LOOK_SIZE = "look_size"
    LOOK_OF_ONE_DIMENSION = "look_of_one_dimension"
    LOOK_DOMAIN = "look_domain"
    LOOK_NUMBERS = "look_numbers"
    LOOK_COUNT = "look_count"
    LOOK_RANGE = "look_range"
    LOOK_ORDER = "look_order"


class Fault(msgspec.Struct, frozen=True):
    """Why a file cannot be used, as a value: what its words in the host's language are filled with.

    Attributes:
        kind: what is wrong.
        text: all of it in English, for logs.
        name: the file's, without its folder.
        line: which line of a text file is meant; 0 when none is.
        expected: a number, a size or a range.
        got: what stood there instead.
    """

    kind: FaultKind
    text: str
    name: str = ""
    line: int = 0
    expected: str = ""
    got: str = ""


class Condition(msgspec.Struct, frozen=True):
    """A parameter is worth showing only while the choice `name` is, and is one of `values`."""

    name: str
    values: tuple[str, ...]


class Slider(msgspec.Struct, frozen=True, kw_only=True, tag="slider"):
    """A number from `low` to `high`; its reset button goes to `default`. `label` is the English text.

    Attributes:
        unit: what it is counted in, such as `dB`; the same in every language.
    """

    name: str
    label: str
    default: float = 0
    low: float = 0
    high: float = 100
    unit: str = ""
    shown_if: Condition | None = None


class Option(msgspec.Struct, frozen=True):
    """One of the things to choose from: its value, and its English text."""

    value: str
    label: str


class Choice(msgspec.Struct, frozen=True, kw_only=True, tag="choice"):
    """One of several options; `default` is the value of one of them."""

    name: str
    label: str
    options: tuple[Option, ...]
    default: str
    shown_if: Condition | None = None


class Toggle(msgspec.Struct, frozen=True, kw_only=True, tag="toggle"):
    """On or off."""

    name: str
    label: str
    default: bool = False
    shown_if: Condition | None = None


class Color(msgspec.Struct, frozen=True, kw_only=True, tag="color"):
    """A colour as `#rrggbb`."""

    name: str
    label: str
    default: str
    shown_if: Condition | None = None


class File(msgspec.Struct, frozen=True, kw_only=True, tag="file"):
    """A file on this machine by its path, empty while none is chosen; `patterns` as `*.cube`."""

    name: str
    label: str
    patterns: tuple[str, ...]
    default: str = ""
    shown_if: Condition | None = None


class Text(msgspec.Struct, frozen=True, kw_only=True, tag="text"):
    """Some lines of text, at most `most` characters."""

    name: str
    label: str
    most: int
    default: str = ""
    shown_if: Condition | None = None


class DeviceList(Enum):
    """Which of the things that can be opened there are to choose from."""

    CAMERAS = "cameras"
    SCREENS = "screens"
    WINDOWS = "windows"
    MICROPHONES = "microphones"


class DeviceChoice(msgspec.Struct, frozen=True, kw_only=True, tag="device"):
    """One of the devices that are there now, by its id; empty for the system's own choice."""

    name: str
    label: str
    devices: DeviceList
    default: str = ""
    shown_if: Condition | None = None


Parameter = Slider | Choice | Toggle | Color | File | Text | DeviceChoice


class Values:
    """The checked values of one filter: every declared parameter has one. Never changes."""

    def __init__(self, parameters: Sequence[Parameter], chosen: Mapping[str, Value] | None = None) -> None:
        """Take `chosen` where given, else the defaults; numbers are kept within their slider's range.

        Raises:
            ParameterError: a name that is not declared, or a value of another kind than declared.
        """
        declared = {parameter.name: parameter for parameter in parameters}
        chosen = chosen or {}
        if unknown := chosen.keys() - declared.keys():
            raise ParameterError(f"expected parameters among {sorted(declared)}, got {sorted(unknown)}")
        self._values: Final[dict[str, Value]] = {
            name: _checked(parameter, chosen.get(name, parameter.default))
            for name, parameter in declared.items()
        }

    @override
    def __eq__(self, other: object) -> bool:
        """Say whether all values are the same."""
        return isinstance(other, Values) and self._values == other._values

    @override
    def __hash__(self) -> int:
        """Hash all values, so that a set of values can be the key of what was made from it."""
        return hash(tuple(self._values.items()))

    def number(self, name: str) -> float:
        """Return a slider's number, in the slider's own range."""
        value = self._values[name]
        if isinstance(value, (bool, str)):
            raise ParameterError(f"{name}: expected a slider, got {value!r}")
        return value

    def strength(self, name: str) -> float:
        """Return a 0-100 slider's number as 0 to 1 (a -100 to 100 slider's as -1 to 1)."""
        return self.number(name) / 100

    def is_on(self, name: str) -> bool:
        """Return a toggle's state."""
        value = self._values[name]
        if not isinstance(value, bool):
            raise ParameterError(f"{name}: expected a toggle, got {value!r}")
        return value

    def text(self, name: str) -> str:
        """Return the value of a choice or the path of a file."""
        value = self._values[name]
        if not isinstance(value, str):
            raise ParameterError(f"{name}: expected a text, got {value!r}")
        return value

    def bgr(self, name: str) -> tuple[int, int, int]:
        """Return a colour as (blue, green, red), each 0 to 255."""
        text = self.text(name)
        return int(text[5:7], 16), int(text[3:5], 16), int(text[1:3], 16)


def fits(parameter: Parameter, value: Value) -> bool:
    """Say whether this may be the value of a parameter."""
    try:
        _checked(parameter, value)
    except ParameterError:
        return False
    return True


def _checked(parameter: Parameter, value: Value) -> Value:
    if isinstance(parameter, Slider):
        if isinstance(value, (bool, str)) or math.isnan(value):
            raise ParameterError(f"{parameter.name}: expected a number, got {value!r}")
        return min(max(value, parameter.low), parameter.high)
    expected = _expectation(parameter, value)
    if expected:
        raise ParameterError(f"{parameter.name}: expected {expected}, got {value!r}")
    return value


def _expectation(parameter: Choice | Toggle | Color | File | Text | DeviceChoice, value: Value) -> str:
    """Return what was expected, or nothing when the value fits."""
    match parameter:
        case Toggle():
            return "" if isinstance(value, bool) else "true or false"
        case Choice(options=options):
            values = [option.value for option in options]
            return "" if value in values else f"one of {values}"
        case Color():
            return "" if isinstance(value, str) and _COLOR.fullmatch(value) else "a colour as #rrggbb"
        case File():
            return "" if isinstance(value, str) else "a path"
        case Text(most=most):
            is_fit = isinstance(value, str) and len(value) <= most
            return "" if is_fit else f"a text of at most {most} characters"
        case DeviceChoice():
            return "" if isinstance(value, str) else "the id of a device"


class Declaration(msgspec.Struct, frozen=True):
    """A filter as panels see it: its name, its English title, its parameters."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]


class Timing(Enum):
    """Whether a frame waits for its own mask, or takes the last one carried along."""

    ALIGNED = "aligned"
    LOW_DELAY = "low_delay"


class Settings(msgspec.Struct, frozen=True):
    """What is chosen for one source.

    Attributes:
        filters: filter name → parameter name → value; the rest is as declared.
        timing: whether a frame waits for its own mask; no preset says.
    """

    filters: dict[str, dict[str, Value]] = {}
    timing: Timing = Timing.ALIGNED
