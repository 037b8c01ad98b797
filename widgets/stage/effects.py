"""The values that the effects panel shows: presets, the effects' state, networks to fetch."""

from dataclasses import dataclass, field
from enum import StrEnum

from effects.params import Fault
from studio.engine.messages.values import Strain


@dataclass(frozen=True)
class PresetEntry:
    """Settings under a name. `label` is the English text of one that comes with the program."""

    name: str
    label: str
    is_own: bool = False


@dataclass(frozen=True)
class EffectsState:
    """How the effects of the source that is shown are doing.

    Attributes:
        is_on: whether any effect is switched on.
        step: what is given up to keep the frames coming; 0 is nothing.
        step_name: the step's English name.
        strain: why; None on step 0.
        costs_ms: what each effect in use takes a frame, by filter; also `networks` and `matte`.
        dropped: frames left out since the source was chosen.
        faults: filters that do not do what is set, and why: in English, or as a value with words of its own.
    """

    is_on: bool = False
    step: int = 0
    step_name: str = ""
    strain: Strain | None = None
    costs_ms: dict[str, float] = field(default_factory=dict)
    dropped: int = 0
    faults: dict[str, str | Fault] = field(default_factory=dict)


class OfferState(StrEnum):
    """The state of the networks: all here, some missing, being fetched, or not to be had."""

    HERE = "here"
    MISSING = "missing"
    FETCHING = "fetching"
    FAILED = "failed"


@dataclass(frozen=True)
class ModelOffer:
    """The networks to be fetched.

    Attributes:
        state: how far they are.
        count: how many are missing.
        megabytes: how large they are together.
        progress: how much has come, 0 to 1.
        reason: why they could not be had, or why those that are here do not work; in English.
    """

    state: OfferState = OfferState.HERE
    count: int = 0
    megabytes: float = 0.0
    progress: float = 0.0
    reason: str = ""
