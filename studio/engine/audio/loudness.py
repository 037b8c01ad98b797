"""How loud it is to people: momentary, short-term and integrated loudness (EBU R128, ITU-R BS.1770-4)."""

from collections import deque
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from typing_extensions import override

from effects.params import Parameter, Values
from studio.engine.audio.filters.filter import FilterInUse, Node, SoundFilter
from studio.engine.audio.filters.graph import FilterGraph
from studio.engine.media import SAMPLE_RATE, Sound

SILENCE_LUFS: Final = -70.0
"""The absolute gate: what is below counts as silence."""
_OFFSET: Final = -0.691
_HOP_SAMPLES: Final = SAMPLE_RATE // 10
_MOMENTARY_HOPS: Final = 4
_SHORT_TERM_HOPS: Final = 30
_RELATIVE_GATE_LU: Final = -10.0
_STEPS_A_LU: Final = 10
_STEPS: Final = 80 * _STEPS_A_LU


@dataclass(frozen=True, slots=True)
class Loudness:
    """In LUFS, -70 for silence: of the last 0.4 s, of the last 3 s, and of all since the beginning, gated."""

    momentary: float = SILENCE_LUFS
    short_term: float = SILENCE_LUFS
    integrated: float = SILENCE_LUFS


class _KWeighting(SoundFilter):
    """The ear's own equalizer: BS.1770-4, tables 1 and 2, at 48 kHz."""

    name = "k_weighting"
    title = "K-weighting"
    parameters: ClassVar[tuple[Parameter, ...]] = ()

    @classmethod
    @override
    def nodes(cls, values: Values) -> tuple[Node, ...]:
        return (
            _biquad(
                1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585
            ),
            _biquad(1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621),
        )


class LoudnessMeter:
    """Hears a stream block by block; belongs to one thread.

    The blocks of 0.4 s that the integrated loudness is of are counted by tenths of a LU, so that a broadcast
    of any length takes the same room.
    """

    def __init__(self) -> None:
        self._weighting = FilterGraph((FilterInUse.of(_KWeighting),), 0)
        self._hops: deque[float] = deque(maxlen=_SHORT_TERM_HOPS)
        self._power = 0.0
        self._count = 0
        self._counts = np.zeros(_STEPS, np.int64)
        self._powers = np.zeros(_STEPS, np.float64)

    def add(self, sound: Sound) -> None:
        """Hear a block, float32 of shape (count, 2)."""
        weighted = self._weighting.process(sound)
        self._power += float(np.square(weighted, dtype=np.float64).sum())
        self._count += len(sound)
        if self._count >= _HOP_SAMPLES:
            self._hops.append(self._power / self._count)
            self._power, self._count = 0.0, 0
            self._count_block()

    def read(self) -> Loudness:
        """Return how loud it is now."""
        hops = list(self._hops)
        last = hops[-_MOMENTARY_HOPS:]
        return Loudness(_lufs(_mean(last)), _lufs(_mean(hops)), self._integrated())

    def restart(self) -> None:
        """Begin the integrated loudness again."""
        self._counts[:], self._powers[:] = 0, 0.0

    def _count_block(self) -> None:
        power = _mean(list(self._hops)[-_MOMENTARY_HOPS:])
        lufs = _lufs(power)
        if len(self._hops) >= _MOMENTARY_HOPS and lufs > SILENCE_LUFS:
            step = min(int((lufs - SILENCE_LUFS) * _STEPS_A_LU), _STEPS - 1)
            self._counts[step] += 1
            self._powers[step] += power

    def _integrated(self) -> float:
        if not self._counts.any():
            return SILENCE_LUFS
        gate = _lufs(self._powers.sum() / self._counts.sum()) + _RELATIVE_GATE_LU
        first = max(0, int((gate - SILENCE_LUFS) * _STEPS_A_LU))
        return _lufs(self._powers[first:].sum() / self._counts[first:].sum())


def _biquad(b0: float, b1: float, b2: float, a1: float, a2: float) -> Node:
    numbers = {"b0": b0, "b1": b1, "b2": b2, "a0": 1.0, "a1": a1, "a2": a2}
    return Node("biquad", {name: f"{value:.14f}" for name, value in numbers.items()})


def _mean(powers: list[float]) -> float:
    return sum(powers) / len(powers) if powers else 0.0


def _lufs(power: float) -> float:
    """Return the loudness of a power that is summed over both sides."""
    return max(SILENCE_LUFS, _OFFSET + 10 * float(np.log10(max(power, 1e-12))))
