"""Closes in the pauses of speech."""

from typing import ClassVar

from typing_extensions import override

from effects.params import Parameter, Slider, Values
from studio.engine.audio.filters.filter import Node, SoundFilter, amplitude, number


class Gate(SoundFilter):
    """Lowers what is below the threshold."""

    name = "gate"
    title = "Gate"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Slider(name="threshold_db", label="Threshold", low=-70, high=-10, default=-46, unit="dB"),
        Slider(name="reduction_db", label="Reduction", low=3, high=60, default=24, unit="dB"),
        Slider(name="attack_ms", label="Attack", low=1, high=100, default=5, unit="ms"),
        Slider(name="release_ms", label="Release", low=20, high=1000, default=250, unit="ms"),
    )

    @classmethod
    @override
    def nodes(cls, values: Values) -> tuple[Node, ...]:
        options = {
            "threshold": amplitude(values.number("threshold_db")),
            "range": amplitude(-values.number("reduction_db")),
            "attack": number(values.number("attack_ms")),
            "release": number(values.number("release_ms")),
            "ratio": "10",
        }
        return (Node("agate", options),)
