"""What a sound filter is: declared parameters, and the nodes of libavfilter that carry their values out.

A filter is one file of this package with one subclass of `SoundFilter`, listed in `catalog`.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from effects.params import Declaration, Parameter, Values


@dataclass(frozen=True, slots=True)
class Node:
    """One filter of libavfilter: its name, and its options by name."""

    name: str
    options: dict[str, str]


class SoundFilter(ABC):
    """A filter that the host may put on a strip.

    Attributes:
        name: its key in projects.
        title: its English title.
        parameters: what people may set.
        delay_samples: how much later sound leaves its nodes than it came, in samples at 48 kHz.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    parameters: ClassVar[tuple[Parameter, ...]]
    delay_samples: ClassVar[int] = 0

    @classmethod
    @abstractmethod
    def nodes(cls, values: Values) -> tuple[Node, ...]:
        """Return what carries these values out, in the order of the sound."""

    @classmethod
    def declaration(cls) -> Declaration:
        """Return what panels need to know."""
        return Declaration(cls.name, cls.title, cls.parameters)


@dataclass(frozen=True, slots=True)
class FilterInUse:
    """A filter and the values it runs with."""

    filter: type[SoundFilter]
    values: Values

    @classmethod
    def of(cls, sound_filter: type[SoundFilter], **chosen: float) -> "FilterInUse":
        """Take a filter with these values, and the defaults for the others.

        Raises:
            effects.params.ParameterError: it has no such parameter.
        """
        return cls(sound_filter, Values(sound_filter.parameters, chosen))


def amplitude(level_db: float) -> str:
    """Write a level in dB as the factor that libavfilter wants."""
    return f"{10 ** (level_db / 20):.7g}"


def number(value: float) -> str:
    """Write a number as an option."""
    return f"{value:.7g}"
