"""Takes steady noise away: fans, hum, hiss."""

from typing import ClassVar

from typing_extensions import override

from effects.params import Parameter, Slider, Values
from studio.engine.audio.filters.filter import Node, SoundFilter, number


class NoiseSuppression(SoundFilter):
    """Lowers what stays below the noise floor in each band of the spectrum; needs no model.

    It works on windows of 50 ms with hops of 12.5, hence the delay of two hops.
    """

    name = "noise_suppression"
    title = "Noise suppression"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Slider(name="reduction_db", label="Reduction", low=1, high=40, default=12, unit="dB"),
        Slider(name="floor_db", label="Noise floor", low=-80, high=-20, default=-50, unit="dB"),
    )
    delay_samples = 1200

    @classmethod
    @override
    def nodes(cls, values: Values) -> tuple[Node, ...]:
        options = {"nr": number(values.number("reduction_db")), "nf": number(values.number("floor_db"))}
        return (Node("afftdn", options),)
