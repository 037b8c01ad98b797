"""Takes rumble away: steps, traffic, the air conditioner."""

from typing import ClassVar

from typing_extensions import override

from effects.params import Parameter, Slider, Values
from studio.engine.audio.filters.filter import Node, SoundFilter, number


class HighPass(SoundFilter):
    """Lets through what is above a frequency; 12 dB an octave below it."""

    name = "high_pass"
    title = "High-pass"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Slider(name="frequency_hz", label="Frequency", low=20, high=400, default=80, unit="Hz"),
    )

    @classmethod
    @override
    def nodes(cls, values: Values) -> tuple[Node, ...]:
        return (Node("highpass", {"f": number(values.number("frequency_hz")), "poles": "2"}),)
